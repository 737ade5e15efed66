// Reads the flags of a command: its own and, for a contribution, one for each fact that the pack declares.
import type { Refusal } from '@payung/values'
import type { Facts, Pack } from '../types.ts'

export type Flags = {
  readonly words: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly switches: ReadonlySet<string>
  readonly facts: Facts
}

const own: Readonly<Record<string, { readonly values: readonly string[]; readonly switches: readonly string[]; readonly words: number }>> =
  {
    contribution: { values: ['pack', 'month', 'published-by'], switches: ['json', 'explain'], words: 0 },
    parameter: { values: ['pack', 'on', 'published-by'], switches: ['json'], words: 1 },
    unverified: { values: ['pack'], switches: ['json'], words: 0 },
    list: { values: ['pack'], switches: ['json'], words: 0 },
  }

const wrong = (code: string, rule: string, flag: string, next: string): Refusal => ({ code, rule, data: { flag }, next })

/** The flags, or the refusal that names the first that is unknown, given twice or without its value. */
export function readFlags(pack: Pack, command: string, argv: readonly string[]): Flags | Refusal {
  const known = own[command] ?? { values: [], switches: [], words: 0 }
  const factOf = new Map(
    command === 'contribution'
      ? ([
          ['segment', 'segment'],
          ...pack.facts.flatMap((fact): [string, string][] => (fact.flag && !fact.derived ? [[fact.flag, fact.code]] : [])),
        ] as [string, string][])
      : [],
  )
  const all = [...known.values, ...known.switches, ...factOf.keys()].map((flag) => `--${flag}`).join(' ')
  const words: string[] = []
  const values = new Map<string, string>()
  const switches = new Set<string>()
  const facts: Record<string, string> = {}
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [flag, inline] = splitOnce(word.slice(2))
    if (known.switches.includes(flag) && inline === undefined) {
      switches.add(flag)
      continue
    }
    const fact = factOf.get(flag)
    if (fact === undefined && !known.values.includes(flag))
      return wrong('unknown-flag', `--${flag} is not a flag of payung law ${command}.`, `--${flag}`, `Use ${all}.`)
    if (values.has(flag)) return wrong('flag-given-twice', `--${flag} is given twice.`, `--${flag}`, 'Give it once.')
    const value = inline ?? argv[++at]
    if (value === undefined || value.startsWith('--'))
      return wrong('missing-value', `--${flag} needs a value.`, `--${flag}`, `Write --${flag} and its value.`)
    values.set(flag, value)
    if (fact !== undefined) facts[fact] = value
  }
  if (words.length > known.words)
    return wrong(
      'unexpected-word',
      `payung law ${command} does not expect "${words[known.words] ?? ''}".`,
      words[known.words] ?? '',
      `Use ${all}.`,
    )
  return { words, values, switches, facts }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
