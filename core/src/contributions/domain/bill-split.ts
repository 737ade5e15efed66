// Whether some workers may be taken from an issued bill to a bill of their own, by naming them. An employer who can pay only for some of
// its workers pays for those whole; nobody's contribution is paid in part (Perdir 22/2022: in full and in month order).
import { ok, type Refusal, type Result, refuse } from '@payung/values'

export type SplitBill = {
  readonly payerId: bigint
  readonly billId: bigint
  readonly kind: string
  readonly state: 'calculated' | 'issued' | 'paid'
  /** Rows on it that reverse others: it asks for a difference, not for whole contributions. */
  readonly reverses: boolean
  /** It was written off: nothing is owed on it any more. */
  readonly writtenOff: boolean
  /** Memberships whose month it carries. */
  readonly members: number
}
/** A row of a named worker on the bill. */
export type SplitRow = {
  readonly ordinal: number
  readonly entry: number
  /** The last entry of the membership's month. */
  readonly last: number
  /** A correction of it that is not decided or not paid yet. */
  readonly pending: bigint | null
}
export type NamedWorker = { readonly memberNumber: string; readonly personId: bigint | null; readonly rows: readonly SplitRow[] }
export type TakenRow = { readonly personId: bigint; readonly ordinal: number; readonly entry: number }

const splitKinds: readonly string[] = ['month', 'supplement', 'split']

const no = (code: string, rule: string, data: Record<string, string>, next: string): Refusal => ({ code, rule, data, next })

/** The first reason why a bill cannot be split at all. */
export function refuseBill(bill: SplitBill | undefined, payerId: bigint, billId: bigint): Refusal | undefined {
  const data = { bill: billId.toString(), payer: payerId.toString() }
  if (billId >> 20n !== payerId) return no('bill-of-another', 'A payer splits a bill of its own.', data, 'Name the payer whose bill it is.')
  if (!bill) return no('bill-unknown', 'Only a bill that was issued is split.', data, 'Look at the bills: payung bills.')
  if (bill.state === 'calculated')
    return no('bill-not-issued', 'Only a bill that was issued is split.', data, 'Issue the bill of the month first.')
  if (!splitKinds.includes(bill.kind) || bill.reverses)
    return no(
      'bill-not-of-workers',
      'A bill is split that asks for whole contributions of workers; contracts, fines and corrections are paid as they stand.',
      { ...data, kind: bill.kind },
      'Split the bill of the month.',
    )
  if (bill.writtenOff) return no('bill-written-off', 'What was written off is not asked for any more.', data, 'Nothing has to be done.')
  if (bill.state === 'paid') return no('bill-paid', 'What is paid is not split.', data, 'Nothing has to be done.')
  return undefined
}

function refuseWorker(row: number, { memberNumber, personId, rows }: NamedWorker, bill: bigint): Refusal | undefined {
  const data = { row: String(row), memberNumber, bill: bill.toString() }
  if (personId === null) return no('number-unknown', 'A split names registered members.', data, 'Check the number on the card.')
  if (rows.length === 0)
    return no('not-on-bill', 'A split names workers whose contributions stand on the bill.', data, 'Leave the worker out.')
  const pending = rows.find((each) => each.pending !== null)?.pending
  if (pending != null)
    return no(
      'correction-pending',
      'While a correction of the month waits, the worker stays on the bill.',
      { ...data, correction: pending.toString() },
      'Decide, pay or withdraw the correction first.',
    )
  const changed = rows.find(({ entry, last }) => last !== entry)
  if (changed)
    return no(
      'corrected-in-between',
      'What stands of this worker’s month stands on another bill now: it was corrected or split before.',
      { ...data, entry: String(changed.last) },
      'Look at the contributions of the worker, and split the bill that carries them.',
    )
  return undefined
}

/** The rows that go to the new bill, or the first reason why they cannot. Workers are refused in the order in which they are named. */
export function decideSplit(bill: SplitBill, named: readonly NamedWorker[]): Result<TakenRow[]> {
  const data = { bill: bill.billId.toString(), members: String(bill.members) }
  const seen = new Map<string, number>()
  for (const [index, worker] of named.entries()) {
    const refusal = refuseWorker(index + 1, worker, bill.billId)
    if (refusal) return refuse(refusal)
    for (const { ordinal } of worker.rows) {
      const key = `${worker.personId} ${ordinal}`
      const first = seen.get(key)
      if (first !== undefined)
        return refuse(
          no(
            'named-twice',
            'Each worker is named once.',
            { row: String(index + 1), memberNumber: worker.memberNumber, first: String(first) },
            'Strike one of the two.',
          ),
        )
      seen.set(key, index + 1)
    }
  }
  if (seen.size >= bill.members)
    return refuse(
      no('everybody-named', 'A split leaves somebody on the bill; else there is nothing to split.', data, 'Pay the bill as it is.'),
    )
  return ok(named.flatMap(({ personId, rows }) => rows.map(({ ordinal, entry }) => ({ personId: personId ?? 0n, ordinal, entry }))))
}
