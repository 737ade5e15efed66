// Savings on the command line: an account and its statements, entries, rates, and the close of a year.
import fs from 'node:fs'
import { type Law, percent, type Status } from '@payung/law'
import { isMonth, type Month, ok, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { dayAsked, monthsOf } from './domain/days.ts'
import { programmeOf } from './domain/programme.ts'
import { printStatement } from './print-statement.ts'
import { statementOf } from './routes.ts'
import { closedYears, readRates } from './store/rates.ts'
import { closedJson, explain, moneyIn, savingsJson, statementJson } from './translate.ts'
import { bookEntry, type EntryAsked } from './use-cases/add-entry.ts'
import { closeYear } from './use-cases/close-year.ts'
import { creditMonth } from './use-cases/credit-month.ts'
import { declareRates, type RatesAsked, takePublishedRates } from './use-cases/declare-rates.ts'
import { findSaver } from './use-cases/find-saver.ts'
import { readAccount, readStatedYears } from './use-cases/read-account.ts'
import { settleDifferences } from './use-cases/settle-differences.ts'

const caller = { role: 'run', actor: systemActor } as const
const programmeOption = {
  programme: { type: 'string', value: 'code', summary: 'the savings programme; the only one when left out' },
} as const

async function show(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const { code } = programme.value
  return readAs(await context.platform(), caller, async (tx) => {
    const day = dayAsked(context.text('on'), tx.today(law.pack.timeZone))
    if (!day.ok) return day
    const saver = await findSaver(tx, context.words.join(''), 'savings', 'command line')
    if (!saver.ok) return saver
    const account = await readAccount(tx, code, saver.value.persons, day.value)
    const stated = await readStatedYears(tx, code, saver.value.persons)
    const json = savingsJson(law, account)
    const years = [
      ...stated.filter(({ year }) => !account.years.some((each) => each.year === year)).map((each) => statementJson(law, code, each)),
      ...json.years,
    ].filter(({ year }) => String(year) <= day.value.slice(0, 4))
    const lines = [
      `${json.balance.amount} ${json.balance.currency} on ${day.value}${json.provisional ? ', with a provisional rate' : ''}.`,
      ...(json.withoutRate.length > 0 ? [`No rate is known for ${json.withoutRate.join(', ')}: nothing is earned for it yet.`] : []),
      ...table(
        ['year', 'opening', 'contributed', 'other', 'earned', 'closing'],
        years.map(({ year, opening, contributed, entered, returned, closing }) => [
          String(year),
          ...[opening, contributed, entered, returned, closing].map(({ amount }) => BigInt(amount)),
        ]),
      ),
      ...(context.flag('explain') ? explain(account) : []),
    ]
    return answer({ ...json, statements: stated.map((each) => statementJson(law, code, each)) }, lines)
  })
}

async function statement(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const [number = '', year = ''] = context.words
  if (!/^\d{4}$/.test(year))
    return misuse('A statement is of a year.', { year }, 'Write for instance: payung savings statement 10000000014 2025.')
  const found = await readAs(await context.platform(), caller, async (tx) => {
    const saver = await findSaver(tx, number, 'savings statement', 'command line')
    if (!saver.ok) return saver
    const read = await statementOf(tx, programme.value.code, saver.value, Number(year))
    return read.ok ? ok({ ...saver.value, ...read.value }) : read
  })
  if (!found.ok) return found
  const language = context.text('lang') ?? law.pack.languages[0] ?? 'en'
  const file = context.text('out') ?? `${found.value.memberNumber}-${year}.pdf`
  fs.writeFileSync(file, await printStatement(law, found.value, language))
  return answer({ file, ...statementJson(law, programme.value.code, found.value.stated) }, file)
}

async function entry(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const kind = context.required('kind')
  if (kind !== 'opening' && kind !== 'withdrawal' && kind !== 'correction')
    return misuse('An entry is an opening, a withdrawal or a correction.', { kind }, 'Write for instance --kind withdrawal.')
  const [programme, day] = [context.text('programme'), context.text('day')]
  const booked = await inTransaction(await context.platform(), caller, { name: 'savings entry', input: null }, async (tx) => {
    const savings = programmeOf(law.pack, programme)
    if (!savings.ok) return savings
    const saver = await findSaver(tx, context.words.join(''), 'savings entry', context.required('act'))
    if (!saver.ok) return saver
    const asked: EntryAsked = {
      persons: saver.value.persons,
      kind,
      amount: context.required('amount'),
      reference: context.required('reference'),
      act: context.required('act'),
      ...(programme === undefined ? {} : { programme }),
      ...(day === undefined ? {} : { day }),
    }
    return bookEntry(tx, law, asked)
  })
  if (!booked.ok) return booked
  const { already, amount, balance } = booked.value
  const money = moneyIn(law)
  return answer(
    { ...booked.value, amount: money(amount), balance: money(balance) },
    `${already ? 'Booked before' : 'Booked'}: ${amount}. The account holds ${balance}.`,
  )
}

async function declare(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

async function listRates(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

async function takeRates(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const savings = programmeOf(law.pack)
  if (!savings.ok) return savings
  const done = await inTransaction(await context.platform(), caller, { name: 'savings rate take', input: null }, async (tx) =>
    ok(await takePublishedRates(tx, law)),
  )
  return done.ok ? answer({ months: done.value }, `${done.value} months got their published rate.`) : done
}

async function close(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

async function listYears(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

async function credit(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

async function settle(context: CommandContext, law: Law): Promise<Result<Answer>> {
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

const text = (summary: string, value: string, fallback?: string) => ({
  type: 'string' as const,
  value,
  summary,
  ...(fallback === undefined ? { required: true } : { default: fallback }),
})

export const commandsFor = (law: Law): readonly Command[] => {
  const command = (
    name: string,
    summary: string,
    words: string,
    options: Command['options'],
    run: (context: CommandContext, law: Law) => Promise<Result<Answer>>,
  ): Command => ({
    name: `savings${name === '' ? '' : ` ${name}`}`,
    summary,
    ...(words === '' ? {} : { words }),
    options: { ...options, ...programmeOption },
    run: (context) => run(context, law),
  })
  return [
    command(
      '',
      'what a member has saved on a day, and how it came about',
      '<number>',
      {
        on: { type: 'string', value: 'day', summary: 'the day; today when left out' },
        explain: { type: 'boolean', summary: 'every entry and rate since the last statement' },
      },
      show,
    ),
    command(
      'statement',
      'the statement of a year as a PDF',
      '<number> <year>',
      {
        lang: { type: 'string', value: 'language', summary: 'language of the words' },
        out: { type: 'string', value: 'file', summary: 'where to write it' },
      },
      statement,
    ),
    command(
      'entry',
      'book an opening balance, a withdrawal or a correction',
      '<number>',
      {
        kind: text('opening, withdrawal or correction', 'kind'),
        amount: text('in minor units', 'amount'),
        reference: text('names the act for ever', 'text'),
        act: text('what it rests on', 'text'),
        day: { type: 'string', value: 'day', summary: 'day of booking; today when left out' },
      },
      entry,
    ),
    command(
      'rate declare',
      'declare what some months earn',
      '',
      {
        from: text('first month', 'month'),
        to: text('last month', 'month'),
        rate: text('a year, such as 5.51%', 'rate'),
        kind: text('declared or provisional', 'kind', 'declared'),
        act: text('the decision', 'text'),
        article: text('its article', 'text', 'unknown'),
        link: text('where it can be read', 'address', 'unknown'),
        status: text('verified, one-source or unverified', 'status', 'unverified'),
        corrects: { type: 'boolean', summary: 'replaces a declared rate that was wrong' },
      },
      declare,
    ),
    command('rate take', 'take the published rates of the scheme', '', {}, takeRates),
    command('rate list', 'what the months of a year earn', '<year>', {}, listRates),
    command('month credit', 'move the return of a month to what savers are owed', '<YYYY-MM>', {}, credit),
    command('year close', 'write the statements of a year for all accounts', '<year>', {}, close),
    command('year list', 'the closed years', '', {}, listYears),
    command('difference settle', 'book what a late rate changes in closed years', '', {}, settle),
  ]
}
