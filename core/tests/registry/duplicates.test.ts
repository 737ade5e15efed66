// One person under several numbers: who is proposed, what is refused, what a merge moves and what undoing it gives back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { likeness, nearNumbers } from '../../src/registry/domain/likeness.ts'
import { registerMemberships, roomWith, takeBackEnds } from '../../src/registry/index.ts'
import { dismissDuplicate } from '../../src/registry/use-cases/dismiss-duplicate.ts'
import { findDuplicates } from '../../src/registry/use-cases/find-duplicates.ts'
import { freshLand, type Land } from './land.ts'

let land: Land
let run: ReturnType<typeof commandOn>
beforeAll(async () => {
  land = await freshLand()
  run = commandOn(land.platform, roomWith(land.pack).commands ?? [])
})
afterAll(() => land.close())

const person = async (given: Parameters<Land['persons']>[0][number]) => {
  const [made] = await land.persons([given])
  return { personId: made?.personId ?? 0n, memberNumber: made?.memberNumber ?? '' }
}
const tell = async (...line: string[]): Promise<string> => {
  const done = await run(...line)
  return done.ok ? done.value.lines.join('\n') : done.refusal.code
}
const merge = (alias: string, into: string, reason = 'one card', consent = 'at the desk') =>
  tell('member', 'merge', alias, '--into', into, '--reason', reason, '--consent', consent)
const doubles = async (number: string) => {
  const found = await land.run((tx) => findDuplicates(tx, { pack: land.pack, encryption: land.platform.encryption }, number, 'test'))
  return found.ok
    ? found.value.duplicates.map(({ person: each, reasons }) => `${each.memberNumber} ${reasons.join(' ')}`)
    : found.refusal.code
}

it.each`
  one                  | other                      | alikeness
  ${'Siti Nurhaliza'}  | ${'Siti Nurhaliza'}        | ${'same'}
  ${'Siti Nurhaliza'}  | ${'NURHALIZA, Siti'}       | ${'same'}
  ${'Muhammad Ridwan'} | ${'Muhamad Ridwan'}        | ${'alike'}
  ${'José da Silva'}   | ${'Jose da Silva Pereira'} | ${'alike'}
  ${'Ana Lopes'}       | ${'Budi Santoso'}          | ${'other'}
`('$one and $other are $alikeness', ({ one, other, alikeness }) => {
  const value = likeness(one, other)
  expect(value === 1 ? 'same' : value >= 0.7 ? 'alike' : 'other').toBe(alikeness)
  expect(likeness(other, one)).toBe(value)
})

it('near numbers are one digit or one swap away', () => {
  const near = nearNumbers('1234')
  expect(near).toHaveLength(4 * 9 + 3)
  expect(near).toEqual(expect.arrayContaining(['2134', '1243', '9234', '1230']))
  expect(near).not.toContain('1234')
})

describe('duplicates', () => {
  it('are proposed by name with day of birth and by near identity numbers, shown, and dismissed once', async () => {
    const born = '1971-03-04'
    const one = await person({ name: 'Muhammad Ridwan', born, nationalNumber: '11221971' })
    const two = await person({ name: 'Muhamad Ridwan', born })
    const three = await person({ name: 'Completely Else', born, nationalNumber: '11231971' })
    await person({ name: 'Muhammad Ridwan', born: '1971-03-05' })
    expect([await doubles(one.memberNumber)].flat().sort()).toEqual(
      [`${two.memberNumber} name-and-birth`, `${three.memberNumber} near-number`].sort(),
    )
    const dismiss = async (why: string) => {
      const done = await land.run((tx) => dismissDuplicate(tx, land.pack, three.memberNumber, one.memberNumber, why))
      return done.ok ? null : done.refusal.code
    }
    expect([await dismiss(' '), await dismiss('two cards'), await dismiss('two cards')]).toEqual([
      'reason-missing',
      null,
      'proposal-unknown',
    ])
    expect(await doubles(one.memberNumber)).toEqual([`${two.memberNumber} name-and-birth`])
    const { rows } = await land.admin.query(
      `select count(*)::integer as looks from platform.access_trail where view = 'duplicates' and person_id = $1`,
      [two.personId],
    )
    expect(rows).toEqual([{ looks: 2 }])
  })

  it('of everybody are found by one statement, twice is once', async () => {
    await person({ name: 'Dewi Ayu', born: '1969-09-09' })
    await person({ name: 'Ayu  Dewi', born: '1969-09-09' })
    expect(await tell('member', 'duplicates')).toMatch(/^1 pairs were found, /)
    expect(await tell('member', 'duplicates')).toMatch(/^0 pairs were found, /)
  })
})

