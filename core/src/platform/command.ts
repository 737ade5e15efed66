// What a room offers on the command line. The channel reads the options, opens the database only when a command asks, and prints.
import { ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Configuration } from './configuration.ts'
import type { Platform } from './platform.ts'
import type { Progress } from './progress.ts'

export type Option = {
  readonly type: 'string' | 'boolean'
  readonly summary: string
  /** What stands for the value in the help, for instance "day". */
  readonly value?: string
  readonly required?: boolean
  readonly multiple?: boolean
  readonly default?: string
}

/** What a command prints: `value` as JSON with --json, else the lines. */
export type Answer = {
  readonly value: unknown
  readonly lines: readonly string[]
  /** Some of what was asked for was refused, and the rest was done: the answer is printed, and the exit code is that of a refusal. */
  readonly refused?: boolean
}

export type CommandContext = {
  /** The option as text, or undefined. Required ones and those with a default are always there. */
  text(name: string): string | undefined
  /** The text of a required option. */
  required(name: string): string
  all(name: string): readonly string[]
  flag(name: string): boolean
  /** What stands after the options. */
  readonly words: readonly string[]
  readonly json: boolean
  readonly progress: Progress
  readonly configuration: Configuration
  /** Opens the database: that of the running server, else one started for this command. */
  platform(): Promise<Platform>
  /** Everything the rooms offer, for commands about the house itself. */
  readonly dailies: readonly import('./jobs.ts').Daily[]
}

export type Command = {
  /** The words after `payung`, for instance "actor add". */
  readonly name: string
  readonly summary: string
  /** What follows the options, for the help: "<file>". */
  readonly words?: string
  readonly options: Readonly<Record<string, Option>>
  run(context: CommandContext): Promise<Result<Answer>>
}

export const answer = (value: unknown, lines: string | readonly string[]): Result<Answer> =>
  ok({ value, lines: typeof lines === 'string' ? [lines] : lines })

/** A refusal about how a command was written. */
export const misuse = (rule: string, data: Refusal['data'], next: string): Result<never> =>
  refuse({ code: 'wrong-usage', rule, data, next })

/** Lines of a table with aligned columns; numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | bigint)[])[]): string[] {
  const cells = rows.map((row) => row.map(String))
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const right = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] !== 'string'))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(head), ...cells.map(line)]
}
