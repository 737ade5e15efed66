// Declares what months earn: one row for a month, however many accounts there are. A published yearly rate is twelve equal ones.
import { type Law, millionths, percent, type Status } from '@payung/law'
import { addMonths, type Day, firstDay, isMonth, type Month, monthOf, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { programmeOf, savingsProgrammes } from '../domain/programme.ts'
import { addRates, lockSavings, type Rate, type RateKind, readRates } from '../store/rates.ts'

export type RatesAsked = {
  readonly programme?: string
  /** First and last month. */
  readonly from: string
  readonly to: string
  /** A year's, such as "5.51%". */
  readonly rate: string
  readonly kind: RateKind
  readonly act: string
  readonly article: string
  readonly link: string
  readonly status: Status
  /** Replaces a declared rate that was wrong. */
  readonly corrects?: boolean
}
export type RatesDeclared = { readonly programme: string; readonly months: number; readonly already: number }

const monthsBetween = (from: Month, to: Month): Month[] => {
  const months: Month[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

type Checked = { readonly code: string; readonly months: readonly Month[]; readonly rate: bigint }

function check(law: Law, asked: RatesAsked): Result<Checked> {
  const programme = programmeOf(law.pack, asked.programme)
  if (!programme.ok) return programme
  const { from, to } = asked
  if (
    !isMonth(from) ||
    !isMonth(to) ||
    to < from ||
    from < monthOf(law.pack.start) ||
    Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > 20
  )
    return refuse({
      code: 'wrong-month',
      rule: 'A rate is declared from a month to a month, at most twenty years, since the scheme began.',
      data: { from, to },
      next: 'Write for instance 2026-01 and 2026-12.',
    })
  const rate = millionths(asked.rate.replaceAll(' ', ''))
  if (rate === undefined || rate > 1_000_000n)
    return refuse({
      code: 'wrong-rate',
      rule: 'A rate is a percentage a year, from 0% to 100%, with at most four decimals.',
      data: { rate: asked.rate },
      next: 'Write for instance 5.51%.',
    })
  return ok({ code: programme.value.code, months: monthsBetween(from, to), rate })
}

/** The same rate told again changes nothing; another one for a month that has a declared rate is refused, for all of the months. */
export async function declareRates(tx: Tx, law: Law, asked: RatesAsked): Promise<Result<RatesDeclared>> {
  const checked = check(law, asked)
  if (!checked.ok) return checked
  const { code, months, rate } = checked.value
  await lockSavings(tx)
  const known = await readRates(tx, code, months[0] ?? ('' as Month), months.at(-1) ?? ('' as Month))
  const added: Rate[] = []
  for (const month of months) {
    const now = known.get(month)
    const same = now !== undefined && now.rate === rate && (now.kind === asked.kind || now.kind === 'declared')
    if (same) continue
    if (now && !asked.corrects && (now.kind === 'declared' || asked.kind === 'provisional'))
      return refuse({
        code: 'rate-declared',
        rule: 'A month has one declared rate.',
        data: { month, declared: percent(now.rate), given: percent(rate), kind: now.kind },
        next: 'If the declared rate was wrong, say that this one corrects it: the difference becomes an entry on each account.',
      })
    added.push({
      programme: code,
      month,
      version: (now?.version ?? 0) + 1,
      kind: asked.kind,
      rate,
      declaredOn: tx.today(law.pack.timeZone),
      act: asked.act,
      article: asked.article,
      link: asked.link,
      status: asked.status,
    })
  }
  if (added.length > 0) {
    await addRates(tx, added)
    await tx.emit({
      kind: 'savings-rates-declared',
      room: 'savings',
      subject: `programme:${code}`,
      payload: { programme: code, from: asked.from, to: asked.to, rate: percent(rate), kind: asked.kind, months: added.length },
    })
  }
  return ok({ programme: code, months: added.length, already: months.length - added.length })
}

/** Declares the rates that the pack has by today and that no month has yet; gives how many months. A rate that somebody declared stays. */
export async function takePublishedRates(tx: Tx, law: Law): Promise<number> {
  const { savingsRates } = law.pack.rules
  const today = tx.today(law.pack.timeZone)
  const last = `${today.slice(0, 4)}-12` as Month
  if (!savingsRates) return 0
  const view = law.asPublishedBy(today).on(today)
  const added: Rate[] = []
  await lockSavings(tx)
  for (const { code } of savingsProgrammes(law.pack)) {
    const known = await readRates(tx, code, monthOf(law.pack.start), last)
    for (const month of monthsBetween(monthOf(law.pack.start), last)) {
      const found = savingsRates(view, month).find(({ programme }) => programme === code)
      const now = known.get(month)
      if (!found || now?.kind === 'declared') continue
      const { act, article, link, status } = found.entry
      added.push({
        programme: code,
        month,
        version: (now?.version ?? 0) + 1,
        kind: 'declared',
        rate: found.rate,
        declaredOn: today as Day,
        act,
        article,
        link,
        status,
      })
    }
  }
  if (added.length === 0) return 0
  await addRates(tx, added)
  await tx.emit({
    kind: 'savings-rates-declared',
    room: 'savings',
    subject: 'pack',
    payload: { months: added.length, from: firstDay(added[0]?.month ?? last), kind: 'declared' },
  })
  return added.length
}
