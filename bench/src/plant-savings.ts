// Plants what the close of a year reads: a year of contributions paid month by month, thirty years of statements before it, and for some
// members the contributions of all those years.
import { openMonth, runMonth } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { declareRates } from '@payung/core/savings'
import { addMonths, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Laboratory } from './laboratory.ts'
import { plantNation } from './plant-nation.ts'

export const closedYear = 2025
export const yearsBefore = 30
/** Members who have contributions in every month of the thirty years. */
export const veterans = 1000

/** 1.0551 to the power of the years, exactly: what capitalising a published rate each year does to the digits of a balance. */
const growth = (): string => {
  const digits = (10551n ** BigInt(yearsBefore - 1)).toString()
  const places = 4 * (yearsBefore - 1)
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

async function contribute({ admin, run, at, law, platform }: Laboratory, month: Month, members: number): Promise<void> {
  at(firstDay(month))
  await run((tx) => openMonth(tx, law, month))
  at(lastDay(month))
  const done = await runMonth(platform, law, month, { actor: systemActor, chunk: Math.max(members + 1, 1_000_000) })
  if (!done.ok) throw new Error(done.refusal.rule)
  const paid = `${addMonths(month, 1)}-10`
  await admin.query(`update contributions.bill set state = 'paid', paid_on = $1 where state = 'issued'`, [paid])
  await admin.query('update payments.payable set settled_on = $1 where settled_on is null', [paid])
}

/** The last year holds everybody. Nobody reads the years before it but for the accounts that are asked about: they hold the veterans. */
async function plantYears({ admin, run }: Laboratory, programme: string): Promise<void> {
  for (let year = closedYear - yearsBefore; year < closedYear; year++) {
    const written = `create table staging.statement_${year} as
       select person_id, 3000000::bigint as contributed, 0::bigint as entered, (3 * (1000000 + person_id % 99991))::numeric * ${year === closedYear - 1 ? growth() : '1'} as parts,
         ${year}::smallint as year, '${programme}'::text as programme from contributions.membership_fact${year === closedYear - 1 ? '' : ` order by person_id limit ${veterans}`}`
    await run(async (tx) => {
      await tx.run(written)
      await tx.run('select savings.take_statements($1::smallint, $2)', [year, programme])
    })
    await admin.query(
      `insert into savings.year (programme, year, thirds, rates, kinds, accounts, parts, contributed, entered, closed_on)
       select $2, $1::smallint, 1, array_fill(55100::bigint, array[12]), array_fill('declared'::text, array[12]), count(*), sum(parts), 0, 0, make_date($1::integer + 1, 1, 2)
       from savings.statement where year = $1::smallint and programme = $2`,
      [year, programme],
    )
  }
}

/** Old months: a partition each, and the rows of some members on one bill of their payer. */
async function plantVeterans({ admin }: Laboratory, first: Month): Promise<void> {
  for (let back = 1; back < yearsBefore * 12; back++) {
    const month = monthNumber(addMonths(first, -back))
    await admin.query(
      'select contributions.open_month($1::smallint, min(person_id), max(person_id)) from contributions.membership_fact having count(*) > 0',
      [month],
    )
    await admin.query(
      `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, paid_on)
       select distinct f.payer_id, (f.payer_id << 20) | (($1::bigint - 20000) * 32 + 16), $1::smallint, 'month', 'paid', 1, contributions.first_day($1::smallint), contributions.first_day($1::smallint), contributions.first_day($1::smallint) + 10
       from (select payer_id from contributions.membership_fact order by person_id limit ${veterans}) f on conflict do nothing`,
      [month],
    )
    await admin.query(
      `insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
       select f.person_id, (f.payer_id << 20) | (($1::bigint - 20000) * 32 + 16), f.base, 1, 1, $1::smallint, 1, f.ordinal, 0
       from (select * from contributions.membership_fact order by person_id limit ${veterans}) f`,
      [month],
    )
  }
}

export async function plantSavings(laboratory: Laboratory, members: number, programme: string, say: (line: string) => void): Promise<void> {
  const { admin, law, run } = laboratory
  const first = `${closedYear - 1}-12` as Month
  await plantNation(laboratory, members, first)
  const source = { act: 'Bench', article: '1', link: 'unknown', status: 'unverified' } as const
  for (let place = 0; place <= 12; place++) {
    say(`contributions of ${addMonths(first, place)} …`)
    await contribute(laboratory, addMonths(first, place), members)
  }
  say(`${yearsBefore} years of statements …`)
  laboratory.at(`${closedYear + 1}-01-02`)
  const declared = await run((tx) =>
    declareRates(tx, law, { programme, from: `${closedYear}-01`, to: `${closedYear + 1}-12`, rate: '5.51%', kind: 'declared', ...source }),
  )
  if (!declared.ok) throw new Error(declared.refusal.rule)
  await plantYears(laboratory, programme)
  await plantVeterans(laboratory, first)
  await admin.query('analyze')
}
