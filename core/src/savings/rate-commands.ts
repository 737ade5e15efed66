// Rates, months and years of savings on the command line.
import { type Law, percent, type Status } from '@payung/law'
import { isMonth, type Month, ok, type Result } from '@payung/values'
import { type Answer, answer, type CommandContext, inTransaction, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { monthsOf } from './domain/days.ts'
import { programmeOf } from './domain/programme.ts'
import { closedYears, readRates } from './store/rates.ts'
import { closedJson, moneyIn } from './translate.ts'
import { closeYear } from './use-cases/close-year.ts'
import { creditMonth } from './use-cases/credit-month.ts'
import { declareRates, type RatesAsked, takePublishedRates } from './use-cases/declare-rates.ts'
import { settleDifferences } from './use-cases/settle-differences.ts'

const caller = { role: 'run', actor: systemActor } as const

export async function declare(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const [kind, status] = [context.required('kind'), context.required('status')]
  if (kind !== 'declared' && kind !== 'provisional')
    return misuse('A rate is declared or provisional.', { kind }, 'Write --kind declared or --kind provisional.')
  if (!['verified', 'one-source', 'unverified'].includes(status))
    return misuse('A status is verified, one-source or unverified.', { status }, 'Leave --status out for unverified.')
  const programme = context.text('programme')
  const asked: RatesAsked = {
    from: context.required('from'),
    to: context.required('to'),
    rate: context.required('rate'),
    kind,
    act: context.required('act'),
    article: context.required('article'),
    link: context.required('link'),
    status: status as Status,
    corrects: context.flag('corrects'),
    ...(programme === undefined ? {} : { programme }),
  }
  const done = await inTransaction(await context.platform(), caller, { name: 'savings rate declare', input: asked }, (tx, input) =>
    declareRates(tx, law, input),
  )
  if (!done.ok) return done
  const { months, already } = done.value
  return answer(done.value, `${months} months now earn ${asked.rate} a year${already > 0 ? `; ${already} did so already` : ''}.`)
}

export async function listRates(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const year = context.words[0] ?? ''
  if (!/^\d{4}$/.test(year)) return misuse('Rates are listed by year.', { year }, 'Write for instance: payung savings rate list 2025.')
  const months = monthsOf(Number(year))
  const rates = await readAs(await context.platform(), caller, (tx) =>
    readRates(tx, programme.value.code, months[0] as Month, months[11] as Month),
  )
  const rows = months.map((month) => {
    const rate = rates.get(month)
    return [
      month,
      rate ? percent(rate.rate) : '–',
      rate?.kind ?? 'none',
      rate ? `${rate.act} ${rate.article}` : '–',
      rate?.status ?? '–',
    ] as const
  })
  return answer(
    [...rates.values()].map((rate) => ({ ...rate, rate: percent(rate.rate) })),
    table(['month', 'a year', 'kind', 'source', 'status'], rows),
  )
}

export async function takeRates(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const savings = programmeOf(law.pack)
  if (!savings.ok) return savings
  const done = await inTransaction(await context.platform(), caller, { name: 'savings rate take', input: null }, async (tx) =>
    ok(await takePublishedRates(tx, law)),
  )
  return done.ok ? answer({ months: done.value }, `${done.value} months got their published rate.`) : done
}

export async function close(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const year = context.words[0] ?? ''
  if (!/^\d{4}$/.test(year)) return misuse('A year has four digits.', { year }, 'Write for instance: payung savings year close 2025.')
  const programme = context.text('programme')
  const done = await closeYear(await context.platform(), law, Number(year), {
    actor: systemActor,
    ...(programme === undefined ? {} : { programme }),
  })
  if (!done.ok) return done
  const { already, accounts, control } = done.value
  return answer(closedJson(law, done.value), [
    already ? `${year} was closed before: ${accounts} statements.` : `${year} is closed: ${accounts} statements.`,
    ...(control
      ? [
          `Control: accounts ${control.balances} + billed and unpaid ${control.outstanding} − ledger ${control.liability}: difference ${control.difference}.`,
        ]
      : []),
  ])
}

export async function listYears(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const years = await readAs(await context.platform(), caller, (tx) => closedYears(tx, programme.value.code))
  if (years.length === 0) return answer([], 'No year is closed yet.')
  return answer(
    years.map(({ year, accounts, kinds, closed_on }) => ({ year, accounts: accounts.toString(), closedOn: closed_on, kinds })),
    table(
      ['year', 'accounts', 'closed on', 'provisional months'],
      years.map(({ year, accounts, kinds, closed_on }) => [
        String(year),
        accounts,
        closed_on,
        kinds.filter((kind) => kind === 'provisional').length,
      ]),
    ),
  )
}

export async function credit(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = context.words[0] ?? ''
  if (!isMonth(month)) return misuse('A month is written YYYY-MM.', { month }, 'Write for instance: payung savings month credit 2026-09.')
  const done = await inTransaction(await context.platform(), caller, { name: 'savings month credit', input: month }, (tx, input) =>
    creditMonth(tx, law, input, context.text('programme')),
  )
  return done.ok
    ? answer(
        { ...done.value, moved: moneyIn(law)(done.value.moved) },
        `${month}: ${done.value.moved} moved to what savers are owed${done.value.already ? ', before' : ''}.`,
      )
    : done
}

export async function settle(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const done = await inTransaction(await context.platform(), caller, { name: 'savings difference settle', input: null }, (tx) =>
    settleDifferences(tx, law, context.text('programme')),
  )
  if (!done.ok) return done
  const { years, accounts } = done.value
  return answer(
    done.value,
    years.length === 0
      ? 'No closed year has other rates now.'
      : `${years.join(', ')}: ${accounts} accounts got the difference as one entry.`,
  )
}
