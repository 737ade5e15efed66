// Savings of a person with more than one number: one account, each act booked once, and no parting while money of both is gone.
import { type Day, exact, truncated } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { fundsOf } from '../../src/contributions/index.ts'
import { inTransaction, systemActor } from '../../src/platform/index.ts'
import { mergePersons, unmergePersons } from '../../src/registry/index.ts'
import { mayPart } from '../../src/savings/domain/parting.ts'
import { bookEntry, type EntryAsked, readAccount } from '../../src/savings/index.ts'
import { liabilityOn } from '../../src/savings/store/totals.ts'
import { findSaver } from '../../src/savings/use-cases/find-saver.ts'

let scheme: TestScheme
const today = '2026-06-15' as Day
beforeAll(async () => {
  scheme = await freshScheme('indonesia', today)
})
afterAll(() => scheme.close())

type Given = { readonly memberNumber: string; readonly personId: bigint }
const people = async (count: number): Promise<Given[]> => [...(await scheme.persons(count))]
const book = async (personId: bigint, kind: EntryAsked['kind'], amount: string, reference: string) => {
  const booked = await scheme.run((tx) => bookEntry(tx, scheme.law, { personId, kind, amount, reference, act: 'Test', day: '2026-06-10' }))
  return booked.ok ? (booked.value.already ? 'already' : booked.value.balance) : booked.refusal.code
}
const merge = async (alias: Given, into: Given) => {
  const merged = await scheme.run((tx) =>
    mergePersons(tx, scheme.law.pack, { alias: alias.memberNumber, into: into.memberNumber, reason: 'one card', consent: 'at the desk' }),
  )
  if (!merged.ok) throw new Error(merged.refusal.rule)
  return merged.value.mergeId
}
const unmerge = async (mergeId: bigint) => {
  const undone = await inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'unmerge', input: mergeId }, (tx, id) =>
    unmergePersons(tx, scheme.law.pack, id, 'two cards'),
  )
  return undone.ok ? 'parted' : undone.refusal.code
}
const holds = ({ memberNumber }: Given): Promise<bigint> =>
  scheme.run(async (tx) => {
    const saver = await findSaver(tx, memberNumber, 'savings', 'test')
    if (!saver.ok) throw new Error(saver.refusal.rule)
    return truncated((await readAccount(tx, 'JHT', saver.value.persons, today)).balance)
  })
const inLedger = (): Promise<bigint> => scheme.run((tx) => liabilityOn(tx, fundsOf(scheme.law)('JHT'), today))

it.each`
  together | staying | leaving | outcome
  ${0n}    | ${5n}   | ${7n}   | ${'parted'}
  ${-3n}   | ${2n}   | ${7n}   | ${'savings-taken-together'}
  ${-3n}   | ${2n}   | ${0n}   | ${'parted'}
  ${-3n}   | ${-3n}  | ${7n}   | ${'savings-taken-together'}
  ${0n}    | ${-1n}  | ${7n}   | ${'savings-below-zero'}
  ${4n}    | ${9n}   | ${-1n}  | ${'savings-below-zero'}
`('together $together, staying $staying, leaving $leaving: $outcome', ({ together, staying, leaving, outcome }) => {
  const may = mayPart({ together, staying: exact(staying), leaving: exact(leaving) })
  expect(may.ok ? 'parted' : may.refusal.code).toBe(outcome)
})

describe('merged numbers', () => {
  it('are one account, in which an act told under either number is booked once', async () => {
    const [a, b] = (await people(2)) as [Given, Given]
    expect(await book(b.personId, 'opening', '1000', 'o')).toBe(1000n)
    expect(await book(b.personId, 'withdrawal', '400', 'W1')).toBe(600n)
    await merge(b, a)
    expect([await holds(a), await holds(b)]).toEqual([600n, 600n])
    expect(await book(a.personId, 'withdrawal', '400', 'W1')).toBe('already')
    expect(await book(b.personId, 'withdrawal', '400', 'W1')).toBe('already')
    expect(await book(a.personId, 'withdrawal', '300', 'W1')).toBe('reference-used')
    // The person's, under whichever number it is told.
    expect(await book(b.personId, 'withdrawal', '601', 'W2')).toBe('above-balance')
    expect(await book(b.personId, 'withdrawal', '600', 'W2')).toBe(0n)
    expect(await holds(a)).toBe(0n)
  })

  it('are parted only when what was taken from both is put back', async () => {
    const [a, b] = (await people(2)) as [Given, Given]
    await book(a.personId, 'opening', '500', 'o')
    await book(b.personId, 'opening', '600', 'o')
    const mergeId = await merge(b, a)
    expect(await book(a.personId, 'withdrawal', '1100', 'all')).toBe(0n)
    expect(await unmerge(mergeId)).toBe('savings-taken-together')
    expect([await holds(a), await holds(b)]).toEqual([0n, 0n])
    expect(await book(a.personId, 'correction', '1100', 'put back')).toBe(1100n)
    expect(await unmerge(mergeId)).toBe('parted')
    expect([await holds(a), await holds(b)]).toEqual([500n, 600n])
    expect(await book(a.personId, 'withdrawal', '501', 'again')).toBe('above-balance')
  })

  it('carry what stands under a number without any membership', async () => {
    const [a, c] = (await people(2)) as [Given, Given]
    await book(c.personId, 'opening', '777', 'o')
    const mergeId = await merge(c, a)
    expect([await holds(a), await holds(c)]).toEqual([777n, 777n])
    expect(await unmerge(mergeId)).toBe('parted')
    expect([await holds(a), await holds(c)]).toEqual([0n, 777n])
  })

  it('pay out once, when a merge comes beside withdrawals under both numbers', async () => {
    for (let turn = 0; turn < 4; turn++) {
      const [a, b] = (await people(2)) as [Given, Given]
      await book(b.personId, 'opening', '1000', 'o')
      const before = await inLedger()
      const [, ...paid] = await Promise.all([
        merge(b, a),
        book(b.personId, 'withdrawal', '1000', 'W'),
        book(a.personId, 'withdrawal', '1000', 'W'),
        book(a.personId, 'withdrawal', '1000', 'X'),
        book(b.personId, 'withdrawal', '1000', 'Y'),
      ])
      expect(paid.filter((balance) => balance === 0n)).toHaveLength(1)
      expect([await holds(a), before - (await inLedger())]).toEqual([0n, 1000n])
    }
  })
})
