// `payung coverage`: count a day, count the months, rebuild the roll-ups, show the overview.
import type { Law } from '@payung/law'
import { type Day, isDay, ok, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  type Platform,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { type Count, smallest } from './domain/suppress.ts'
import { populationCommandsFor } from './population-commands.ts'
import { countCover } from './use-cases/count-cover.ts'
import { countMonths } from './use-cases/count-months.ts'
import { readOverview } from './use-cases/read-overview.ts'
import { rebuildCoverage } from './use-cases/rebuild-coverage.ts'

const shown = ({ value, hidden }: Count): number | string => value ?? (hidden === 'small' ? `< ${smallest}` : '–')
const caller = { role: 'run', actor: systemActor } as const

const todayOf = (platform: Platform, law: Law): Promise<Day> => readAs(platform, caller, async (tx) => tx.today(law.pack.timeZone))

async function count(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const platform = await context.platform()
  const text = context.text('on') ?? (await todayOf(platform, law))
  if (!isDay(text)) return misuse('A day is written YYYY-MM-DD.', { on: text }, 'Write for instance --on 2026-10-31.')
  const counted = await inTransaction(platform, caller, { name: 'count-cover', input: text }, (tx, day) => countCover(tx, law.pack, day))
  if (!counted.ok) return counted
  const months = await inTransaction(platform, caller, { name: 'count-months', input: text }, (tx, day) => countMonths(tx, day))
  if (!months.ok) return months
  const { registered, active } = counted.value
  return answer({ ...counted.value, months: months.value }, [
    `${text}: ${active} of ${registered} registered persons are covered in at least one programme.`,
    `Months counted: ${months.value.join(', ') || 'none'}`,
  ])
}

async function rebuild(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const rebuilt = await inTransaction(await context.platform(), caller, { name: 'rebuild-coverage', input: undefined }, (tx) =>
    rebuildCoverage(tx, law.pack, context.progress),
  )
  return rebuilt.ok
    ? answer(
        rebuilt.value,
        `Rebuilt ${rebuilt.value.days} days and ${rebuilt.value.months} months from the registry, the bills and the ledger.`,
      )
    : rebuilt
}

async function show(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const overview = await readAs(await context.platform(), caller, (tx) => readOverview(tx, law))
  if (!overview.ok) return overview
  const { asOf, rate, segments, programmes, groups, registered } = overview.value
  const rows = [
    ...segments.map(({ segment, members }) => ['segment', segment, shown(members)] as const),
    ...programmes.map(({ programme, members }) => ['programme', programme, shown(members)] as const),
    ...groups.map(({ group, members }) => ['group', group, shown(members)] as const),
  ]
  return ok({
    value: overview.value,
    lines: [
      `${asOf}: ${shown(rate.covered)} covered (${rate.perHundred ?? '–'} of every 100), ${registered} registered`,
      ...table(['', 'code', 'covered'], rows),
    ],
  })
}

export const commandsFor = (law: Law): readonly Command[] => [
  {
    name: 'coverage count',
    summary: 'count who is covered on a day, and the figures of the months',
    options: { on: { type: 'string', value: 'day', summary: 'the day; today when left out' } },
    run: (context) => count(context, law),
  },
  {
    name: 'coverage rebuild',
    summary: 'throw the roll-ups away and make them again from the rows',
    options: {},
    run: (context) => rebuild(context, law),
  },
  { name: 'coverage show', summary: 'who is covered, by segment, programme and group', options: {}, run: (context) => show(context, law) },
  ...populationCommandsFor(law),
]
