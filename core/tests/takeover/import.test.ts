// Another system's records, whole or not at all: every kind of bad row with its place and remedy, totals that do not agree, a folder
// taken twice, and what a good folder leaves behind.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Day, type Month, memberNumber } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, runMonth, showCover } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { findMember } from '../../src/registry/index.ts'
import { type BadRows, type Imported, importFolder, openFolder } from '../../src/takeover/index.ts'

type Files = Readonly<Record<string, string>>

const good = {
  organisations: `organisation,kind,name,region,fact.risk_class,fact.employer_size
NP-1001,employer,Example Works,31.71,III,medium
NP1002,employer,"Second, Works",31.72,I,large
NP1003,sponsor,Example Foundation,31.71,,`,
  persons: `old_number,name,born,sex,region,national_number
85A0 0000 001,Ayu Lestari,1990-05-17,female,31.71,3171015705900001
85A00000002,Budi Santoso,1985-01-02,male,31.72,3172010201850001
85A00000003,Citra Dewi,1979-12-31,female,31.73,`,
  numbers: `old_number,other_number
85A00000001,79B00054321`,
  memberships: `old_number,membership,segment,organisation,payer,programmes,base,from,last_day,end_reason,covered_since,paid_to,months,act
85A00000001,1,PU,NP1001,,,5200000,2017-03-01,2024-12-31,resigned,,,93,Handover 12/2026
79B00054321,2,PU,NP1002,,,6100000,2025-01-01,,,2025-01-01,,20,Handover 12/2026
85A00000002,1,BPU,,,JKK JKM JHT,1000000,2020-06-01,,,2020-06-01,2026-08,74,Handover 12/2026
85A00000003,1,BPU,,NP1003,,1000000,2026-01-01,,,,,0,Handover 12/2026`,
  balances: `old_number,membership,programme,amount,day,act
85A00000001,1,JHT,48250000,2026-08-31,Handover 12/2026
79B00054321,2,JHT,7100000,2026-08-31,Handover 12/2026
85A00000002,1,JHT,1480000,2026-08-31,Handover 12/2026`,
  totals: `file,measure,value
organisations,rows,3
persons,rows,3
numbers,rows,1
memberships,rows,4
memberships,base,13300000
memberships,months,187
balances,rows,3
balances,amount,56830000`,
} as const satisfies Files

let scheme: TestScheme
let base = ''
let folders = 0
beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'payung-import-'))
  scheme = await freshScheme('indonesia', '2026-09-15')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
})
afterAll(async () => {
  await scheme.close()
  await rm(base, { recursive: true })
})

async function folderOf(files: Files): Promise<string> {
  const folder = path.join(base, String(++folders))
  await mkdir(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, `${name}.csv`), `${text}\n`)
  return folder
}

async function take(files: Files, platform = scheme.platform) {
  const folder = await openFolder(scheme.law.pack, await folderOf(files))
  return folder.ok ? importFolder(platform, scheme.law, folder.value, { actor: systemActor, chunk: 2 }) : folder
}

/** Everything that an import could have left: nothing may, when it was refused. */
async function rowsThere(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['registry.person', 'registry.organisation', 'registry.membership', 'registry.member_directory', 'savings.entry'])
    counts[table] = Number((await scheme.admin.query<{ n: bigint }>(`select count(*) as n from ${table}`)).rows[0]?.n)
  counts.staged = (await scheme.admin.query(`select from pg_tables where schemaname = 'staging'`)).rowCount ?? 0
  return counts
}

/** The good folder with one text of one file changed. */
const spoilt = (file: keyof typeof good, from: string, to: string): Files => {
  expect(good[file]).toContain(from)
  return { ...good, [file]: good[file].replace(from, to) }
}

