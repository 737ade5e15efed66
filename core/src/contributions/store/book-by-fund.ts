// SQL that books sums of bills: what each programme is billed into its fund, and the splits between funds.
import { type Day, type Month, monthNumber } from '@payung/values'
import { postSelectedTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { WideTariff } from '../domain/wide-tariff.ts'

/** The ledger account of a programme's fund, by code. */
export type FundAccountOf = (programme: string) => string

export type Booking = {
  readonly month: Month
  readonly day: Day
  readonly fundOf: FundAccountOf
  /** Against what payers owe, or out of the money that they have with us. */
  readonly from: 'receivable' | 'money'
  /** A contribution is never below nothing, and fails where it is; a correction that is goes the other way. */
  readonly reason: 'contribution' | 'correction'
}

/** What self-payers paid waits as their credit; what organisations hold for others is trust money. */
const moneyOf = `case when p.organisation_id is null then 'credit' else 'trust' end`

/** One way in which a row of sums moves money, as SQL. */
type Move = { readonly debit: string; readonly credit: string; readonly reason: string; readonly amount: string }

function movesOf({ slots }: WideTariff, { fundOf, from, reason }: Booking): Move[] {
  const billed = new Map<string, string[]>()
  for (const [index, slot] of slots.entries())
    if (slot.kind === 'employer' || slot.kind === 'worker')
      billed.set(slot.programme, [...(billed.get(slot.programme) ?? []), `s.s${index}`])
  const debit = from === 'receivable' ? `'receivable'` : moneyOf
  return [
    ...[...billed].map(([programme, sums]) => ({ debit, credit: `'${fundOf(programme)}'`, reason, amount: sums.join(' + ') })),
    ...slots.flatMap((slot, index) =>
      slot.kind === 'split'
        ? [{ debit: `'${fundOf(slot.from)}'`, credit: `'${fundOf(slot.programme)}'`, reason: 'split', amount: `s.s${index}` }]
        : [],
    ),
  ]
}

/** Books the rows of `new_sums`. Arrays, because a list of values that names columns is prepared anew for every row. */
export async function bookByFund(tx: Tx, wide: WideTariff, booking: Booking): Promise<void> {
  const moves = movesOf(wide, booking)
  if (moves.length === 0) return
  const list = (part: keyof Move): string => `array[${moves.map((move) => move[part]).join(', ')}]`
  const [debit, credit, amount] =
    booking.reason === 'contribution'
      ? ['v.debit', 'v.credit', 'v.amount']
      : ['case when v.amount > 0 then v.debit else v.credit end', 'case when v.amount > 0 then v.credit else v.debit end', 'abs(v.amount)']
  const reasons = moves.map(({ reason }) => `'${reason}'`).join(', ')
  await postSelectedTransfers(
    tx,
    `select s.payer_id, ${amount} as amount, s.bill_id as source_id, $1::date as day, $2::smallint as month, ${debit} as debit, ${credit} as credit, v.reason
     from new_sums s ${booking.from === 'money' ? 'join registry.payer p using (payer_id)' : ''}
     cross join unnest(${list('debit')}::text[], ${list('credit')}::text[], array[${reasons}]::text[], ${list('amount')}::bigint[]) v (debit, credit, reason, amount)`,
    [booking.day, monthNumber(booking.month)],
  )
}
