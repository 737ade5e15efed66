// `payung reinstate` and `payung warnings`: cases of late money, and what payers were warned of. Verdicts need a person of an office,
// and are given over HTTP.
import type { Law } from '@payung/law'
import { isMonth, type Result } from '@payung/values'
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
import { caseJson, warningJson } from './continuity-routes.ts'
import { readWarnings } from './store/late-warnings.ts'
import { readCases } from './store/reinstatements.ts'
import { openReinstatement } from './use-cases/open-reinstatement.ts'

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
    name: 'warnings',
    summary: 'what a payer who pays for others was warned of',
    words: '<payer>',
    options: {},
    run: (context) => warnings(context, law),
  },
]
