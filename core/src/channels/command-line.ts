// The command line: finds the command, reads its options, opens a database only when one is asked for, prints, and closes.
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Refusal, Result } from '@payung/values'
import {
  type Answer,
  type Command,
  type CommandContext,
  type Configuration,
  misuse,
  plainJson,
  progressOn,
  readConfiguration,
  reasonOf,
  silent,
  Trouble,
} from '../platform/index.ts'
import { type OpenedPlatform, openPlatform } from '../platform/open-platform.ts'
import { codeOf, databaseTrouble } from '../platform/trouble.ts'
import { groupHelp, helpOf, overview, suggestions } from './command-help.ts'
import type { Extension } from './first-start.ts'
import { type House, openHouse } from './rooms.ts'

type Output = { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number }
export type Streams = { readonly out: Output; readonly err: Output }

const failed = 1
const refused = 2

const printLines = (target: Output, lines: readonly string[]): void => void (lines.length > 0 && target.write(`${lines.join('\n')}\n`))

function printRefusal({ out, err }: Streams, refusal: Refusal, json: boolean): number {
  if (json) out.write(`${plainJson({ refusal })}\n`)
  else {
    const data = Object.entries(refusal.data).map(([name, value]) => `  ${name}: ${value}`)
    printLines(err, [
      `Refused (${refusal.code}): ${refusal.rule}`,
      ...data,
      `Next: ${refusal.next}`,
      ...(refusal.appeal ? [`Appeal: ${refusal.appeal}`] : []),
    ])
  }
  return refused
}

/** The command whose words begin the line, the longest first, and what is left of the line. */
function findCommand(words: readonly string[], commands: readonly Command[]): { command: Command; rest: string[] } | undefined {
  for (const length of [3, 2, 1]) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(' '))
    if (command) return { command, rest: words.slice(length) }
  }
  return undefined
}

type Parsed = { values: Record<string, string | boolean | (string | boolean)[] | undefined>; positionals: string[] }

/** "--amount -3" gives an amount below zero, which its rule refuses better than a complaint about dashes. */
const withNegatives = (rest: readonly string[], { options }: Command): string[] =>
  rest.flatMap((word, at) => {
    const takesNext = (text: string | undefined): boolean => text?.startsWith('--') === true && options[text.slice(2)]?.type === 'string'
    if (takesNext(word) && /^-\d/.test(rest[at + 1] ?? '')) return [`${word}=${rest[at + 1] ?? ''}`]
    return /^-\d/.test(word) && takesNext(rest[at - 1]) ? [] : [word]
  })

/** What is wrong with a line, in our words: the reader of options speaks to programmers. */
function faultOf(error: unknown): string {
  const option = /'(?:-\w, )?(--?[\w-]+)/.exec(reasonOf(error))?.[1] ?? ''
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `${option} is no option of this command.`
  if (codeOf(error) !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return reasonOf(error).split('. ')[0] ?? ''
  return /does not take an argument/.test(reasonOf(error)) ? `${option} takes no value.` : `${option} needs a value.`
}

function parse(command: Command, rest: string[]): Result<Parsed> {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  )
  try {
    const { values, positionals }: Parsed = parseArgs({
      args: withNegatives(rest, command),
      options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (positionals.length > 0 && !command.words)
      return misuse('This command takes options only.', { given: positionals.join(' ') }, `See: payung ${command.name} --help`)
    const missing = Object.entries(command.options).find(([name, option]) => option.required && values[name] === undefined)
    if (missing && !values.help)
      return misuse(`--${missing[0]} is required.`, { command: command.name }, `See: payung ${command.name} --help`)
    return { ok: true, value: { values, positionals } }
  } catch (error) {
    return misuse(faultOf(error), { command: command.name }, `See: payung ${command.name} --help`)
  }
}

/** The platform, opened once at the first question and closed at the end. */
function lazily(
  configuration: Configuration,
  { subscribers }: House,
  purpose: string,
  note: (line: string) => void,
): { platform: CommandContext['platform']; close(): Promise<void> } {
  let opening: Promise<OpenedPlatform> | undefined
  const open = (): Promise<OpenedPlatform> =>
    openPlatform(configuration, {
      purpose,
      alone: false,
      subscribers,
      progress: (name) => note(`migrating ${name}`),
      pools: { http: { max: 4 }, work: { max: 6 } },
    })
  return {
    platform: async () => {
      opening ??= open()
      return (await opening).platform
    },
    close: async () => {
      if (opening) await (await opening.catch(() => undefined))?.close()
    },
  }
}

async function runCommand(
  command: Command,
  house: House,
  configuration: Configuration,
  { values, positionals }: Parsed,
  streams: Streams,
): Promise<number> {
  const json = values.json === true
  const progress = json ? silent : progressOn(streams.err)
  const opened = lazily(configuration, house, `the command "${command.name}"`, progress.note)
  const text = (name: string): string | undefined => {
    const value = values[name] ?? command.options[name]?.default
    return typeof value === 'string' ? value : undefined
  }
  const context: CommandContext = {
    text,
    required: (name) => text(name) ?? '',
    all: (name) => [values[name] ?? []].flat().map(String),
    flag: (name) => values[name] === true,
    words: positionals,
    json,
    progress,
    configuration,
    platform: opened.platform,
    dailies: house.dailies,
  }
  // A first Ctrl-C ends the command where it is; what it had committed stays, and set work goes on from there the next time.
  const interrupt = (): void => void opened.close().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt)
  try {
    const result = await command.run(context)
    progress.end()
    if (!result.ok) return printRefusal(streams, result.refusal, json)
    printAnswer(streams.out, result.value, json)
    return result.value.refused ? refused : 0
  } finally {
    await opened.close()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, interrupt)
  }
}

