// What changes after a bill was issued, on the command line: a month assessed anew after late law.
import type { Law } from '@payung/law'
import { isMonth, type Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, misuse, systemActor, table } from '../platform/index.ts'
import { reassessMonth } from './use-cases/reassess-month.ts'

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

export const correctionCommands = (law: Law): readonly Command[] => [
  {
    name: 'month reassess',
    summary: 'assess an issued month anew by the law known now, with credits and supplementary bills',
    words: '<YYYY-MM>',
    options: { chunk: { type: 'string', value: 'persons', summary: 'persons in one transaction' } },
    run: (context) => reassess(context, law),
  },
]
