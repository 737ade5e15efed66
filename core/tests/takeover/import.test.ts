// What a folder may be refused for: every kind of bad row with its place and remedy, totals that do not agree, columns that are missing.
// Whatever it was, nothing is taken.
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { closeEmployer, mergePersons, registerPersons } from '../../src/registry/index.ts'
import { reportDeath } from '../../src/registry/use-cases/report-death.ts'
import type { BadRows } from '../../src/takeover/index.ts'
import { type Desk, type Files, good, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

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
    ${'persons'}       | ${'Ayu Lestari'}                 | ${'=Ayu()'}                      | ${2} | ${'name'}            | ${'=Ayu()'}           | ${'like a formula'}                     | ${'identity card'}
    ${'persons'}       | ${'Ayu Lestari'}                 | ${'Ayu\u202eLestari'}            | ${2} | ${'name'}            | ${'Ayu\u202eLestari'} | ${'nobody sees'}                        | ${'identity card'}
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
    ${'memberships'}   | ${'2020-06-01,2026-08'}          | ${'2020-06-01,2027-10'}          | ${4} | ${'paid_to'}         | ${'2027-10'}          | ${'further ahead than for 2027-09'}     | ${'last month'}
    ${'memberships'}   | ${',93,'}                        | ${',many,'}                      | ${2} | ${'months'}          | ${'many'}             | ${'whole number, at most 1200'}         | ${'Write 0'}
    ${'memberships'}   | ${'0,Handover 12/2026'}          | ${'0,'}                          | ${3} | ${'act'}             | ${''}                 | ${'1 to 200 characters'}                | ${'Fill it in'}
    ${'memberships'}   | ${'NP1002,,,6100000,2025-01-01'} | ${'NP1001,,,6100000,2024-01-01'} | ${3} | ${'from'}            | ${'2024-01-01'}       | ${'another membership of this segment'} | ${'End the earlier one'}
    ${'memberships'}   | ${'85A00000002,1'}               | ${'85A00000001,1'}               | ${4} | ${'membership'}      | ${'1'}                | ${'in an earlier row'}                  | ${'a name of its own'}
    ${'balances'}      | ${'JHT,48250000'}                | ${'JKK,48250000'}                | ${2} | ${'programme'}       | ${'JKK'}              | ${'Only programmes of savings'}         | ${'dictionary'}
    ${'balances'}      | ${'7100000'}                     | ${'-7100000'}                    | ${3} | ${'amount'}          | ${'-7100000'}         | ${'above zero'}                         | ${'Leave the row out'}
    ${'balances'}      | ${'1480000,2026-08-31'}          | ${'1480000,2026-12-31'}          | ${4} | ${'day'}             | ${'2026-12-31'}       | ${'lies after 2026-09-14'}              | ${'as it was'}
    ${'balances'}      | ${'1480000,2026-08-31'}          | ${'1480000,1926-08-31'}          | ${4} | ${'day'}             | ${'1926-08-31'}       | ${'before 2015-06-30'}                  | ${'a later one'}
    ${'balances'}      | ${'1480000,2026-08-31'}          | ${'1480000,2020-05-31'}          | ${4} | ${'day'}             | ${'2020-05-31'}       | ${'before it began'}                    | ${'first day of the membership'}
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
      const before = await desk.rowsThere()
      const done = await desk.take(spoilt(given.file, given.from, given.to))
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
      // What follows from a person who is missing because his row is bad is not told as another mistake.
      if (given.file === 'persons') expect(faults.length).toBe(1)
      expect(await desk.rowsThere()).toEqual(before)
    },
  )
})

test('a month paid ahead and a balance of long ago, just within their bounds, are taken', async () => {
  const done = await desk.take({
    persons: 'old_number,name,born,sex,region\n85B00000001,Dewi,1980-02-03,female,31.71',
    memberships: `old_number,membership,segment,base,from,covered_since,paid_to,months,act
85B00000001,1,BPU,1000000,2015-06-30,2020-06-01,2027-09,74,Handover 12/2026`,
    balances: 'old_number,membership,programme,amount,day,act\n85B00000001,1,JHT,1000000,2015-06-30,Handover 12/2026',
    totals: `file,measure,value
persons,rows,1\nmemberships,rows,1\nmemberships,base,1000000\nmemberships,months,74\nbalances,rows,1\nbalances,amount,1000000`,
  })
  expect(done).toMatchObject({ ok: true, value: { counts: { 'opening balances': '1' } } })
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
      const before = await desk.rowsThere()
      const done = await desk.take(spoilt(file, from, to))
      expect(done.ok ? done : done.refusal).toMatchObject({ code, data })
      expect(await desk.rowsThere()).toEqual(before)
    },
  )

  test('without persons, and without totals', async () => {
    const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([file]) => file !== name))
    for (const name of ['persons', 'totals']) expect(await desk.take(without(name))).toMatchObject({ refusal: { code: 'file-missing' } })
  })
})

