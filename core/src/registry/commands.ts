// `payung member` and `payung register`: looking a member up, and registering persons from a file.
import type { Pack } from '@payung/law'
import { formatMemberNumber, ok, type Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, inTransaction, readAs, systemActor, table } from '../platform/index.ts'
import { changeCommandsOf } from './change-commands.ts'
import { answerRows, badRow, readColumns } from './file-rows.ts'
import { leavingCommandsOf } from './leaving-commands.ts'
import { mergeCommandsOf } from './merge-commands.ts'
import { officeCommands } from './office-commands.ts'
import { findMember } from './use-cases/find-member.ts'
import { type PersonResult, registerPersons } from './use-cases/register-persons.ts'

const caller = { role: 'run', actor: systemActor } as const
const chunk = 1000

async function showMember(context: CommandContext): Promise<Result<Answer>> {
  const number = context.words[0] ?? ''
  const found = await readAs(await context.platform(), caller, (tx) =>
    findMember(tx, number, { view: 'member', why: context.text('why') ?? 'command line' }),
  )
  if (!found.ok) return found
  const { person, aliases, memberships } = found.value
  const rows = memberships.map(
    (each) =>
      [
        formatMemberNumber(each.memberNumber),
        each.ordinal,
        each.segment,
        each.organisationId ?? '',
        each.payerId ?? '',
        each.programmes.join(','),
        each.from,
        each.until ?? '',
      ] as const,
  )
  return answer(found.value, [
    `${formatMemberNumber(person.memberNumber)}  ${person.name}`,
    `born ${person.born}, ${person.sex}, district ${person.regionCode}, registered ${person.registeredOn}`,
    ...(aliases.length === 0 ? [] : [`old numbers: ${aliases.join(', ')}`]),
    ...(rows.length === 0
      ? ['no membership']
      : ['', ...table(['number', 'no', 'segment', 'organisation', 'payer', 'programmes', 'from', 'until'], rows)]),
  ])
}

const columns = { name: 'name', born: 'born', sex: 'sex', regionCode: 'region', nationalNumber: 'national_number' } as const

const registerFile =
  (pack: Pack) =>
  async (context: CommandContext): Promise<Result<Answer>> => {
    const file = await readColumns(context.words[0] ?? '', Object.values(columns))
    if (!file.ok) return file
    const platform = await context.platform()
    const { rows } = file.value
    const results: (PersonResult & { readonly line: number })[] = []
    for (let from = 0; from < rows.length; from += chunk) {
      const part = rows.slice(from, from + chunk)
      const input = part.map(({ cells }) => ({
        name: cells.name ?? '',
        born: cells.born ?? '',
        sex: cells.sex ?? '',
        regionCode: cells.region ?? '',
        nationalNumber: cells.national_number ?? '',
      }))
      const done = await inTransaction(platform, caller, { name: 'register-persons', input }, async (tx, persons) =>
        ok(await registerPersons(tx, { pack, encryption: platform.encryption }, persons)),
      )
      if (!done.ok) return done
      results.push(...done.value.map((result, index) => ({ ...result, line: part[index]?.line ?? 0 })))
      context.progress.step('Persons', results.length, rows.length)
    }
    const bad = results.flatMap(({ line, refusal }) => (refusal ? [badRow(line, refusal, columns)] : []))
    const members = results.flatMap(({ line, memberNumber, existing }) =>
      memberNumber === null ? [] : [{ row: line, memberNumber, existing }],
    )
    const registered = members.filter(({ existing }) => !existing).length
    return answerRows(context.words[0] ?? '', file.value, bad, {
      value: { registered, existing: members.length - registered, members },
      lines: [`${registered} registered, ${members.length - registered} already known, ${bad.length} refused`],
    })
  }

export const commandsOf = (pack: Pack): readonly Command[] => [
  {
    name: 'member',
    summary: 'a member by number; old numbers work too',
    words: '<number>',
    options: { why: { type: 'string', summary: 'the reason, for the access trail', value: 'text' } },
    run: showMember,
  },
  {
    name: 'register persons',
    summary: `register persons from a file with the columns ${Object.values(columns).join(', ')}`,
    words: '<file.csv>',
    options: {},
    run: registerFile(pack),
  },
  ...changeCommandsOf(pack),
  ...leavingCommandsOf(pack),
  ...officeCommands,
  ...mergeCommandsOf(pack),
]
