// What a good folder leaves behind, and what happens to it the second time.

import { type Day, type Month, memberNumber, truncated } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkControl, openMonth, openReinstatement, runMonth, showCover, warnLatePayers } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { findMember } from '../../src/registry/index.ts'
import { declareRates, readAccount } from '../../src/savings/index.ts'
import type { Imported } from '../../src/takeover/index.ts'
import { type Desk, good, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

describe('a good folder', () => {
  const memberOf = async (number: string) => {
    const found = await desk.scheme.run((tx) => findMember(tx, number, { view: 'member', why: 'test' }))
    if (!found.ok) throw new Error(found.refusal.rule)
    return found.value
  }
  let first: Imported

  beforeAll(async () => {
    const done = await desk.take(good)
    if (!done.ok || 'faults' in done.value)
      throw new Error(JSON.stringify(done, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
    first = done.value
  })

  it('is told with what was made of it', () => {
    expect(first).toMatchObject({
      already: false,
      counts: {
        organisations: '3',
        'persons made': '3',
        'persons known before': '0',
        'further numbers': '1',
        memberships: '4',
        'opening balances': '3',
      },
    })
  })

  it('leaves old numbers that lead to the member, with hyphens and spaces too', async () => {
    for (const number of ['85A00000001', '79B00054321', '79B 0005-4321']) {
      const { person, aliases } = await memberOf(number)
      expect([person.name, aliases]).toEqual(['Ayu Lestari', ['79B00054321', '85A00000001']])
    }
  })

  it('leaves memberships with their opening record, in the order in which they began', async () => {
    const { rows } = await desk.scheme.admin.query(
      `select m.ordinal, m.segment, m.from_day, m.until_day, m.opening_months, m.opening_savings, m.opening_act, y.kind from registry.membership m
       join registry.member_directory d using (person_id) join registry.arrangement a using (person_id, ordinal) join registry.payer y using (payer_id)
       where d.member_number in ('79B00054321', '85A00000002', '85A00000003') order by d.member_number, m.ordinal`,
    )
    const opening_act = 'Handover 12/2026'
    expect(rows).toEqual([
      {
        ordinal: 1,
        segment: 'PU',
        from_day: '2017-03-01',
        until_day: '2025-01-01',
        opening_months: 93,
        opening_savings: 48_250_000n,
        opening_act,
        kind: 'employer',
      },
      {
        ordinal: 2,
        segment: 'PU',
        from_day: '2025-01-01',
        until_day: null,
        opening_months: 20,
        opening_savings: 7_100_000n,
        opening_act,
        kind: 'employer',
      },
      {
        ordinal: 1,
        segment: 'BPU',
        from_day: '2020-06-01',
        until_day: null,
        opening_months: 74,
        opening_savings: 1_480_000n,
        opening_act,
        kind: 'self',
      },
      {
        ordinal: 1,
        segment: 'BPU',
        from_day: '2026-01-01',
        until_day: null,
        opening_months: 0,
        opening_savings: 0n,
        opening_act,
        kind: 'sponsor',
      },
    ])
  })

  it('books the savings as opening entries, and owes in the ledger what was taken over', async () => {
    const read = async (text: string) => (await desk.scheme.admin.query(text)).rows
    expect(
      await read(
        `select kind, programme, sum(amount)::text as sum, count(*)::integer as entries, min(day) as day from savings.entry group by 1, 2`,
      ),
    ).toEqual([{ kind: 'opening', programme: 'JHT', sum: '56830000', entries: 3, day: '2026-09-01' }])
    expect(
      await read(
        `select sum(t.amount)::text as sum from ledger.transfer t join ledger.account a on a.account = t.debit where a.code = 'takeover' and t.reason = 'savings-opening'`,
      ),
    ).toEqual([{ sum: '56830000' }])
  })

  it('encrypts the identity number with the person bound in', async () => {
    const { person } = await memberOf('85A00000001')
    const { rows } = await desk.scheme.admin.query<{ number_cipher: Buffer }>(
      'select number_cipher from registry.person where person_id = $1',
      [person.personId],
    )
    const { encryption } = desk.scheme.platform
    expect(encryption.decrypt(rows[0]?.number_cipher ?? Buffer.alloc(0), `person:${person.personId}`)).toBe('3171015705900001')
    const known = await desk.scheme.admin.query('select from registry.number_directory where number_hash = $1 and person_id = $2', [
      encryption.keyedHash('3171015705900001', 'national number'),
      person.personId,
    ])
    expect(known.rowCount).toBe(1)
  })

  it('gives the cover that the record tells, and none to others', async () => {
    const stateOf = async (number: string): Promise<string[]> => {
      const { person } = await memberOf(number)
      const cover = await desk.scheme.run((tx) => showCover(tx, desk.scheme.law, [person.personId], '2026-09-16' as Day))
      return [...new Set(cover.flatMap(({ programmes }) => programmes.map(({ state }) => state)))]
    }
    expect([await stateOf('79B00054321'), await stateOf('85A00000002'), await stateOf('85A00000003')]).toEqual([
      ['covered'],
      ['covered, contribution outstanding'],
      ['not covered'],
    ])
  })

  it('is done once, however often it is given', async () => {
    const before = await desk.rowsThere()
    expect(await desk.take(good)).toMatchObject({ ok: true, value: { already: true, importId: first.importId, counts: first.counts } })
    expect(await desk.rowsThere()).toEqual(before)
  })

  it('is refused in another folder, because its numbers lead to members already', async () => {
    const done = await desk.take({ persons: good.persons, totals: 'file,measure,value\npersons,rows,3' })
    expect(done.ok && 'faults' in done.value && done.value.faults.map(({ line, column, reason }) => [line, column, reason])).toEqual(
      [2, 3, 4].map((line) => [line, 'old_number', 'This number leads to a member already.']),
    )
  })

  it('finds a person who is known, and refuses another day of birth for him', async () => {
    const known = (born: string) => ({
      persons: `old_number,name,born,sex,region,national_number\nZZ0001,Ayu L,${born},female,31.71,3171015705900001`,
      totals: 'file,measure,value\npersons,rows,1',
    })
    const wrong = await desk.take(known('1890-05-17'))
    expect(wrong.ok && 'faults' in wrong.value && wrong.value.faults.map(({ column }) => column)).not.toEqual([])
    expect(await desk.take(known('1990-05-17'))).toMatchObject({
      ok: true,
      value: { counts: { 'persons made': '0', 'persons known before': '1' } },
    })
    expect((await memberOf('ZZ0001')).person.name).toBe('Ayu Lestari')
  })

  it('keeps an old number that looks like the next one of ours, and draws another', async () => {
    const { rows } = await desk.scheme.admin.query<{ next: bigint }>('select last_value + 2 as next from registry.person_id')
    const next = rows[0]?.next ?? 0n
    const numbers = [0n, 1n, 2n, 3n].map((ahead) => memberNumber(next + ahead))
    const persons = numbers.map((number, place) => `${number},Ayu ${'ABCD'[place]},1990-05-17,female,31.71`).join('\n')
    const done = await desk.take({ persons: `old_number,name,born,sex,region\n${persons}`, totals: 'file,measure,value\npersons,rows,4' })
    expect(done).toMatchObject({ ok: true, value: { counts: { 'persons made': '4' } } })
    const names = await Promise.all(numbers.map(async (number) => (await memberOf(number)).person.name))
    expect(names).toEqual(['Ayu A', 'Ayu B', 'Ayu C', 'Ayu D'])
    // Whoever is registered next gets a number that leads to nobody else.
    await desk.scheme.persons(6)
    const { rows: twice } = await desk.scheme.admin.query(
      'select from registry.person p join registry.member_directory d using (member_number) where d.person_id <> p.person_id',
    )
    expect(twice).toEqual([])
  })

  it('earns from the day after the balance: its own month is in it already', async () => {
    desk.scheme.at('2026-09-30')
    const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
    const rates = { from: '2026-08', to: '2026-09', rate: '6%', kind: 'declared', ...source } as const
    expect((await desk.scheme.run((tx) => declareRates(tx, desk.scheme.law, rates))).ok).toBe(true)
    const { personId } = (await memberOf('85A00000002')).person
    const held = (on: string) => desk.scheme.run(async (tx) => truncated((await readAccount(tx, 'JHT', [personId], on as Day)).balance))
    // 1,480,000 of 31 August and one twelfth of 6 %: September's, not August's again.
    expect([await held('2026-09-01'), await held('2026-09-29'), await held('2026-09-30')]).toEqual([1_480_000n, 1_480_000n, 1_487_400n])
  })

  it('is billed in the month after as everybody is, and the control stays at zero', async () => {
    desk.scheme.at('2026-09-30')
    const done = await runMonth(desk.scheme.platform, desk.scheme.law, '2026-09' as Month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    expect(done.value.rows).toBe(1)
    expect((await desk.scheme.run((tx) => checkControl(tx, 'test', null))).difference).toBe(0n)
  })

  it('warns a regency whose record ends unpaid, as any that is late, and lets its lapse be undone', async () => {
    const { law, run, at } = desk.scheme
    const memberships = ['R-0001', 'R-0002'].map(
      (number) => `${number},1,BPU,,NP9001,,1000000,2026-01-01,,,2026-01-01,2026-08,8,Handover 13/2026`,
    )
    const done = await desk.take({
      organisations: 'organisation,kind,name,region,funding_code\nNP9001,APBD,Example Regency,31.71,SG',
      persons: 'old_number,name,born,sex,region\nR-0001,Dewi,1980-02-03,female,31.71\nR-0002,Eko,1981-02-03,male,31.71',
      memberships: [
        'old_number,membership,segment,organisation,payer,programmes,base,from,last_day,end_reason,covered_since,paid_to,months,act',
        ...memberships,
      ].join('\n'),
      totals:
        'file,measure,value\norganisations,rows,1\npersons,rows,2\nmemberships,rows,2\nmemberships,base,2000000\nmemberships,months,16',
    })
    expect(done).toMatchObject({ ok: true, value: { counts: { memberships: '2' } } })
    for (const month of ['2026-10', '2026-11', '2026-12']) await run((tx) => openMonth(tx, law, month as Month))
    const warned: string[] = []
    for (const day of ['2026-10-15', '2026-10-20', '2026-11-20']) {
      at(day)
      for (const { unpaid, members, coveredUntil } of await run((tx) => warnLatePayers(tx, law)))
        warned.push(`${day}: ${unpaid} unpaid, ${members} people, covered until ${coveredUntil}`)
    }
    expect(warned).toEqual([
      '2026-10-15: 1 unpaid, 2 people, covered until 2026-11-30',
      '2026-10-20: 2 unpaid, 2 people, covered until 2026-11-30',
      '2026-11-20: 3 unpaid, 2 people, covered until 2026-11-30',
    ])
    at('2026-12-02')
    const payer = await desk.scheme.admin.query<{ payer_id: bigint }>(`select payer_id from registry.payer where kind = 'APBD'`)
    const asked = { payerId: payer.rows[0]?.payer_id ?? 0n, reason: 'the budget was released', evidence: ['release order 7'] }
    const opened = await run((tx) => openReinstatement(tx, law, { ...asked, from: '2026-09' as Month }))
    expect(opened).toMatchObject({ ok: true })
  })
})
