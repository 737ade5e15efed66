// The room on the command line: months, bills, cover and the control.
import type { Law } from '@payung/law'
import { type Day, isDay, isMonth, type Month, ok, type Result } from '@payung/values'
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
import { ageingCommands } from './ageing-routes.ts'
import { continuityCommandsFor } from './continuity-commands.ts'
import { contractCommands } from './contract-commands.ts'
import { deferralCommands } from './deferral-routes.ts'
import { reliefCommands } from './relief-routes.ts'
import { readControls, readMonths } from './store/reading.ts'
import { controlJson, monthJson } from './translate.ts'
import { checkControl } from './use-cases/check-control.ts'
import { closeMonth } from './use-cases/close-month.ts'
import { personOf, samePerson } from './use-cases/find-person.ts'
import { openMonth } from './use-cases/open-month.ts'
import { priceMonths } from './use-cases/price-months.ts'
import { reassessAllPrepaid } from './use-cases/reassess-prepaid.ts'
import { runMonth } from './use-cases/run-month.ts'
import { showBills } from './use-cases/show-bills.ts'
import { type MembershipCover, showCover } from './use-cases/show-cover.ts'

const caller = { role: 'run', actor: systemActor } as const

/** The month that a command names; the refusal tells a text of another form from a month that no year has. */
function monthIn(context: CommandContext, command: string): Result<Month> {
  const text = context.words[0] ?? ''
  if (isMonth(text)) return ok(text)
  const rule = /^\d{4}-\d{2}$/.test(text) ? `${text} is no month: the months of a year are 01 to 12.` : 'A month is written YYYY-MM.'
  return misuse(rule, { month: text }, `Write for instance: payung ${command} 2026-10.`)
}

async function open(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = monthIn(context, 'month open')
  if (!month.ok) return month
  const opened = await inTransaction(await context.platform(), caller, { name: 'month open', input: month.value }, (tx, input) =>
    openMonth(tx, law, input),
  )
  return opened.ok ? answer(opened.value, `${month.value} is open since ${opened.value.opened_on}.`) : opened
}

async function close(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = monthIn(context, 'month close')
  if (!month.ok) return month
  const closed = await inTransaction(await context.platform(), caller, { name: 'month close', input: month.value }, (tx, input) =>
    closeMonth(tx, law, input),
  )
  return closed.ok ? answer(closed.value, `${month.value} is closed since ${closed.value.closed_on}.`) : closed
}

async function run(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = monthIn(context, 'month run')
  if (!month.ok) return month
  const chunk = Number(context.text('chunk') ?? '1000000')
  if (!Number.isInteger(chunk) || chunk < 1)
    return misuse('A chunk is a number of persons above zero.', { chunk: context.text('chunk') ?? '' }, 'Leave --chunk out.')
  const done = await runMonth(await context.platform(), law, month.value, {
    actor: systemActor,
    chunk,
    progress: (step, at, of) => context.progress.step(step, at, of),
  })
  if (!done.ok) return done
  const { rows, bills, total, control } = done.value
  return answer({ month: month.value, rows, bills, total: total.toString(), difference: control.difference.toString() }, [
    `${month.value}: ${rows} contributions on ${bills} new bills, ${total} in all.`,
    `Control: difference ${control.difference}.`,
  ])
}

async function months(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const rows = (await readAs(await context.platform(), caller, readMonths)).map((row) => monthJson(law, row))
  if (rows.length === 0) return answer([], 'No month was opened yet. Open one: payung month open YYYY-MM.')
  return answer(
    rows,
    table(
      ['month', 'state', 'bills', 'members', 'total'],
      rows.map(({ month, state, bills, rows: members, total }) => [month, state, bills, members, BigInt(total.amount)]),
    ),
  )
}

async function control(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = context.text('month')
  if (month !== undefined && !isMonth(month))
    return misuse('A month is written YYYY-MM.', { month }, 'Write for instance --month 2026-09, or leave it out for all months together.')
  const platform = await context.platform()
  const step = month === undefined ? 'command' : `command ${month}`
  await inTransaction(platform, caller, { name: 'control', input: null }, async (tx) => ok(await checkControl(tx, step, month ?? null)))
  const rows = (await readAs(platform, caller, (tx) => readControls(tx, 1))).map((row) => controlJson(law, row))
  const [last] = rows
  if (!last) return answer(null, 'Nothing was checked yet.')
  const lines = (['contributions', 'premiums', 'fines', 'stateShare', 'billed', 'booked', 'bank', 'statement', 'difference'] as const).map(
    (name) => [name, BigInt(last[name].amount)] as const,
  )
  return answer(last, table(['control', last.billed.currency], lines))
}

/** Since when cover runs and by what deed; what the membership is called after a lapse. */
const periodLines = ({ ordinal, standing, periods, reinstated }: MembershipCover): string[] => [
  ...periods.map(
    ({ openedOn, openedBy, fromMonth }) =>
      `Membership ${ordinal}: cover opened on ${openedOn} by ${openedBy}, from the month ${fromMonth}.`,
  ),
  ...reinstated.map(
    ({ from, through, decidedOn }) =>
      `Membership ${ordinal}: the months ${from} to ${through} were reinstated on ${decidedOn}; the period before them goes on.`,
  ),
  ...(standing === null
    ? []
    : [`Membership ${ordinal} is ${standing}: a payment opens a new period, and the months between are not owed.`]),
]