describe('what the registry refuses at its own door is a bad row too', () => {
  const dead = '85C00000001,Citra Dewi,1979-12-31,female,31.73,3173017112790001'
  const merged = '85C00000002,Budi Santoso,1985-01-02,male,31.72,3172010201850001'
  const worker = '85C00000003,Eko Putra,1981-02-03,male,31.71,'
  const folder = (person: string, membership: string): Files => ({
    persons: `old_number,name,born,sex,region,national_number\n${person}`,
    memberships: `old_number,membership,segment,organisation,payer,base,from,last_day,end_reason,months,act\n${person.slice(0, 11)},1,${membership},74,Handover`,
    totals: 'file,measure,value\npersons,rows,1\nmemberships,rows,1\nmemberships,base,1000000\nmemberships,months,74',
  })

  /** A member who died, one whose second number has a membership and was merged into his first, and two employers that are closed, one of them open again. */
  beforeAll(async () => {
    const { run, law, platform, admin } = desk.scheme
    const people = [
      { name: 'Citra Dewi', born: '1979-12-31', sex: 'female', regionCode: '31.73', nationalNumber: '3173017112790001' },
      { name: 'Budi Santoso', born: '1985-01-02', sex: 'male', regionCode: '31.72', nationalNumber: '3172010201850001' },
      { name: 'Budi Santoso', born: '1985-01-02', sex: 'male', regionCode: '31.72' },
    ] as const
    const made = await run((tx) => registerPersons(tx, { pack: law.pack, encryption: platform.encryption }, people))
    const [late = '', into = '', alias = ''] = made.map(({ memberNumber }) => memberNumber ?? '')
    await desk.scheme.memberships([{ memberNumber: alias, segment: 'BPU', base: '1000000', from: '2026-09-01' }])
    const deeds = [
      await run((tx) => reportDeath(tx, law.pack, { memberNumber: late, diedOn: '2026-03-01', evidence: 'certificate' })),
      await run((tx) => mergePersons(tx, law.pack, { alias, into, reason: 'same', consent: 'desk' })),
    ]
    expect(deeds.map(({ ok }) => ok)).toEqual([true, true])
    await desk.take({
      organisations: `organisation,kind,name,region,fact.risk_class,fact.employer_size
NP7001,employer,Works,31.71,III,medium\nNP7002,employer,Mills,31.71,III,medium`,
      persons: 'old_number,name,born,sex,region\n85C00000009,Dewi,1980-02-03,female,31.71',
      totals: 'file,measure,value\norganisations,rows,2\npersons,rows,1',
    })
    const { rows } = await admin.query<{ payer_id: bigint }>(
      `select payer_id from registry.payer join takeover.organisation_number using (organisation_id) where old_number like 'NP700%' order by old_number`,
    )
    const closing = { ground: 'bankrupt', papers: ['court-ruling'], witnesses: [], unbilled: null, money: 0n, evidence: 'ruling 5' }
    for (const { payer_id } of rows)
      expect(await run((tx) => closeEmployer(tx, law, { payerId: payer_id, ...closing }))).toMatchObject({ ok: true })
    await admin.query(
      `insert into registry.reopening (payer_id, nth, ground, evidence, reopened_on) values ($1, 1, 'money-left', 'letter 6', '2026-09-15')`,
      [rows[1]?.payer_id],
    )
  })

  it.each`
    person    | membership                                               | column            | reason
    ${dead}   | ${'BPU,,,1000000,2020-06-01,,'}                          | ${'last_day'}     | ${'has died'}
    ${dead}   | ${'BPU,,,1000000,2020-06-01,2026-03-02,left'}            | ${'last_day'}     | ${'has died'}
    ${merged} | ${'BPU,,,1000000,2020-06-01,,'}                          | ${'from'}         | ${'registered already'}
    ${worker} | ${'PU,NP7001,,1000000,2020-06-01,,'}                     | ${'organisation'} | ${'was closed'}
    ${worker} | ${'PU,NP7001,,1000000,2020-06-01,2026-09-15,left'}       | ${'organisation'} | ${'was closed'}
    ${worker} | ${'PU,NP7002,NP7001,1000000,2020-06-01,,'}               | ${'payer'}        | ${'was closed'}
    ${dead}   | ${'BPU,,,1000000,2020-06-01,2026-03-01,died 2026-03-01'} | ${''}             | ${'taken'}
    ${merged} | ${'BPU,,,1000000,2020-06-01,2026-08-31,left'}            | ${''}             | ${'taken'}
    ${worker} | ${'PU,NP7002,NP7001,1000000,2020-06-01,2026-09-14,left'} | ${''}             | ${'taken'}
  `(
    '$membership: $column $reason',
    async ({ person, membership, column, reason }: { person: string; membership: string; column: string; reason: string }) => {
      const before = await desk.rowsThere()
      const done = await desk.take(folder(person, membership))
      if (column === '') {
        expect(done).toMatchObject({ ok: true, value: { counts: { memberships: '1' } } })
        return
      }
      expect(done).toMatchObject({ ok: true, value: { count: 1, faults: [{ line: 2, column, reason: expect.stringContaining(reason) }] } })
      expect(await desk.rowsThere()).toEqual(before)
    },
  )
})
