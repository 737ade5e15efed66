// `payung reinstate` and `payung warnings`: cases of late money, and what payers were warned of. Verdicts need a person of an office,
// and are given over HTTP.
import type { Law } from '@payung/law'
import { isDay, isMonth, type Result } from '@payung/values'
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
import { arrearsJson, caseJson, warningJson } from './continuity-routes.ts'
import { readWarnings } from './store/late-warnings.ts'
import { readCases } from './store/reinstatements.ts'
import { personOf, samePerson } from './use-cases/find-person.ts'
import { openReinstatement } from './use-cases/open-reinstatement.ts'
import { type ArrearsAnswer, showArrears } from './use-cases/show-arrears.ts'

const caller = { role: 'run', actor: systemActor } as const

function payerIn(context: CommandContext, command: string): Result<bigint> {
  const text = context.words[0] ?? ''
  return /^\d{1,13}$/.test(text)
    ? { ok: true, value: BigInt(text) }
    : misuse(
        'A payer is a number.',
        { payer: text },
        `Write for instance: payung ${command} 17. It stands in the list of payers: GET /v1/payers.`,
      )
}

async function open(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = payerIn(context, 'reinstate open --from 2026-07 …')
  if (!payer.ok) return payer
  const from = context.required('from')
  if (!isMonth(from)) return misuse('A month is written YYYY-MM.', { from }, 'Write for instance --from 2026-07.')
  const input = { payerId: payer.value, from, reason: context.required('reason'), evidence: context.all('paper') }
  const opened = await inTransaction(await context.platform(), caller, { name: 'reinstate open', input }, (tx, asked) =>
    openReinstatement(tx, law, asked),
  )
  return opened.ok
    ? answer(
        { case: opened.value.toString() },
        `Case ${opened.value} is open; the money of payer ${payer.value} waits until it is decided.`,
      )
    : opened
}

async function list(context: CommandContext): Promise<Result<Answer>> {
  const cases = await readAs(await context.platform(), caller, (tx) => readCases(tx, { limit: 100 }))
  if (cases.length === 0) return answer([], 'There is no case.')
  return answer(
    cases.map(caseJson),
    table(
      ['case', 'payer', 'from', 'through', 'members', 'state', 'opened', 'approved by'],
      cases.map((each) => [
        each.caseId,
        each.payerId,
        each.from,
        each.through,
        each.members,
        each.state,
        each.openedOn,
        `${each.verdicts.filter(({ verdict }) => verdict === 'approved').length} of ${each.levels.join(', ')}`,
      ]),
    ),
  )
}

async function warnings(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = payerIn(context, 'warnings')
  if (!payer.ok) return payer
  const told = await readAs(await context.platform(), caller, (tx) => readWarnings(tx, payer.value))
  if (told.length === 0) return answer([], 'This payer was warned of nothing.')
  return answer(
    told.map((each) => warningJson(law, each)),
    table(
      ['told on', 'paid through', 'months unpaid', 'members', 'first month costs', 'covered until'],
      told.map((each) => [each.toldOn, each.paidMonth, each.unpaid, each.members, each.amount, each.coveredUntil]),
    ),
  )
}

async function arrears(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = payerIn(context, 'arrears --on 2026-10-31')
  if (!payer.ok) return payer
  const [on, member, wage] = [context.required('on'), context.text('member'), context.text('wage')]
  if (!isDay(on)) return misuse('A day is written YYYY-MM-DD.', { on }, 'Write for instance --on 2026-10-31.')
  if ((member === undefined) !== (wage === undefined) || (wage !== undefined && !/^\d{1,15}$/.test(wage)))
    return misuse('A true wage is one member’s.', { wage: wage ?? '' }, 'Write both: --member 10000282348 --wage 5000000.')
  const shown = await readAs(await context.platform(), caller, async (tx): Promise<Result<ArrearsAnswer>> => {
    if (member === undefined || wage === undefined) return showArrears(tx, law, { payerId: payer.value, on })
    const person = await personOf(tx, member, 'arrears', 'command line')
    if (!person.ok) return person
    return showArrears(tx, law, { payerId: payer.value, on, worker: { persons: await samePerson(tx, person.value), wage: BigInt(wage) } })
  })
  if (!shown.ok) return shown
  const told = arrearsJson(law, on, shown.value)
  const { months, programmes, knownNow, wage: said } = shown.value
  return answer(told, [
    months.length === 0
      ? `By the end of ${on} no month was due and unpaid.`
      : `By the end of ${on} ${months.length} consecutive months were due and unpaid: ${months.join(', ')}.`,
    ...(knownNow.months.join() === months.join() ? [] : [`As it stands now: ${knownNow.months.join(', ') || 'none'}.`]),
    ...table(
      ['segment', 'programme', 'paid first by', 'months allowed', 'rule'],
      programmes.map((each) => [each.segment, each.programme, each.paidFirstBy, each.graceMonths, `${each.rule} ${each.article}`]),
    ),
    ...(said
      ? [
          `Reported ${said.reported}, earned ${said.actual}: the agency pays on the first, the payer owes on ${said.difference} (${said.rule} ${said.article}).`,
          ...(said.later ? [`Said later, on ${said.later.on}: ${said.later.base}.`] : []),
        ]
      : []),
  ])
}

export const continuityCommandsFor = (law: Law): readonly Command[] => [
  {
    name: 'reinstate open',
    summary: 'open a case to undo a lapse that late money of a payer caused',
    words: '<payer>',
    options: {
      from: { type: 'string', summary: 'the first month that was not paid', value: 'YYYY-MM', required: true },
      reason: { type: 'string', summary: 'why the money was late', value: 'text', required: true },
      paper: { type: 'string', summary: 'a paper it rests on; may be repeated', value: 'text', required: true, multiple: true },
    },
    run: (context) => open(context, law),
  },
  { name: 'reinstate list', summary: 'the cases of late money with their state', options: {}, run: list },
  {
    name: 'arrears',
    summary: 'what a payer was in arrears with on the day of an event, and who pays a benefit first',
    words: '<payer>',
    options: {
      on: { type: 'string', summary: 'the day of the event', value: 'day', required: true },
      member: { type: 'string', summary: 'a worker whose wage was reported too low', value: 'number' },
      wage: { type: 'string', summary: 'what the worker earned in truth', value: 'amount' },
    },
    run: (context) => arrears(context, law),
  },
  {
    name: 'warnings',
    summary: 'what a payer who pays for others was warned of',
    words: '<payer>',
    options: {},
    run: (context) => warnings(context, law),
  },
]
