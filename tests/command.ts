// Runs one command of a room on a test's database, as the command line would: the same options, the same refusals.
import { parseArgs } from 'node:util'
import type { Result } from '@payung/values'
import type { Configuration } from '../core/src/platform/configuration.ts'
import type { Answer, Command, Platform } from '../core/src/platform/index.ts'

const quiet = { step: () => undefined, note: () => undefined, end: () => undefined }

/** `line` begins with the command's name, such as "payer change". */
export function commandOn(platform: Platform, commands: readonly Command[]) {
  return async (...line: string[]): Promise<Result<Answer>> => {
    const [command] = commands
      .filter(({ name }) => name.split(' ').every((word, place) => line[place] === word))
      .sort((a, b) => b.name.length - a.name.length)
    if (!command) throw new Error(`there is no command ${line.join(' ')}`)
    const { values, positionals } = parseArgs({
      args: line.slice(command.name.split(' ').length),
      options: command.options as NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object,
      allowPositionals: true,
    })
    const text = (name: string): string | undefined => {
      const value = values[name] ?? command.options[name]?.default
      return typeof value === 'string' ? value : undefined
    }
    return command.run({
      text,
      required: (name) => text(name) ?? '',
      all: (name) => [values[name] ?? []].flat().map(String),
      flag: (name) => values[name] === true,
      words: positionals,
      json: false,
      progress: quiet,
      configuration: {} as Configuration,
      platform: async () => platform,
      dailies: [],
    })
  }
}