async function cover(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const platform = await context.platform()
  const number = context.words.join('')
  const on = context.text('on')
  if (on !== undefined && !isDay(on)) return misuse('A day is written YYYY-MM-DD.', { on }, 'Write for instance --on 2026-10-31.')
  return readAs(platform, caller, async (tx) => {
    const person = await personOf(tx, number, 'cover', 'command line')
    if (!person.ok) return person
    const day = (on as Day | undefined) ?? tx.today(law.pack.timeZone)
    const memberships = await showCover(tx, law, await samePerson(tx, person.value), day)
    const rows = memberships.flatMap(({ ordinal, segment, programmes }) =>
      programmes.map((each) => [
        ordinal,
        segment,
        each.programme,
        each.state,
        each.since ?? '–',
        each.paidUntil ?? '–',
        each.coveredUntil ?? '–',
        each.limits.join(', ') || '–',
        each.reason ?? '–',
        `${each.rule} ${each.article}`,
      ]),
    )
    const lines = rows.length
      ? table(['no.', 'segment', 'programme', 'state', 'since', 'paid until', 'covered until', 'limits', 'why', 'rule'], rows)
      : [`No membership lives on ${day}: not covered.`]
    lines.push(...memberships.flatMap(periodLines))
    return answer({ on: day, memberships: memberships.map(({ personId: _, ...membership }) => membership) }, lines)
  })
}

async function bills(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = context.words[0] ?? ''
  if (!/^\d{1,13}$/.test(payer))
    return misuse('A payer is a number.', { payer }, 'It stands on each bill, and in the list of payers: GET /v1/payers.')
  const shown = await readAs(await context.platform(), caller, (tx) => showBills(tx, law, BigInt(payer), undefined, 50))
  if (!shown.ok) return shown
  const { items } = shown.value
  if (items.length === 0) return answer([], 'This payer has no bill yet.')
  return answer(
    items,
    table(
      ['bill', 'month', 'kind', 'state', 'total', 'of it fine', 'due', 'paid'],
      items.map((bill) => [
        bill.billId,
        bill.month,
        bill.kind,
        bill.stale ? 'calculated, stale' : bill.state,
        BigInt(bill.total.amount),
        BigInt(bill.fine.amount),
        bill.due ?? '–',
        bill.paidOn ?? '–',
      ]),
    ),
  )
}

async function prices(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = context.words[0] ?? ''
  if (!/^\d{1,13}$/.test(payer))
    return misuse('A payer is a number.', { payer }, 'It stands on each bill, and in the list of payers: GET /v1/payers.')
  const priced = await readAs(await context.platform(), caller, (tx) => priceMonths(tx, law, BigInt(payer)))
  if (!priced.ok) return priced
  const { months, choices } = priced.value
  return answer(priced.value, [
    ...table(
      ['months', 'price', 'paid until'],
      choices.map(({ months: count, amount, paidUntil }) => [count, amount, paidUntil]),
    ),
    ...table(
      ['month', 'price'],
      months.map(({ month, amount }) => [month, amount]),
    ),
  ])
}

async function reassess(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const done = await reassessAllPrepaid(await context.platform(), law, (at, of) => context.progress.step('prepaid months', at, of))
  const changed = done.filter(({ rows }) => rows > 0)
  if (changed.length === 0) return answer([], 'No month that was paid ahead costs less by a law published since.')
  return answer(
    changed,
    table(
      ['month', 'contributions', 'bills', 'given back'],
      changed.map(({ month, rows, bills, returned }) => [month, rows, bills, returned]),
    ),
  )
}

export const commandsFor = (law: Law): readonly Command[] => [
  { name: 'month open', summary: 'open a contribution month', words: '<YYYY-MM>', options: {}, run: (context) => open(context, law) },
  {
    name: 'month run',
    summary: 'assess everybody, issue and book the bills of a month',
    words: '<YYYY-MM>',
    options: { chunk: { type: 'string', value: 'persons', summary: 'persons in one transaction' } },
    run: (context) => run(context, law),
  },
  {
    name: 'month close',
    summary: 'close a month after its due day',
    words: '<YYYY-MM>',
    options: {},
    run: (context) => close(context, law),
  },
  { name: 'month list', summary: 'the months with their bills', options: {}, run: (context) => months(context, law) },
  {
    name: 'control',
    summary: 'check contributions = bills = transfers and bank = statement, now: of a month, or of all together',
    options: { month: { type: 'string', value: 'month', summary: 'YYYY-MM; all months together when it is left out' } },
    run: (context) => control(context, law),
  },
  {
    name: 'cover',
    summary: 'whether a member is covered on a day, and why',
    words: '<number>',
    options: { on: { type: 'string', value: 'day', summary: 'the day; today when left out' } },
    run: (context) => cover(context, law),
  },
  {
    name: 'prices',
    summary: 'what some months at once cost a payer whom nobody bills',
    words: '<payer>',
    options: {},
    run: (context) => prices(context, law),
  },
  {
    name: 'prepaid reassess',
    summary: 'give back what a law published since lowers of months paid ahead',
    options: {},
    run: (context) => reassess(context, law),
  },
  { name: 'bills', summary: 'the bills of a payer', words: '<payer>', options: {}, run: (context) => bills(context, law) },
  ...contractCommands(law),
  ...continuityCommandsFor(law),
  ...ageingCommands(law),
  ...deferralCommands(law),
  ...reliefCommands(law),
]