const printAnswer = (out: Output, { value, lines }: Answer, json: boolean): void =>
  json ? void out.write(`${plainJson(value)}\n`) : printLines(out, lines)

/** Where the database is, as whoever started us knows it. */
function databasePlace(): string {
  const { databaseUrl, home } = readConfiguration()
  return databaseUrl === undefined ? path.join(home, 'database') : 'of DATABASE_URL'
}

/** Says what went wrong without a stack; with PAYUNG_DEBUG the stack too. */
export function complain(err: Output, error: unknown): number {
  const told = error instanceof Trouble ? error : (databaseTrouble(error, databasePlace()) ?? error)
  printLines(err, [`payung: ${reasonOf(told)}`])
  if (told instanceof Trouble) printLines(err, [told.next])
  if (process.env.PAYUNG_DEBUG && error instanceof Error) printLines(err, [error.stack ?? ''])
  return failed
}

async function lawCommandLine(line: readonly string[], streams: Streams): Promise<number> {
  const { lawCommand } = await import('@payung/law/command')
  const lineTo = (target: Output) => (text: string) => void target.write(text.endsWith('\n') ? text : `${text}\n`)
  return lawCommand([...line], { out: lineTo(streams.out), err: lineTo(streams.err) })
}

/** Runs one line and gives its exit code: 0 done, 1 failed, 2 refused (wholly, or some rows of a file). */
export async function runCommandLine(
  line: readonly string[],
  streams: Streams = { out: process.stdout, err: process.stderr },
  { commandsFor }: Extension = {},
): Promise<number> {
  try {
    if (line[0] === 'law') return await lawCommandLine(line.slice(1), streams)
    const configuration = readConfiguration()
    const house = await openHouse(configuration)
    const commands = [...house.commands, ...(commandsFor?.(house.law) ?? [])]
    if (line.length === 0 || ['help', '--help', '-h'].includes(line[0] ?? '')) {
      printLines(streams.out, overview(commands))
      return 0
    }
    const found = findCommand(line, commands)
    const group = found ? [] : groupHelp(line, commands)
    if (group.length > 0) {
      printLines(streams.out, group)
      return 0
    }
    if (!found) return unknownCommand(line, commands, streams)
    const parsed = parse(found.command, found.rest)
    if (!parsed.ok) return printRefusal(streams, parsed.refusal, line.includes('--json'))
    if (parsed.value.values.help) {
      printLines(streams.out, helpOf(found.command))
      return 0
    }
    return await runCommand(found.command, house, configuration, parsed.value, streams)
  } catch (error) {
    return complain(streams.err, error)
  }
}

function unknownCommand(line: readonly string[], commands: readonly Command[], streams: Streams): number {
  const typed = line.filter((word) => !word.startsWith('-')).join(' ')
  const meant = suggestions(typed, commands)
  const within = commands.filter(({ name }) => name.startsWith(`${typed} `)).map(({ name }) => name)
  const guess = within.length > 0 ? within : meant
  const next = guess.length > 0 ? `Perhaps: ${guess.map((name) => `payung ${name}`).join(', ')}.` : 'See: payung help'
  return printRefusal(
    streams,
    { code: 'unknown-command', rule: 'There is no such command.', data: { command: typed }, next },
    line.includes('--json'),
  )
}
