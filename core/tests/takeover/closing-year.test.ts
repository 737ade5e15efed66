// A takeover and the close of a year: what a folder brings is in an account whenever it was cut short, and a balance counts in the month in which it is booked.
import type { Day } from '@payung/values'
import { truncated } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Progress, silent, systemActor } from '../../src/platform/index.ts'
import { awaitBalances, bookEntry, careForSavings, checkSavings, closeYear, declareRates, readAccount } from '../../src/savings/index.ts'
import { continueImport } from '../../src/takeover/index.ts'
import { type Desk, type Files, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  const { run, law } = desk.scheme
  for (const year of [2026, 2027]) {
    const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
    await run((tx) => declareRates(tx, law, { from: `${year}-01`, to: `${year}-12`, rate: '6%', kind: 'declared', ...source }))
  }
  const [saver] = await desk.scheme.persons(1)
  const entry = { kind: 'opening', amount: '1000', day: '2026-09-10', reference: 'a', act: 'Test' } as const
  await run((tx) => bookEntry(tx, law, { personId: saver?.personId ?? 0n, ...entry }))
})
afterAll(() => desk.close())

/** One member with a balance of a day. */
const folder = (number: string, day: string): Files => ({
  persons: `old_number,name,born,sex,region\n${number},Ayu Lestari,1990-05-17,female,31.71`,
  memberships: `old_number,membership,segment,organisation,payer,programmes,base,from,last_day,end_reason,covered_since,paid_to,months,act
${number},1,BPU,,,JKK JKM JHT,1000000,2020-06-01,,,,,74,Handover`,
  balances: `old_number,membership,programme,amount,day,act\n${number},1,JHT,1000000,${day},Handover`,
  totals: `file,measure,value\npersons,rows,1\nmemberships,rows,1\nmemberships,base,1000000\nmemberships,months,74\nbalances,rows,1\nbalances,amount,1000000`,
})
/** Cut short when it says that. */
const cutAt = (said: string): { progress: Progress } => {
  const cut = (label: string): void => {
    if (label === said) throw new Error('cut short')
  }
  return { progress: { ...silent, step: cut, note: cut } }
}
const close = (year: number) => closeYear(desk.scheme.platform, desk.scheme.law, year, { actor: systemActor })
const heldBy = async (number: string, on: string): Promise<bigint> => {
  const { rows } = await desk.scheme.admin.query('select person_id from registry.member_directory where member_number = $1', [number])
  return desk.scheme.run(async (tx) => truncated((await readAccount(tx, 'JHT', [rows[0].person_id], on as Day)).balance))
}
const control = (year: number) => desk.scheme.run((tx) => checkSavings(tx, desk.scheme.law, 'JHT', year, 'test'))

it('no year is closed while one is written that was cut short; gone on with, its balance is in the year of its day', async () => {
  desk.scheme.at('2026-12-20')
  await expect(desk.take(folder('QA00001', '2026-11-30'), cutAt('Writing persons'))).rejects.toThrow('cut short')
  desk.scheme.at('2027-01-01')
  expect(await close(2026)).toMatchObject({
    ok: false,
    refusal: { code: 'takeover-unfinished', data: { year: '2026', since: '2026-12-20' } },
  })
  // The work of the day is not stopped by it, and tries again on the next first of a month.
  await careForSavings(desk.scheme.platform, desk.scheme.law, '2027-01-01' as Day)
  expect((await desk.scheme.admin.query('select from savings.closing')).rowCount).toBe(0)
  const gone = await continueImport(desk.scheme.platform, desk.scheme.law, { actor: systemActor })
  expect(gone).toMatchObject({ ok: true })
  expect(await close(2026)).toMatchObject({ ok: true, value: { accounts: 2n, control: { difference: 0n } } })
  expect(await heldBy('QA00001', '2027-01-02')).toBe(1_005_000n)
})

it('a balance of the last day of a closed year is of the next one, and taken; one of the day before is refused', async () => {
  desk.scheme.at('2027-01-10')
  expect(await desk.take(folder('QA00002', '2026-12-30'))).toMatchObject({
    ok: true,
    value: { faults: [{ column: 'day', value: '2026-12-30' }] },
  })
  expect(await desk.take(folder('QA00003', '2026-12-31'))).toMatchObject({ ok: true, value: { already: false } })
  expect(await heldBy('QA00003', '2027-01-31')).toBe(1_005_000n)
  expect(await control(2026)).toMatchObject({ difference: 0n })
})

it('a folder that was only checked holds no close off, and is judged by what was closed since', async () => {
  desk.scheme.at('2027-12-20')
  const checked = folder('QA00004', '2027-11-30')
  await expect(desk.take(checked, cutAt('Comparing rows …'))).rejects.toThrow('cut short')
  desk.scheme.at('2028-01-05')
  expect(await close(2027)).toMatchObject({ ok: true, value: { control: { difference: 0n } } })
  const judged = await desk.scheme.run((tx) => awaitBalances(tx, 99n, '2028-01-05' as Day))
  expect(judged).toMatchObject({ refusal: { code: 'year-closed', data: { day: '2027-12-01', closed: '2027' } } })
  expect(await desk.take(checked)).toMatchObject({ ok: true, value: { faults: [{ column: 'day' }] } })
  expect((await desk.scheme.admin.query('select from savings.awaited')).rowCount).toBe(0)
})
