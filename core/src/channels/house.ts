// Commands and daily work about the house itself: the clock, the schema, the partitions of commands that were done.

import fs from 'node:fs'
import path from 'node:path'
import { addDays, type Day, ok, type Result, refuse } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  type Daily,
  forwardClock,
  inTransaction,
  misuse,
  type Platform,
  type Room,
  systemActor,
  Trouble,
  timeZoneOf,
} from '../platform/index.ts'
import { databaseFailure } from '../platform/trouble.ts'

const caller = { role: 'run', actor: systemActor } as const

async function showClock(context: CommandContext): Promise<Result<Answer>> {
  const platform = await context.platform()
  const [now, zone] = [await platform.clock.now(), await timeZoneOf(platform)]
  return answer({ now: now.toISOString(), timeZone: zone }, `${localTime(now, zone)} (${zone})`)
}

/** "30d", "2w", "3m" or "1y" after an instant; calendar months and years keep the day where they can. */
export function later(now: Date, span: string, zone: string): Date | undefined {
  const [, count, unit] = /^(\d{1,4})(d|w|m|y)$/.exec(span) ?? []
  if (count === undefined || unit === undefined) return undefined
  const units = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const
  const from = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  return new Date(from.add({ [units[unit as keyof typeof units]]: Number(count) }).epochMilliseconds)
}

async function forward(context: CommandContext): Promise<Result<Answer>> {
  const platform = await context.platform()
  const span = context.words[0] ?? ''
  const to = later(await platform.clock.now(), span, await timeZoneOf(platform))
  if (!to)
    return misuse(
      'How far to move the clock is a number and a unit.',
      { given: span },
      'Write for instance: payung clock forward 30d (d days, w weeks, m months, y years).',
    )
  await moveTo(platform, context, to)
  return showClock(context)
}

async function set(context: CommandContext): Promise<Result<Answer>> {
  const platform = await context.platform()
  const text = context.words[0] ?? ''
  const zone = await timeZoneOf(platform)
  const at = instantOf(text, zone)
  if (!at)
    return misuse(
      'The clock is set to a day or an instant.',
      { given: text },
      'Write for instance: payung clock set 2026-11-01 (or 2026-11-01T09:00).',
    )
  const now = await platform.clock.now()
  // What has happened bears its day: on an earlier day bills would stand in the future and counts of today would be missing.
  if (at < now)
    return refuse({
      code: 'clock-goes-back',
      rule: "The demonstration's clock only goes forward.",
      data: { given: text, now: localTime(now, zone) },
      next: 'Give a later day. To begin again, stop Payung and start it with another PAYUNG_HOME, where a new demonstration is founded.',
    })
  await moveTo(platform, context, at)
  return showClock(context)
}

const localTime = (at: Date, zone: string): string => at.toLocaleString('sv-SE', { timeZone: zone })

/** Moves the clock; where the database goes away meanwhile, says how to come to the instant that was meant. */
async function moveTo(platform: Platform, { dailies, progress }: CommandContext, to: Date): Promise<void> {
  const target = localTime(to, await timeZoneOf(platform))
  try {
    await forwardClock(platform, dailies, to, progress)
  } catch (error) {
    if (databaseFailure(error) !== 'gone') throw error
    throw new Trouble(
      `The database stopped while the clock was being moved to ${target}. The days that were finished are kept.`,
      `When Payung runs again, go on to the same instant with: payung clock set ${target.replace(' ', 'T')}`,
      { cause: error },
    )
  }
}

function instantOf(text: string, zone: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/.test(text)) return undefined
  try {
    return new Date(Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds)
  } catch {
    return undefined
  }
}

async function schema(context: CommandContext): Promise<Result<Answer>> {
  // Loaded only here: other commands need neither a server nor the generators.
  const { writeSchema } = await import('./write-schema.ts')
  const files = await writeSchema(context.configuration, context.progress)
  return answer({ files }, files)
}

async function openapi({ configuration }: CommandContext): Promise<Result<Answer>> {
  const { generateOpenapi, openapiFile } = await import('./write-openapi.ts')
  fs.writeFileSync(path.join(configuration.root, openapiFile), await generateOpenapi())
  return answer({ files: [openapiFile] }, openapiFile)
}

const commands: readonly Command[] = [
  { name: 'openapi write', summary: 'write api/openapi.json from the contract', options: {}, run: openapi },
  { name: 'clock show', summary: 'the time that every part of Payung goes by', options: {}, run: showClock },
  {
    name: 'clock forward',
    summary: 'move the demonstration forward and run the daily work of each day',
    words: '<30d|2w|3m|1y>',
    options: {},
    run: forward,
  },
  {
    name: 'clock set',
    summary: 'move the demonstration forward to a day or an instant, with the daily work of each day',
    words: '<day>',
    options: {},
    run: set,
  },
  { name: 'schema write', summary: 'write core/schema.sql and the table types from the migrations', options: {}, run: schema },
]

/** Opens tomorrow's partition before it is needed, and lets go of what is older than 35 days. By the machine's clock, as retries are. */
const turnCommandDays: Daily = {
  name: 'turn-command-days',
  due: () => true,
  run: async (platform) => {
    await inTransaction(platform, caller, { name: 'turn-command-days', input: undefined }, async (tx) => {
      const today = new Date().toISOString().slice(0, 10) as Day
      for (const ahead of [0, 1, 2]) await tx.query('select platform.open_command_day($1)', [addDays(today, ahead)])
      await tx.query('select platform.close_command_days($1)', [addDays(today, -36)])
      return ok(undefined)
    })
  },
}

export const houseRoom: Room = { name: 'platform', commands, dailies: [turnCommandDays] }
