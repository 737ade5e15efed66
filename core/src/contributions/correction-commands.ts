// What changes after a bill was issued, on the command line: a month assessed anew after late law, and a bill split by naming workers.
import { readFile } from 'node:fs/promises'
import type { Law } from '@payung/law'
import { isMonth, ok, type Result } from '@payung/values'
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
import { payerOfBill } from './domain/bill-number.ts'
import { reassessMonth } from './use-cases/reassess-month.ts'
import { showCorrections } from './use-cases/show-corrections.ts'
import { showSplit } from './use-cases/show-split.ts'
import { splitBill } from './use-cases/split-bill.ts'

async function reassess(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const month = context.words[0] ?? ''
  if (!isMonth(month)) return misuse('A month is written YYYY-MM.', { month }, 'Write for instance: payung month reassess 2025-08.')
  const chunk = Number(context.text('chunk') ?? '1000000')
  if (!Number.isInteger(chunk) || chunk < 1)
    return misuse('A chunk is a number of persons above zero.', { chunk: context.text('chunk') ?? '' }, 'Leave --chunk out.')
  const done = await reassessMonth(await context.platform(), law, month, {
    actor: systemActor,
    chunk,
    progress: (step, at, of) => context.progress.step(step, at, of),
  })
  if (!done.ok) return done
  const { version, memberships, payers, credits, supplements, control } = done.value
  const { difference } = control
  const figures = { version, memberships, payers, credits, supplements, difference }
  const shown = Object.entries(figures).map(([name, amount]) => [name, BigInt(amount)] as const)
  return answer(
    { month, ...Object.fromEntries(shown.map(([name, amount]) => [name, amount.toString()])) },
    table(['reassessed', month], shown),
  )
}

async function list(context: CommandContext): Promise<Result<Answer>> {
  const state = context.flag('all') ? undefined : 'proposed'
  const page = await readAs(await context.platform(), { role: 'run', actor: systemActor }, (tx) =>
    showCorrections(tx, { state, limit: 1000 }),
  )
  if (!page.ok) return page
  const { items } = page.value
  const ended = items.flatMap(({ correctionId, staysEnded }) =>
    staysEnded.map(
      ({ memberNumber, rule, next }) => `correction ${correctionId}: the membership of ${memberNumber} stays ended. ${rule} ${next}`,
    ),
  )
  const cells = items.map((row) => [
    row.correctionId,
    row.month,
    row.kind,
    row.state,
    row.payerId,
    row.reason,
    row.proposedOn,
    row.proposedBy,
  ])
  return answer(
    items,
    items.length === 0
      ? 'no correction waits for a decision'
      : [...table(['correction', 'month', 'kind', 'state', 'payer', 'reason', 'proposed', 'by'], cells), ...ended],
  )
}

const words = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== '')

/** Workers are named in the command, or in a file with a number on each line. */
async function split(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const bill = context.words[0] ?? ''
  if (!/^\d{1,18}$/.test(bill))
    return misuse('A bill is named by its number.', { bill }, 'Write for instance: payung bill split 5242880123 …')
  const file = context.text('file')
  const workers = [...words(context.text('workers') ?? ''), ...(file === undefined ? [] : words(await readFile(file, 'utf8')))]
  const input = { billId: BigInt(bill), workers, reason: context.text('reason') ?? '' }
  const caller = { role: 'run', actor: systemActor } as const
  const done = await inTransaction(await context.platform(), caller, { name: 'bill split', input }, async (tx, asked) => {
    const made = await splitBill(tx, law, {
      payerId: payerOfBill(asked.billId),
      billId: asked.billId,
      workers: asked.workers.map((memberNumber) => ({ memberNumber })),
      reason: asked.reason,
    })
    return made.ok ? ok(await showSplit(tx, law, made.value, asked.reason)) : made
  })
  if (!done.ok) return done
  const { splitBillId, amount, code, restCode, taken, left } = done.value
  return answer(done.value, [
    `${taken.length} workers are on bill ${splitBillId} now: ${amount.amount} ${amount.currency}, to be paid with the code ${code}.`,
    `${left.length} stay on bill ${bill}, with the code ${restCode}; they are told.`,
  ])
}

export const correctionCommands = (law: Law): readonly Command[] => [
  {
    name: 'month reassess',
    summary: 'assess an issued month anew by the law known now, with credits and supplementary bills',
    words: '<YYYY-MM>',
    options: { chunk: { type: 'string', value: 'persons', summary: 'persons in one transaction' } },
    run: (context) => reassess(context, law),
  },
  {
    name: 'corrections',
    summary: 'corrections of issued months that wait for a decision, which is taken over HTTP by a second person',
    options: { all: { type: 'boolean', summary: 'decided ones too' } },
    run: list,
  },
  {
    name: 'bill split',
    summary: 'take named workers from an issued bill to a bill of their own, to be paid alone',
    words: '<bill>',
    options: {
      workers: { type: 'string', value: 'numbers', summary: 'their member numbers, with commas between them' },
      file: { type: 'string', value: 'path', summary: 'a file with a member number on each line' },
      reason: { type: 'string', value: 'text', summary: 'why the bill is not paid whole' },
    },
    run: (context) => split(context, law),
  },
]