describe('a bad row is told with its place and remedy, and nothing is taken', () => {
  it.each`
    file               | from                             | to                               | row  | column               | value                 | reason                                  | remedy
    ${'persons'}       | ${'85A0 0000 001'}               | ${'8'}                           | ${2} | ${'old_number'}      | ${'8'}                | ${'4 to 20 digits or letters'}          | ${'Copy it'}
    ${'persons'}       | ${'Ayu Lestari'}                 | ${'Ayu 2'}                       | ${2} | ${'name'}            | ${'Ayu 2'}            | ${'no digits'}                          | ${'identity card'}
    ${'persons'}       | ${'1985-01-02'}                  | ${'1985-02-30'}                  | ${3} | ${'born'}            | ${'1985-02-30'}       | ${'existing day'}                       | ${'YYYY-MM-DD'}
    ${'persons'}       | ${',male,'}                      | ${',L,'}                         | ${3} | ${'sex'}             | ${'L'}                | ${'female'}                             | ${'Write female or male'}
    ${'persons'}       | ${'31.73'}                       | ${'99.99'}                       | ${4} | ${'region'}          | ${'99.99'}            | ${'a district by its code'}             | ${'Look the code up'}
    ${'persons'}       | ${'3171015705900001'}            | ${'3171015705900000'}            | ${2} | ${'national_number'} | ${'••••••••••••0000'} | ${'serial from 0001'}                   | ${'Compare'}
    ${'persons'}       | ${'31.73,'}                      | ${'31.73'}                       | ${4} | ${''}                | ${''}                 | ${'has 5 cells, the first line 6'}      | ${'Quote'}
    ${'persons'}       | ${'31.73,'}                      | ${'31.73,3172010201850001'}      | ${4} | ${'national_number'} | ${'••••••••••••0001'} | ${'another day of birth'}               | ${'Correct'}
    ${'persons'}       | ${'85A00000003'}                 | ${'85A00000002'}                 | ${4} | ${'old_number'}      | ${'85A00000002'}      | ${'stands in an earlier row'}           | ${'keep one'}
    ${'numbers'}       | ${'79B00054321'}                 | ${'85A00000002'}                 | ${2} | ${'other_number'}    | ${'85A00000002'}      | ${'stands in an earlier row'}           | ${'keep one'}
    ${'numbers'}       | ${'85A00000001,'}                | ${'85A00000009,'}                | ${2} | ${'old_number'}      | ${'85A00000009'}      | ${'No row of persons.csv'}              | ${'Add the person'}
    ${'organisations'} | ${'NP1002'}                      | ${'NP1001'}                      | ${3} | ${'organisation'}    | ${'NP1001'}           | ${'stands in an earlier row'}           | ${'Leave the row out'}
    ${'organisations'} | ${'sponsor'}                     | ${'friend'}                      | ${4} | ${'kind'}            | ${'friend'}           | ${'An organisation is one of'}          | ${'one of these kinds'}
    ${'organisations'} | ${'31.71,III'}                   | ${'31.71,VI'}                    | ${2} | ${'fact.risk_class'} | ${'VI'}               | ${'is none of I, II'}                   | ${'Correct --risk-class'}
    ${'memberships'}   | ${'79B00054321,2'}               | ${'79B00054322,2'}               | ${3} | ${'old_number'}      | ${'79B00054322'}      | ${'No member has this number'}          | ${'persons.csv'}
    ${'memberships'}   | ${'NP1002,,'}                    | ${'NP1009,,'}                    | ${3} | ${'organisation'}    | ${'NP1009'}           | ${'No organisation has this number'}    | ${'organisations.csv'}
    ${'memberships'}   | ${',NP1003,'}                    | ${',NP1009,'}                    | ${5} | ${'payer'}           | ${'NP1009'}           | ${'No organisation has this number'}    | ${'organisations.csv'}
    ${'memberships'}   | ${'PU,NP1001'}                   | ${'XX,NP1001'}                   | ${2} | ${'segment'}         | ${'XX'}               | ${'The segments are PU'}                | ${'one of these segments'}
    ${'memberships'}   | ${'JKK JKM JHT'}                 | ${'JKK JP'}                      | ${4} | ${'programmes'}      | ${'JP'}               | ${'one may join JKK, JKM, JHT'}         | ${'Name programmes'}
    ${'memberships'}   | ${'5200000'}                     | ${'5.200.000'}                   | ${2} | ${'base'}            | ${'5.200.000'}        | ${'whole amount in digits'}             | ${'digits only'}
    ${'memberships'}   | ${'2017-03-01'}                  | ${'1989-03-01'}                  | ${2} | ${'from'}            | ${'1989-03-01'}       | ${'begins after birth'}                 | ${'day of birth'}
    ${'memberships'}   | ${'2024-12-31,resigned'}         | ${'2016-12-31,resigned'}         | ${2} | ${'last_day'}        | ${'2016-12-31'}       | ${'began on 2017-03-01'}                | ${'on or after'}
    ${'memberships'}   | ${'2024-12-31,resigned'}         | ${'2024-12-31,'}                 | ${2} | ${'end_reason'}      | ${''}                 | ${'An ending has a reason'}             | ${'Say why'}
    ${'memberships'}   | ${'2020-06-01,2026-08'}          | ${'2020-06-01,2019-08'}          | ${4} | ${'paid_to'}         | ${'2019-08'}          | ${'not before cover began'}             | ${'covered_since'}
    ${'memberships'}   | ${',93,'}                        | ${',many,'}                      | ${2} | ${'months'}          | ${'many'}             | ${'whole number, at most 1200'}         | ${'Write 0'}
    ${'memberships'}   | ${'0,Handover 12/2026'}          | ${'0,'}                          | ${3} | ${'act'}             | ${''}                 | ${'1 to 200 characters'}                | ${'Fill it in'}
    ${'memberships'}   | ${'NP1002,,,6100000,2025-01-01'} | ${'NP1001,,,6100000,2024-01-01'} | ${3} | ${'from'}            | ${'2024-01-01'}       | ${'another membership of this segment'} | ${'End the earlier one'}
    ${'memberships'}   | ${'85A00000002,1'}               | ${'85A00000001,1'}               | ${4} | ${'membership'}      | ${'1'}                | ${'in an earlier row'}                  | ${'a name of its own'}
    ${'balances'}      | ${'JHT,48250000'}                | ${'JKK,48250000'}                | ${2} | ${'programme'}       | ${'JKK'}              | ${'Only programmes of savings'}         | ${'dictionary'}
    ${'balances'}      | ${'7100000'}                     | ${'-7100000'}                    | ${3} | ${'amount'}          | ${'-7100000'}         | ${'above zero'}                         | ${'Leave the row out'}
    ${'balances'}      | ${'1480000,2026-08-31'}          | ${'1480000,2026-12-31'}          | ${4} | ${'day'}             | ${'2026-12-31'}       | ${'lies after 2026-09-15'}              | ${'as it was'}
    ${'balances'}      | ${'79B00054321,2'}               | ${'79B00054321,3'}               | ${3} | ${'membership'}      | ${'79B00054321 3'}    | ${'has no such membership'}             | ${'Add the membership'}
    ${'balances'}      | ${'85A00000002,1'}               | ${'85A00000001,1'}               | ${4} | ${'programme'}       | ${'JHT'}              | ${'stands in an earlier row'}           | ${'Leave one'}
  `(
    '$file row $row $column: $reason',
    async (given: {
      file: keyof typeof good
      from: string
      to: string
      row: number
      column: string
      value: string
      reason: string
      remedy: string
    }) => {
      const before = await rowsThere()
      const done = await take(spoilt(given.file, given.from, given.to))
      const faults = done.ok && 'faults' in done.value ? (done.value as BadRows).faults : []
      const found = faults.find(({ file, column }) => file === `${given.file}.csv` && column === given.column)
      expect(
        found,
        JSON.stringify(done, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
      ).toMatchObject({
        line: given.row,
        value: given.value,
        reason: expect.stringContaining(given.reason),
        next: expect.stringContaining(given.remedy),
      })
      // What follows from a bad row is not told as another mistake.
      expect(faults.length).toBe(1)
      expect(await rowsThere()).toEqual(before)
    },
  )
})

describe('a folder that contradicts itself is refused whole', () => {
  it.each`
    file             | from                        | to                             | code                   | data
    ${'totals'}      | ${'persons,rows,3'}         | ${'persons,rows,4'}            | ${'totals-differ'}     | ${{ 'persons.rows': 'told 4, read 3, difference -1' }}
    ${'totals'}      | ${'amount,56830000'}        | ${'amount,56829999'}           | ${'totals-differ'}     | ${{ 'balances.amount': 'told 56829999, read 56830000, difference 1' }}
    ${'totals'}      | ${'memberships,months,187'} | ${'memberships,months,lots'}   | ${'wrong-total'}       | ${{ row: '7', given: 'lots' }}
    ${'totals'}      | ${'\nbalances,rows,3'}      | ${''}                          | ${'totals-incomplete'} | ${{ missing: 'balances.rows' }}
    ${'totals'}      | ${'balances,rows,3'}        | ${'savings,rows,3'}            | ${'totals-unknown'}    | ${{ row: '8', given: 'savings.rows' }}
    ${'persons'}     | ${'born,sex'}               | ${'birthday,sex'}              | ${'wrong-columns'}     | ${{ file: 'persons.csv', missing: 'born', unknown: 'birthday' }}
    ${'memberships'} | ${'months,act'}             | ${'months,act,fact.shoe_size'} | ${'wrong-columns'}     | ${{ file: 'memberships.csv', unknown: 'fact.shoe_size' }}
  `(
    '$code: $data',
    async ({ file, from, to, code, data }: { file: keyof typeof good; from: string; to: string; code: string; data: object }) => {
      const before = await rowsThere()
      const done = await take(spoilt(file, from, to))
      expect(done.ok ? done : done.refusal).toMatchObject({ code, data })
      expect(await rowsThere()).toEqual(before)
    },
  )

  test('without persons, and without totals', async () => {
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([file]) => file !== name))
    for (const name of ['persons', 'totals']) expect(await take(without(name))).toMatchObject({ refusal: { code: 'file-missing' } })
  })
})

