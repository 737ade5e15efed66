// Changes who pays a membership from a day on: a sponsor hands over to the member, an employer takes over. The membership stays the same.
import type { Pack } from '@payung/law'
import { type Day, ok, type Refusal, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { closings } from '../closing-store.ts'
import { type ArrangementRow, decideArrangement } from '../domain/member-row.ts'
import { decidePayer, refuseKind } from '../domain/payer-of-membership.ts'
import { rowOf } from '../domain/row-fault.ts'
import type { ArrangementChanged } from '../events.ts'
import { addArrangements, closeArrangements, type Membership } from '../membership-store.ts'
import { holdPayers, type Payer, payersOfPersons, readPayers } from '../organisation-store.ts'
import { nameMemberships } from './name-memberships.ts'
import { changesFrom, readMembershipDetails } from './read-membership-details.ts'
import { type MembershipResult, selfPayerKind } from './register-memberships.ts'
import { foreignPayers } from './serve-payers.ts'

type Changed = { readonly index: number; readonly membership: Membership; readonly payerId: bigint; readonly from: Day }

/** Who is to pay: the payer named, if its kind may pay contributions, or the member himself. */
function payerOf(
  pack: Pack,
  { payerId }: ArrangementRow,
  known: { readonly payers: ReadonlyMap<bigint, Payer>; readonly closed: ReadonlyMap<bigint, Day>; readonly foreign: ReadonlySet<bigint> },
  self: Payer | undefined,
): Result<Payer> {
  const given = payerId === null ? {} : { payerId }
  const named = decidePayer(pack, given, { organisations: new Map(), payersOfOrganisations: new Map(), ...known })
  if (!named.ok) return named
  const payer = named.value ?? self
  if (!payer) throw new Error('a person has no payer of his own')
  return ok(payer)
}

/** Each row is answered by itself, in the order given. */
export async function changeArrangements(tx: Tx, pack: Pack, rows: readonly ArrangementRow[]): Promise<MembershipResult[]> {
  const named = await nameMemberships(tx, rows)
  const alone = named.flatMap((found, index) => ('membership' in found && rows[index]?.payerId === null ? [found.membership.personId] : []))
  const kind = selfPayerKind(pack)
  const selves = alone.length === 0 ? new Map<bigint, Payer>() : await payersOfPersons(tx, alone, kind.code, kind.settlement)
  const payers = await readPayers(
    tx,
    rows.flatMap(({ payerId }) => payerId ?? []),
  )
  await holdPayers(tx, [...payers.keys()])
  const known = { payers, closed: await closings(tx, [...payers.keys()]), foreign: await foreignPayers(tx, [...payers.keys()]) }
  const refusals = new Map<number, Refusal>()
  const changed: Changed[] = []
  for (const [index, row] of rows.entries()) {
    const found = named[index]
    if (!found || 'refusal' in found) {
      if (found) refusals.set(index, found.refusal)
      continue
    }
    const payer = payerOf(pack, row, known, selves.get(found.membership.personId))
    const from = payer.ok ? decideArrangement(row, found.membership, payer.value.payerId) : payer
    if (!payer.ok || !from.ok) {
      if (!from.ok) refusals.set(index, from.refusal)
      continue
    }
    const notOfSegment = refuseKind(pack, found.membership.segment, payer.value.kind, from.value, row.payerId)
    if (notOfSegment) refusals.set(index, notOfSegment)
    else changed.push({ index, membership: found.membership, payerId: payer.value.payerId, from: from.value })
  }
  if (changed.length > 0) await record(tx, pack, changed)
  const done = new Map(changed.map(({ index, membership }) => [index, membership]))
  return rows.map((_, index) => ({
    row: rowOf(index),
    personId: done.get(index)?.personId ?? null,
    ordinal: done.get(index)?.ordinal ?? null,
    refusal: refusals.get(index) ?? null,
  }))
}

async function record(tx: Tx, pack: Pack, changed: readonly Changed[]): Promise<void> {
  const keys = changed.map(({ membership: { personId, ordinal, until }, payerId, from }) => ({ personId, ordinal, payerId, from, until }))
  await closeArrangements(
    tx,
    keys.map(({ personId, ordinal, from }) => ({ personId, ordinal, until: from })),
  )
  await addArrangements(tx, keys)
  const detail: ArrangementChanged = await readMembershipDetails(tx, pack, await changesFrom(tx, changed))
  await tx.emit({ kind: 'arrangement-changed', room: 'registry', subject: 'arrangements', payload: { changed: changed.length }, detail })
}