describe('a merge', () => {
  it('makes an old number work everywhere, for what stands under either', async () => {
    const [stays, old] = [await person({ born: '1981-01-01' }), await person({ born: '1981-01-01', nationalNumber: '77771981' })]
    const [one, two] = [await land.organisation('firm'), await land.organisation('firm')]
    await land.run((tx) =>
      registerMemberships(tx, { pack: land.pack }, [
        { memberNumber: stays.memberNumber, segment: 'employee', organisationId: one.organisationId, base: '1', from: '2026-01-01' },
        { memberNumber: old.memberNumber, segment: 'employee', organisationId: two.organisationId, base: '1', from: '2026-02-01' },
      ]),
    )
    expect(await merge(old.memberNumber, stays.memberNumber)).toContain(`${old.memberNumber} leads to ${stays.memberNumber} now`)
    const shown = await run('member', old.memberNumber)
    expect(shown).toMatchObject({ value: { value: { person: { memberNumber: stays.memberNumber }, memberships: { length: 2 } } } })
    // What stands under the old number stands beside what is opened under the own one; and the member sees both himself.
    const again = {
      memberNumber: stays.memberNumber,
      segment: 'employee',
      organisationId: two.organisationId,
      base: '1',
      from: '2026-03-01',
    }
    const [beside] = await land.run((tx) => registerMemberships(tx, { pack: land.pack }, [again]))
    expect(beside?.refusal?.code).toBe('membership-overlaps')
    const own = await land.as({ personId: stays.personId }, (tx) =>
      tx.query<{ seen: number }>('select count(*)::integer as seen from registry.membership where person_id = any ($1::bigint[])', [
        [stays.personId, old.personId],
      ]),
    )
    expect(own).toEqual([{ seen: 2 }])
    // Membership 1 of the old number is the one registered under it; that of the own number is another.
    await tell('member', 'end', old.memberNumber, '--last-day', '2026-05-31', '--reason', 'left')
    const { rows } = await land.admin.query(
      'select person_id, until_day from registry.membership where person_id = any ($1::bigint[]) order by 2 nulls first',
      [[stays.personId, old.personId]],
    )
    expect(rows).toEqual([
      { person_id: stays.personId, until_day: null },
      { person_id: old.personId, until_day: '2026-06-01' },
    ])
  })

  it('lets the number in use, and a third one, name what stands under an old number', async () => {
    const people = [await person({ born: '1981-03-03' }), await person({ born: '1981-03-03' }), await person({ born: '1981-03-03' })]
    const [worked, stays, third] = people.map((each) => each as { memberNumber: string; personId: bigint })
    if (!worked || !stays || !third) throw new Error('nobody')
    const { organisationId } = await land.organisation('firm')
    const row = { memberNumber: worked.memberNumber, segment: 'employee', organisationId, base: '1', from: '2026-01-01' }
    await land.run((tx) => registerMemberships(tx, { pack: land.pack }, [row]))
    await merge(worked.memberNumber, stays.memberNumber)
    await merge(third.memberNumber, worked.memberNumber)
    const untilOf = async () =>
      (await land.admin.query('select until_day from registry.membership where person_id = $1', [worked.personId])).rows[0]?.until_day
    await tell('member', 'end', stays.memberNumber, '--last-day', '2026-05-31', '--reason', 'left')
    expect(await untilOf()).toBe('2026-06-01')
    await land.run((tx) => takeBackEnds(tx, land.pack, [{ memberNumber: third.memberNumber, ordinal: 1, reason: 'not yet' }]))
    expect(await untilOf()).toBeNull()
  })

  it('is undone, whole and once; a later merge is undone first', async () => {
    const people = [
      await person({ born: '1982-02-02', nationalNumber: '66661982' }),
      await person({ born: '1982-02-02' }),
      await person({ born: '1982-02-02' }),
    ]
    const [a = '', b = '', c = ''] = people.map(({ memberNumber }) => memberNumber)
    const leads = async () =>
      (
        await land.admin.query<{ row: string }>(
          `select concat_ws(' ', member_number, person_id, alias) as row from registry.member_directory where member_number = any ($1)
           union all select concat_ws(' ', 'identity', person_id) from registry.number_directory where person_id = any ($2::bigint[]) order by 1`,
          [[a, b, c], people.map(({ personId }) => personId)],
        )
      ).rows.map(({ row }) => row)
    const before = await leads()
    const number = (text: string): string => /unmerge (\d+)/.exec(text)?.[1] ?? ''
    const first = number(await merge(a, b))
    const second = number(await merge(b, c))
    expect(await leads()).not.toEqual(before)
    const undo = (id: string, why = 'two cards') => tell('member', 'unmerge', id, '--reason', why)
    expect(await undo(first)).toBe('merged-further')
    expect(await undo(second, ' ')).toBe('reason-missing')
    expect(await undo(second)).toContain(' lead where they led before.')
    expect(await undo(first)).toContain(' lead where they led before.')
    expect(await leads()).toEqual(before)
    expect([await undo(first), await undo('99999'), await undo('x')]).toEqual(['merge-undone', 'merge-unknown', 'wrong-usage'])
  })

  it('of an old number that nobody bore is undone by taking it away', async () => {
    const { memberNumber } = await person({})
    const told = await merge('OLD77', memberNumber)
    expect(await tell('member', 'unmerge', /unmerge (\d+)/.exec(told)?.[1] ?? '', '--reason', 'mistyped')).toBe(
      'OLD77 lead where they led before.',
    )
    expect((await land.admin.query(`select from registry.member_directory where member_number = 'OLD77'`)).rowCount).toBe(0)
  })

  it.each`
    alias      | into   | reason | consent   | code
    ${'4444'}  | ${'1'} | ${'x'} | ${'desk'} | ${'member-number-mistyped'}
    ${'M'}     | ${'M'} | ${''}  | ${''}     | ${'same-person'}
    ${'4-4'}   | ${'M'} | ${''}  | ${''}     | ${'wrong-alias'}
    ${'4444'}  | ${'M'} | ${' '} | ${''}     | ${'reason-missing'}
    ${'OTHER'} | ${'M'} | ${'x'} | ${' '}    | ${'consent-missing'}
    ${'OTHER'} | ${'M'} | ${'x'} | ${'desk'} | ${'births-differ'}
  `('of $alias into $into is refused with $code', async ({ alias, into, reason, consent, code }) => {
    const [member, other] = [await person({ born: '1983-03-03' }), await person({ born: '1983-03-30' })]
    const named = (text: string): string => (text === 'M' ? member.memberNumber : text === 'OTHER' ? other.memberNumber : text)
    expect(await merge(named(alias), named(into), reason, consent)).toBe(code)
  })
})
