// Registers organisations, each with its facts and the payer that it is.
import type { Pack } from '@payung/law'
import type { Day, Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type CheckedOrganisation, checkOrganisation, type NewOrganisation } from '../domain/organisation.ts'
import { rowOf } from '../domain/row-fault.ts'
import { addOrganisations, addPayers } from '../organisation-store.ts'
import { drawIds } from '../person-store.ts'
import { readRegionCodes } from '../scheme-store.ts'

export type OrganisationResult = {
  readonly row: number
  readonly organisationId: bigint | null
  readonly payerId: bigint | null
  readonly refusal: Refusal | null
}

export async function registerOrganisations(
  tx: Tx,
  { pack, on }: { readonly pack: Pack /** The day of registration, from which the facts hold; absent: today. */; readonly on?: Day },
  rows: readonly NewOrganisation[],
): Promise<OrganisationResult[]> {
  const regions = await readRegionCodes(tx)
  const outcomes = rows.map((row) => checkOrganisation(pack, row, (code) => regions.has(code)))
  const checked = outcomes.flatMap((outcome, index) => (outcome.ok ? [{ index, organisation: outcome.value }] : []))
  const organisationIds = await drawIds(tx, 'organisation_id', checked.length)
  const payerIds = await drawIds(tx, 'payer_id', checked.length)
  const made = checked.map((entry, place) => ({ ...entry, organisationId: organisationIds[place] ?? 0n, payerId: payerIds[place] ?? 0n }))
  await addOrganisations(
    tx,
    made.map(({ organisation: { kind, name, regionCode, facts }, organisationId }) => ({
      organisationId,
      kind: kind.code,
      name,
      regionCode,
      facts,
    })),
    on ?? tx.today(pack.timeZone),
  )
  await addPayers(
    tx,
    made.map(({ organisation, organisationId, payerId }) => ({
      payerId,
      kind: organisation.kind.code,
      settlement: organisation.kind.settlement,
      personId: null,
      organisationId,
      fundingCode: organisation.fundingCode,
    })),
  )
  if (made.length > 0)
    await tx.emit({
      kind: 'organisations-registered',
      room: 'registry',
      subject: 'organisations',
      payload: { registered: made.length, kinds: countKinds(made.map(({ organisation }) => organisation)) },
    })
  const byIndex = new Map(made.map((entry) => [entry.index, entry]))
  return outcomes.map((outcome, index) => ({
    row: rowOf(index),
    organisationId: byIndex.get(index)?.organisationId ?? null,
    payerId: byIndex.get(index)?.payerId ?? null,
    refusal: outcome.ok ? null : outcome.refusal,
  }))
}

function countKinds(organisations: readonly CheckedOrganisation[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of organisations) counts[kind.code] = (counts[kind.code] ?? 0) + 1
  return counts
}
