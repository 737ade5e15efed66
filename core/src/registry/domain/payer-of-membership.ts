// Who pays a membership: the payer named, or else that of the organisation, or else the person.
import { lawOf, type Pack, refusePayerKind } from '@payung/law'
import { type Day, ok, type Refusal, type Result, refuse } from '@payung/values'
import { rowFault } from './row-fault.ts'

type Given = { readonly organisationId?: bigint; readonly payerId?: bigint }
type Known<Payer> = {
  readonly organisations: ReadonlyMap<bigint, unknown>
  readonly payers: ReadonlyMap<bigint, Payer>
  readonly payersOfOrganisations: ReadonlyMap<bigint, Payer>
  /** Employers that are closed, by payer. */
  readonly closed: ReadonlyMap<bigint, Day>
  /** Payers whom the office of the one who acts does not serve. */
  readonly foreign: ReadonlySet<bigint>
}

/** Null: the person pays. A kind that the pack does not let pay contributions (the State owes its own share only) is refused. */
export function decidePayer<Payer extends { readonly kind: string; readonly payerId: bigint }>(
  pack: Pack,
  { organisationId, payerId }: Given,
  known: Known<Payer>,
): Result<Payer | null> {
  const no = (code: string, field: string, given: string, rule: string, next: string) => refuse(rowFault(code, field, given, rule, next))
  if (organisationId !== undefined && !known.organisations.has(organisationId)) {
    return no(
      'organisation-unknown',
      'organisationId',
      `${organisationId}`,
      'An organisation is registered before it has workers.',
      'Check the number, or register it first.',
    )
  }
  if (payerId === undefined && organisationId === undefined) return ok(null)
  const payer = payerId === undefined ? known.payersOfOrganisations.get(organisationId ?? 0n) : known.payers.get(payerId)
  const [field, given] = payerId === undefined ? ['organisationId', `${organisationId}`] : ['payerId', `${payerId}`]
  if (!payer) return no('payer-unknown', field, given, 'A payer is registered before it pays.', 'Check the number, or leave it out.')
  if (known.foreign.has(payer.payerId))
    return no(
      'payer-not-yours',
      field,
      given,
      'An office acts for the payers in the districts that it and the offices below it serve; the head office for all.',
      'Ask the office that serves the payer, or the head office.',
    )
  const closedOn = known.closed.get(payer.payerId)
  if (closedOn !== undefined)
    return no(
      'payer-closed',
      field,
      given,
      `This employer was closed on ${closedOn}.`,
      'Check the number; if its last month was wrong, have it opened again: payung requests reopen.',
    )
  const kinds = pack.facts.find(({ code }) => code === 'payer')?.choices ?? [payer.kind]
  return kinds.includes(payer.kind)
    ? ok(payer)
    : no('payer-cannot-pay', field, given, `Contributions are paid by ${kinds.join(', ')}; this is ${payer.kind}.`, 'Name another payer.')
}

/** Why a kind of payer may not pay for a segment from a day on. `given`: the payer as the reader named it; none for the person alone. */
export function refuseKind(pack: Pack, segment: string, kind: string, from: Day, given: bigint | null): Refusal | undefined {
  const refusal = refusePayerKind(lawOf(pack).on(from), segment, kind)
  return refusal && { ...refusal, data: { field: 'payerId', given: given === null ? kind : `${given}`, ...refusal.data } }
}
