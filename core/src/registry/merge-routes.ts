// One person under several numbers over HTTP: proposals side by side, merges and what undoes them.
import type { Pack } from '@payung/law'
import { ok } from '@payung/values'
import { type Handlers, inTransaction, readAs } from '../platform/index.ts'
import type { Person } from './person-store.ts'
import { given } from './translate.ts'
import { dismissDuplicate } from './use-cases/dismiss-duplicate.ts'
import { findDuplicates } from './use-cases/find-duplicates.ts'
import { findMember } from './use-cases/find-member.ts'
import { mergePersons } from './use-cases/merge-persons.ts'
import { unmergePersons } from './use-cases/unmerge-persons.ts'

const personJson = ({ memberNumber, name, born, sex, regionCode, registeredOn }: Person) => ({
  memberNumber,
  name,
  born,
  sex,
  regionCode,
  registeredOn,
})

/** Set work in the name of the caller: a duplicate may live in any district, and the directories are not open to online roles. */
export const mergeHandlers = (pack: Pack) =>
  ({
    duplicates: async ({ params, query }, { platform, online, actor }) => {
      const why = query.why ?? ''
      // Who may not see the member learns nothing of his doubles.
      const seen = await readAs(platform, online, (tx) => findMember(tx, params.number, { view: 'duplicates', why }))
      if (!seen.ok) return seen
      const found = await readAs(platform, { role: 'run', actor }, (tx) =>
        findDuplicates(tx, { pack, encryption: platform.encryption }, params.number, why),
      )
      return found.ok
        ? ok({
            person: personJson(found.value.person),
            duplicates: found.value.duplicates.map(({ person, reasons }) => ({ person: personJson(person), reasons: [...reasons] })),
          })
        : found
    },
    dismissDuplicate: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'dismissDuplicate', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { number, other, reason }) => {
        const done = await dismissDuplicate(tx, pack, number, other, reason)
        return done.ok ? ok({ dismissed: true }) : done
      })
    },
    mergePersons: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'mergePersons', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { number, alias, reason, consent }) => {
        const merged = await mergePersons(tx, pack, { alias, into: number, reason, consent })
        if (!merged.ok) return merged
        const member = await findMember(tx, number, { view: 'merge', why: reason })
        return member.ok
          ? ok({
              memberNumber: member.value.person.memberNumber,
              aliases: [...member.value.aliases],
              mergeId: merged.value.mergeId.toString(),
            })
          : member
      })
    },
    unmergePersons: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'unmergePersons', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { mergeId, reason }) => {
        const done = await unmergePersons(tx, pack, BigInt(mergeId), reason)
        return done.ok ? ok({ numbers: [...done.value] }) : done
      })
    },
  }) satisfies Handlers
