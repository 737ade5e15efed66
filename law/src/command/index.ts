// The command group `payung law`: contributions, parameters with their sources, and what nobody could verify.
import { isRefusal, type Refusal } from '@payung/values'
import { loadPack } from '../load-pack.ts'
import { PackError } from '../pack-error.ts'
import type { Pack } from '../types.ts'
import { contribution } from './contribution.ts'
import { readFlags } from './flags.ts'
import { list, parameter, unverified } from './parameters.ts'

/** Where the command writes; nothing else leaves it. */
export type CommandIo = { out(text: string): void; err(text: string): void }

/** A pack does not change while a program runs. */
const packs = new Map<string, Pack>()

async function packNamed(name: string): Promise<Pack> {
  const pack = packs.get(name) ?? (await loadPack(name))
  packs.set(name, pack)
  return pack
}

const usage = `payung law contribution --segment SEGMENT --month YYYY-MM [facts] [--programmes A,B] [--published-by DAY] [--explain] [--json]
payung law parameter NAME --on DAY [--published-by DAY] [--json]
payung law unverified [--json]
payung law list [--json]
Every command takes --pack NAME (a pack that ships with Payung, or a folder); without it: indonesia. The facts of a pack: payung law list.`

/** The flags that a pack's facts have, with their choices. */
const factLines = (pack: Pack): string[] =>
  pack.facts.flatMap(({ flag, labels, choices }) => (flag ? [`  --${flag} ${choices?.join('|') ?? 'VALUE'}   ${labels.en ?? ''}`] : []))

function showRefusal(refusal: Refusal, json: boolean, io: CommandIo): number {
  if (json) io.out(JSON.stringify({ refusal }))
  else {
    const data = Object.entries(refusal.data).map(([key, value]) => `  ${key}: ${value}`)
    io.err([`Refused (${refusal.code}): ${refusal.rule}`, ...data, `Next: ${refusal.next}`].join('\n'))
  }
  return 2
}

/**
 * Runs one command of the group; `argv` begins with its name.
 * @returns the exit code: 0, or 2 for a refusal. A refusal with --json is printed as {"refusal": …}.
 */
export async function lawCommand(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = argv
  const json = rest.includes('--json')
  if (name === undefined || name === 'help' || name === '--help') {
    io.out(usage)
    return 0
  }
  const commands = { contribution, parameter, unverified, list }
  const command = Object.entries(commands).find(([known]) => known === name)?.[1]
  if (!command)
    return showRefusal(
      { code: 'unknown-command', rule: `payung law has no command "${name}".`, data: { command: name }, next: usage },
      json,
      io,
    )
  try {
    const at = rest.indexOf('--pack')
    const pack = await packNamed(at >= 0 ? (rest[at + 1] ?? '') : 'indonesia')
    if (rest.includes('--help')) {
      io.out([usage, '', 'Facts:', ...factLines(pack)].join('\n'))
      return 0
    }
    const flags = readFlags(pack, name, rest)
    const refusal = isRefusal(flags) ? flags : command(pack, flags, io)
    return refusal ? showRefusal(refusal, json, io) : 0
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return showRefusal(
      { code: 'pack-error', rule: error.message, data: { file: error.file }, next: 'Correct the pack, or name another with --pack.' },
      json,
      io,
    )
  }
}
