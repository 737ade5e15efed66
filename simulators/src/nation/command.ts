// `payung nation create` founds the nation of a demonstration; `payung nation peak` plays the day on which everybody pays.
import type { Law } from '@payung/law'
import { type Day, isDay, lastDay, monthOf, type Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, misuse } from './core.ts'
import type { NationOptions } from './create-nation.ts'
import { foundNation, usualNation } from './found-nation.ts'
import { peak } from './peak.ts'
import { shortestHistory } from './plan/plan-nation.ts'

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)

function optionsOf(context: CommandContext): NationOptions | Result<never> {
  const [scale, history, seed] = ['scale', 'history', 'seed'].map((name) => wholeNumber(context.required(name)))
  const until = context.required('until')
  if (scale === undefined || scale < 1)
    return misuse(
      'The scale says how many people one person stands for.',
      { scale: context.required('scale') },
      'Write for instance --scale 1000.',
    )
  if (history === undefined || history < shortestHistory) {
    return misuse(
      `The history has ${shortestHistory} months or more.`,
      { history: context.required('history') },
      'Write for instance --history 24.',
    )
  }
  if (seed === undefined) return misuse('The seed is a whole number.', { seed: context.required('seed') }, 'Write for instance --seed 1.')
  if (!isDay(until) || until !== lastDay(monthOf(until as Day)))
    return misuse('The history ends on the last day of a month.', { until }, 'Write for instance --until 2026-10-31.')
  return { scale, history, seed, until }
}

async function create(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const options = optionsOf(context)
  if ('ok' in options) return options
  const created = await foundNation(await context.platform(), law, options, context.progress)
  if (!created.ok) return created
  const { asOf, active, registered, segments, groups } = created.value
  return answer(created.value, [
    `${asOf}: ${active} covered persons of ${registered} registered`,
    ...segments.map(({ segment, members }) => `  ${segment}: ${members}`),
    ...groups.map(({ group, members }) => `  of these ${group}: ${members}`),
  ])
}

export const commandsFor = (law: Law): readonly Command[] => [
  {
    name: 'nation create',
    summary: 'found a nation of made-up people on an empty database',
    options: {
      scale: { type: 'string', value: 'number', summary: 'one person stands for this many', default: String(usualNation.scale) },
      until: { type: 'string', value: 'day', summary: 'the last day of its history', default: usualNation.until },
      history: { type: 'string', value: 'months', summary: 'months of history', default: String(usualNation.history) },
      seed: { type: 'string', value: 'number', summary: 'the same seed makes the same nation', default: String(usualNation.seed) },
    },
    run: (context) => create(context, law),
  },
  {
    name: 'nation peak',
    summary: 'play a day on which a third of all payers pay within six hours',
    options: { seconds: { type: 'string', value: 'number', summary: 'how long the six hours take', default: '20' } },
    run: (context) => peak(context, law),
  },
]
