// `payung member duplicates | merge | unmerge`: one person under several numbers.
import type { Pack } from '@payung/law'
import { ok, type Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, inTransaction, misuse, systemActor, table } from '../platform/index.ts'
import { openProposals, proposeAll } from './merge-store.ts'
import { findDuplicates } from './use-cases/find-duplicates.ts'
import { findMember } from './use-cases/find-member.ts'
import { mergePersons } from './use-cases/merge-persons.ts'
import { unmergePersons } from './use-cases/unmerge-persons.ts'

const caller = { role: 'run', actor: systemActor } as const

async function duplicatesOfAll(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const done = await inTransaction(await context.platform(), caller, { name: 'member duplicates', input: null }, async (tx) => {
    const found = await proposeAll(tx, tx.today(pack.timeZone))
    const open = await openProposals(tx, null, 1000)
    tx.look(null, 'duplicates', 'command line', { shown: open.length })
    return ok({
      found,
      pairs: open.map((each) => ({ number: each.number, other: each.other_number, reasons: each.reasons, foundOn: each.found_on })),
    })
  })
  if (!done.ok) return done
  const { found, pairs } = done.value
  const rows = pairs.map(({ number, other, reasons, foundOn }) => [number, other, reasons.join(', '), foundOn] as const)
  return answer(done.value, [
    `${found} pairs were found, ${pairs.length} wait for an answer.`,
    ...(rows.length === 0 ? [] : table(['number', 'other number', 'why', 'found'], rows)),
  ])
}

async function duplicates(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const number = context.words.join('')
  if (number === '') return duplicatesOfAll(context, pack)
  const platform = await context.platform()
  const done = await inTransaction(platform, caller, { name: 'member duplicates', input: number }, (tx, asked) =>
    findDuplicates(tx, { pack, encryption: platform.encryption }, asked, 'command line'),
  )
  if (!done.ok) return done
  const { person, duplicates: found } = done.value
  const rows = [{ person, reasons: [] as readonly string[] }, ...found].map(
    (each) => [each.person.memberNumber, each.person.name, each.person.born, each.person.regionCode, each.reasons.join(', ')] as const,
  )
  return answer(
    done.value,
    found.length === 0 ? 'Nobody else looks like this person.' : table(['number', 'name', 'born', 'district', 'why'], rows),
  )
}

async function merge(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const [into, reason, consent] = [context.required('into'), context.required('reason'), context.required('consent')]
  const input = { alias: context.words.join(''), into, reason, consent }
  const done = await inTransaction(await context.platform(), caller, { name: 'merge-persons', input }, async (tx, asked) => {
    const merged = await mergePersons(tx, pack, asked)
    if (!merged.ok) return merged
    const member = await findMember(tx, asked.into, { view: 'merge', why: asked.reason })
    return member.ok ? ok({ ...member.value, mergeId: merged.value.mergeId }) : member
  })
  if (!done.ok) return done
  const { person, aliases, mergeId } = done.value
  return answer({ memberNumber: person.memberNumber, aliases, merge: mergeId.toString() }, [
    `${input.alias} leads to ${person.memberNumber} now; nothing else moved.`,
    `To undo it: payung member unmerge ${mergeId}`,
  ])
}

async function unmerge(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const [text, reason] = [context.words[0] ?? '', context.required('reason')]
  if (!/^\d{1,18}$/.test(text))
    return misuse('A merge is undone by its number.', { merge: text }, 'It was told when the numbers were merged.')
  const done = await inTransaction(await context.platform(), caller, { name: 'unmerge-persons', input: { text, reason } }, (tx, asked) =>
    unmergePersons(tx, pack, BigInt(asked.text), asked.reason),
  )
  return done.ok ? answer({ numbers: done.value }, `${done.value.join(', ')} lead where they led before.`) : done
}

const reason = { type: 'string', summary: 'how it is known', value: 'text', required: true } as const

export const mergeCommandsOf = (pack: Pack): readonly Command[] => [
  {
    name: 'member duplicates',
    summary: 'who may be one person under two numbers: of one member, or of everybody',
    words: '[number]',
    options: {},
    run: (context) => duplicates(context, pack),
  },
  {
    name: 'member merge',
    summary: 'make a duplicate or older number lead to a member',
    words: '<number>',
    options: {
      into: { type: 'string', summary: 'the number of the member who stays', value: 'number', required: true },
      reason,
      consent: { type: 'string', summary: 'how the person agreed', value: 'text', required: true },
    },
    run: (context) => merge(context, pack),
  },
  {
    name: 'member unmerge',
    summary: 'undo a merge: the numbers lead where they led before',
    words: '<merge>',
    options: { reason },
    run: (context) => unmerge(context, pack),
  },
]
