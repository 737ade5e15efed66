// How savings look in the contract, and on a terminal.
import type { Savings, SavingsRate, SavingsStatement } from '@payung/api'
import { type Law, percent } from '@payung/law'
import { decimals, type Exact, truncated } from '@payung/values'
import type { YearClosed } from './use-cases/close-year.ts'
import type { Account, MonthRate, StatedYear } from './use-cases/read-account.ts'

export const moneyIn =
  (law: Law) =>
  (amount: bigint): { amount: string; currency: string } => ({ amount: amount.toString(), currency: law.pack.currency.code })

/** Balances as they are shown, and the return as what lies between them: then a line sums to what stands under it. */
const yearOf = (
  law: Law,
  { year, opening, contributed, entered, closing }: { year: number; opening: Exact; contributed: bigint; entered: bigint; closing: Exact },
) => {
  const money = moneyIn(law)
  const [begun, ended] = [truncated(opening), truncated(closing)]
  return {
    year,
    opening: money(begun),
    contributed: money(contributed),
    entered: money(entered),
    returned: money(ended - begun - contributed - entered),
    closing: money(ended),
  }
}

/** Months with something to earn: before the first statement and entry a month credits nothing. */
const rateJson = (programme: string, { month, rate, kind, act, article, link, status }: MonthRate): SavingsRate => ({
  programme,
  month,
  rate: rate === null ? null : percent(rate),
  kind,
  act,
  article,
  link,
  status,
})

export function savingsJson(law: Law, account: Account): Savings {
  const money = moneyIn(law)
  const programme = law.pack.programmes.find(({ code }) => code === account.programme)
  const earning = account.rates.filter(() => account.base.over !== 0n || account.balance.over !== 0n)
  return {
    programme: account.programme,
    label: { ...programme?.labels },
    on: account.on,
    balance: money(truncated(account.balance)),
    exact: decimals(account.balance, 6),
    provisional: earning.some(({ kind }) => kind === 'provisional'),
    withoutRate: earning.flatMap(({ month, rate }) => (rate === null ? [month] : [])),
    statement: account.statement && { year: account.statement.year, balance: money(truncated(account.statement.balance)) },
    years: account.years.map(({ year, opening, closing }) => {
      const own = account.entries.filter(({ month }) => month.startsWith(String(year)))
      const sum = (contribution: boolean): bigint =>
        own.reduce(
          (total, { kind, amount }) =>
            kind !== 'difference' && (kind === 'contribution') === contribution ? total + truncated(amount) : total,
          0n,
        )
      return yearOf(law, { year, opening, contributed: sum(true), entered: sum(false), closing })
    }),
    entries: account.entries.map(({ kind, month, day, forMonth, amount, reference }) => ({
      kind,
      month,
      day,
      forMonth,
      amount: money(truncated(amount)),
      reference,
    })),
    rates: account.rates.map((rate) => rateJson(account.programme, rate)),
  }
}

export const statementJson = (law: Law, programme: string, stated: StatedYear): SavingsStatement => ({
  ...yearOf(law, stated),
  programme,
  exactClosing: decimals(stated.closing, 6),
  closedOn: stated.closedOn,
  provisional: stated.kinds.includes('provisional'),
})

export const closedJson = (law: Law, { programme, year, accounts, already, provisional, control }: YearClosed) => ({
  programme,
  year,
  accounts: Number(accounts),
  already,
  provisionalMonths: provisional,
  control: control && {
    balances: moneyIn(law)(control.balances),
    outstanding: moneyIn(law)(control.outstanding),
    liability: moneyIn(law)(control.liability),
    difference: moneyIn(law)(control.difference),
  },
})

/** How a balance came about, line by line, with the source of each rate. */
export function explain(account: Account): string[] {
  const shown = (amount: Exact): string => decimals(amount, 6).replace(/\.?0+$/, '')
  const lines: string[] = []
  if (account.statement) lines.push(`Statement of ${account.statement.year}: ${shown(account.statement.balance)}, carried over unrounded.`)
  for (const { year, opening, added, returned, closing } of account.years) {
    lines.push(`${year}: ${shown(opening)} at the beginning`)
    for (const { kind, month, forMonth, amount, reference } of account.entries)
      if (month.startsWith(String(year)))
        lines.push(`  ${month}  ${shown(amount)}  ${kind}${forMonth ? ` for ${forMonth}` : ` ${reference}`}`)
    for (const { from, to, rate } of rateSpans(account.rates.filter(({ month }) => month.startsWith(String(year)))))
      lines.push(
        rate.rate === null
          ? `  ${from} to ${to}: no rate is known; nothing is earned yet`
          : `  ${from} to ${to}: ${percent(rate.rate)} a year, ${rate.kind}, a twelfth for each month (${[rate.act, rate.article, rate.status, rate.link].filter(Boolean).join('; ')})`,
      )
    lines.push(`  ${shown(opening)} + ${shown(added)} booked + ${shown(returned)} earned = ${shown(closing)}`)
  }
  lines.push(`Cut off when shown: ${truncated(account.balance)}.`)
  return lines
}

/** Months one after the other that earn the same, by the same source. */
export function rateSpans(rates: readonly MonthRate[]): { from: string; to: string; rate: MonthRate }[] {
  const spans: { from: string; to: string; rate: MonthRate }[] = []
  for (const rate of rates) {
    const last = spans.at(-1)
    if (last && last.rate.rate === rate.rate && last.rate.kind === rate.kind && last.rate.act === rate.act && last.rate.link === rate.link)
      last.to = rate.month
    else spans.push({ from: rate.month, to: rate.month, rate })
  }
  return spans
}