describe('a good folder', () => {
  const memberOf = async (number: string) => {
    const found = await scheme.run((tx) => findMember(tx, number, { view: 'member', why: 'test' }))
    if (!found.ok) throw new Error(found.refusal.rule)
    return found.value
  }
  let first: Imported

  beforeAll(async () => {
    const done = await take(good)
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
    const { rows } = await scheme.admin.query(
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

  it('encrypts the identity number with the person bound in', async () => {
    const { person } = await memberOf('85A00000001')
    const { rows } = await scheme.admin.query<{ number_cipher: Buffer }>('select number_cipher from registry.person where person_id = $1', [
      person.personId,
    ])
    const { encryption } = scheme.platform
    expect(encryption.decrypt(rows[0]?.number_cipher ?? Buffer.alloc(0), `person:${person.personId}`)).toBe('3171015705900001')
    const known = await scheme.admin.query('select from registry.number_directory where number_hash = $1 and person_id = $2', [
      encryption.keyedHash('3171015705900001', 'national number'),
      person.personId,
    ])
    expect(known.rowCount).toBe(1)
  })

  it('gives the cover that the record tells, and none to others', async () => {
    const stateOf = async (number: string): Promise<string[]> => {
      const { person } = await memberOf(number)
      const cover = await scheme.run((tx) => showCover(tx, scheme.law, [person.personId], '2026-09-16' as Day))
      return [...new Set(cover.flatMap(({ programmes }) => programmes.map(({ state }) => state)))]
    }
    expect([await stateOf('79B00054321'), await stateOf('85A00000002'), await stateOf('85A00000003')]).toEqual([
      ['covered'],
      ['covered, contribution outstanding'],
      ['not covered'],
    ])
  })

  it('is done once, however often it is given', async () => {
    const before = await rowsThere()
    expect(await take(good)).toMatchObject({ ok: true, value: { already: true, importId: first.importId, counts: first.counts } })
    expect(await rowsThere()).toEqual(before)
  })

  it('is refused in another folder, because its numbers lead to members already', async () => {
    const done = await take({ persons: good.persons, totals: 'file,measure,value\npersons,rows,3' })
    expect(done.ok && 'faults' in done.value && done.value.faults.map(({ line, column, reason }) => [line, column, reason])).toEqual(
      [2, 3, 4].map((line) => [line, 'old_number', 'This number leads to a member already.']),
    )
  })

  it('finds a person who is known, and refuses another day of birth for him', async () => {
    const known = (born: string) => ({
      persons: `old_number,name,born,sex,region,national_number\nZZ0001,Ayu L,${born},female,31.71,3171015705900001`,
      totals: 'file,measure,value\npersons,rows,1',
    })
    const wrong = await take(known('1890-05-17'))
    expect(wrong.ok && 'faults' in wrong.value && wrong.value.faults.map(({ column }) => column)).not.toEqual([])
    expect(await take(known('1990-05-17'))).toMatchObject({
      ok: true,
      value: { counts: { 'persons made': '0', 'persons known before': '1' } },
    })
    expect((await memberOf('ZZ0001')).person.name).toBe('Ayu Lestari')
  })

  it('keeps an old number that looks like the next one of ours, and draws another', async () => {
    const { rows } = await scheme.admin.query<{ next: bigint }>('select last_value + 2 as next from registry.person_id')
    const next = rows[0]?.next ?? 0n
    const numbers = [0n, 1n, 2n, 3n].map((ahead) => memberNumber(next + ahead))
    const persons = numbers.map((number, place) => `${number},Ayu ${'ABCD'[place]},1990-05-17,female,31.71`).join('\n')
    const done = await take({ persons: `old_number,name,born,sex,region\n${persons}`, totals: 'file,measure,value\npersons,rows,4' })
    expect(done).toMatchObject({ ok: true, value: { counts: { 'persons made': '4' } } })
    const names = await Promise.all(numbers.map(async (number) => (await memberOf(number)).person.name))
    expect(names).toEqual(['Ayu A', 'Ayu B', 'Ayu C', 'Ayu D'])
    // Whoever is registered next gets a number that leads to nobody else.
    await scheme.persons(6)
    const { rows: twice } = await scheme.admin.query(
      'select from registry.person p join registry.member_directory d using (member_number) where d.person_id <> p.person_id',
    )
    expect(twice).toEqual([])
  })

  it('is billed in the month after as everybody is, and the control stays at zero', async () => {
    scheme.at('2026-09-30')
    const done = await runMonth(scheme.platform, scheme.law, '2026-09' as Month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    expect(done.value.rows).toBe(1)
    expect((await scheme.run((tx) => checkControl(tx, 'test', null))).difference).toBe(0n)
  })
})
