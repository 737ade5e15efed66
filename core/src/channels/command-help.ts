// What the command line says about itself, and what it guesses was meant.
import type { Command } from '../platform/index.ts'

const flagOf = (name: string, { type, value = 'text' }: Command['options'][string]): string =>
  type === 'boolean' ? `--${name}` : `--${name} <${value}>`

/** All commands, one line each, grouped by their first word. */
export function overview(commands: readonly Command[]): string[] {
  const lines = commands.map((command) => ({
    usage: `payung ${command.name}${command.words ? ` ${command.words}` : ''}`,
    summary: command.summary,
  }))
  lines.push({ usage: 'payung law …', summary: 'what the law says: parameters, contributions, benefits (payung law --help)' })
  const width = Math.max(...lines.map(({ usage }) => usage.length))
  return [
    'Payung: an open system for employment social security',
    '',
    ...lines.sort((a, b) => (a.usage < b.usage ? -1 : 1)).map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
    '',
    'npm start serves it on http://localhost:3000. Every command takes --json and --help.',
    'A refusal ends with exit code 2, also when only some rows of a file were refused; a failure with 1.',
  ]
}

/** `payung month --help`: the commands that begin with these words; empty where none do, or where no help was asked for. */
export function groupHelp(line: readonly string[], commands: readonly Command[]): string[] {
  if (!line.includes('--help') && !line.includes('-h')) return []
  const group = line.filter((word) => !word.startsWith('-')).join(' ')
  const within = commands.filter(({ name }) => name.startsWith(`${group} `))
  const usages = within.map(({ name, words }) => `payung ${name}${words ? ` ${words}` : ''}`)
  const width = Math.max(0, ...usages.map(({ length }) => length))
  return [
    ...within.map(({ summary }, at) => `  ${(usages[at] ?? '').padEnd(width)}  ${summary}`),
    ...(within.length > 0 ? ['', 'Each takes --help and --json.'] : []),
  ]
}

export function helpOf(command: Command): string[] {
  const options = Object.entries(command.options).map(([name, option]) => ({
    flag: flagOf(name, option),
    text: [option.summary, option.required ? '(required)' : '', option.default === undefined ? '' : `(default: ${option.default})`]
      .filter(Boolean)
      .join(' '),
  }))
  options.push({ flag: '--json', text: 'print JSON and nothing else' }, { flag: '--help', text: 'this page' })
  const width = Math.max(...options.map(({ flag }) => flag.length))
  return [
    `payung ${command.name}${command.words ? ` ${command.words}` : ''}`,
    '',
    command.summary,
    '',
    ...options.map(({ flag, text }) => `  ${flag.padEnd(width)}  ${text}`),
  ]
}

/** How many letters have to be changed, added, dropped or swapped to come from one word to the other. */
function distance(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const change = (before[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(change, (before[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    before = current
  }
  return before[to.length] ?? 0
}

/** Commands that were perhaps meant: same first word, or few letters away. */
export function suggestions(typed: string, commands: readonly Command[]): string[] {
  const first = typed.split(' ')[0] ?? ''
  const names = ['law', ...commands.map(({ name }) => name)]
  const near = names.map((name) => ({
    name,
    far: name.startsWith(`${first} `) ? 0 : Math.min(distance(typed, name), distance(first, name.split(' ')[0] ?? '')),
  }))
  return near
    .filter(({ far }) => far <= 2)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map(({ name }) => name)
}
