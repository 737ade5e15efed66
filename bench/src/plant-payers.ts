// Plants payers as they are in an ordinary month: each has paid the month before and owes one bill now. Straight into the tables:
// paying is measured, not billing.
import { fundAccount } from '@payung/core/ledger'
import { addMonths, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Laboratory } from './laboratory.ts'

/** A bill's amount in minor units, different from payer to payer. */
export const amountOf = (payer: number): number => 500_000 + (payer % 997) * 1000

/** Numbers from 1 to `count`; the bill is of `month` and due in the month after it. */
export async function plantPayers({ admin, law }: Laboratory, count: number, month: Month): Promise<void> {
  const before = addMonths(month, -1)
  const amount = '500000 + (g % 997) * 1000'
  await admin.query(
    `insert into registry.region (region_code, level, kind, name, short_name) values ('00', 'province', 'province', 'Bench', 'Bench')`,
  )
  await admin.query(
    `insert into registry.organisation (organisation_id, kind, name, region_code, registered_on) select g, 'employer', 'Bench', '00', '2020-01-01' from generate_series(1, $1::bigint) g`,
    [count],
  )
  await admin.query(
    `insert into registry.payer (payer_id, kind, settlement, organisation_id) select g, 'employer', 'receivable', g from generate_series(1, $1::bigint) g`,
    [count],
  )
  const number = (of: Month): string => `(g << 20) | ${(monthNumber(of) - 24_000) * 32}`
  const bill = (of: Month, state: string, paid: string): Promise<object[]> =>
    admin.query(
      `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, members, made_on, issued_on, due, paid_on)
       select g, ${number(of)}, $2::smallint, 'month', '${state}', ${amount}, 57, $3::date, $3::date, $4::date, ${paid} from generate_series(1, $1::bigint) g`,
      [count, monthNumber(of), lastDay(of), `${addMonths(of, 1)}-15`],
    )
  await bill(before, 'paid', `'${firstDay(month)}'::date`)
  await bill(month, 'issued', 'null')
  await admin.query(
    `insert into payments.payable (payer_id, kind, id, month, order_day, amount, settled_on)
     select g, 'bill', ${number(before)}, $2::smallint, $3::date, ${amount}, $3::date from generate_series(1, $1::bigint) g
     union all select g, 'bill', ${number(month)}, $4::smallint, $5::date, ${amount}, null from generate_series(1, $1::bigint) g`,
    [count, monthNumber(before), firstDay(month), monthNumber(month), `${addMonths(month, 1)}-15`],
  )
  await admin.query(
    `insert into payments.payment (channel, day, external_id, amount, code, payer_id, received_at)
     select 'bank', $2::date, 'before-' || g, ${amount}, '', g, $2::timestamptz from generate_series(1, $1::bigint) g`,
    [count, firstDay(month)],
  )
  // Each bill is one transfer for each fund, as the run books it; the sum is exact because the last fund takes the remainder.
  const funds = law.pack.funds.slice(0, 5).map(({ code }) => fundAccount(code))
  const shares = funds.map((fund, place) =>
    place === 0
      ? `('receivable', '${fund}', 'contribution', a.amount - ${funds.length - 1} * (a.amount / 10))`
      : `('receivable', '${fund}', 'contribution', a.amount / 10)`,
  )
  const book = (of: Month, legs: readonly string[]): Promise<object[]> =>
    admin.query(
      `insert into ledger.transfer (payer_id, amount, source_id, day, month, debit, credit, reason, of_money)
       select a.g, l.amount, a.bill, $2::date, $3::smallint, d.account, c.account, l.reason, (d.per_payer and d.kind = 'liability') or (c.per_payer and c.kind = 'liability')
       from (select g, ${number(of)} as bill, ${amount} as amount from generate_series(1, $1::bigint) g) a
       cross join lateral (values ${legs.join(', ')}) l (debit, credit, reason, amount)
       join ledger.account d on d.code = l.debit join ledger.account c on c.code = l.credit`,
      [count, lastDay(of), monthNumber(of)],
    )
  await book(before, [...shares, `('bank', 'credit', 'payment', a.amount)`, `('credit', 'receivable', 'bill-settled', a.amount)`])
  await book(month, shares)
  await admin.query('vacuum analyze')
}
