// A tiny nation from end to end: its counts are those of its plan, its figures those of the rows, and its seed decides everything.
import * as contributions from '@payung/core/contributions'
import * as coverage from '@payung/core/coverage'
import * as payments from '@payung/core/payments'
import { inTransaction, makeSubscribers, readAs, silent, storedClock, systemActor } from '@payung/core/platform'
import * as savings from '@payung/core/savings'
import { type Law, lawOf, loadPack, packFolder } from '@payung/law'
import type { Day } from '@payung/values'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../tests/database.ts'
import { type CreatedNation, createNation, nationDigest } from '../src/index.ts'

const until = '2026-10-31' as Day
const tiny = { scale: 100_000, until, history: 12, seed: 7 }
const run = { role: 'run', actor: systemActor } as const

let law: Law
const made: TestDatabase[] = []

async function makeNation(seed: number): Promise<{ db: TestDatabase; nation: CreatedNation }> {
  const subscribers = makeSubscribers()
  contributions.roomWith(law).subscribe?.(subscribers)
  payments.roomWith(law).subscribe?.(subscribers)
  savings.roomWith(law).subscribe?.(subscribers)
  const opened = await freshDatabase({ subscribers })
  made.push(opened)
  const db = { ...opened, platform: { ...opened.platform, clock: storedClock(opened.platform.database) } }
  const analyze = async (): Promise<void> => void (await opened.admin.query('analyze'))
  return { db, nation: await createNation(db.platform, law, { ...tiny, seed, analyze }, silent) }
}

let first: { db: TestDatabase; nation: CreatedNation }

beforeAll(async () => {
  law = lawOf(await loadPack(packFolder('indonesia')))
  first = await makeNation(tiny.seed)
})
afterAll(async () => void (await Promise.all(made.map((db) => db.close()))))

const number = async (text: string): Promise<bigint> => {
  const { rows } = await first.db.admin.query<{ n: string | bigint }>(text)
  return BigInt(rows[0]?.n ?? -1)
}

describe('the counts', () => {
  test('are those of the profile, divided by the scale', () => {
    const { active, registered, segments } = first.nation
    expect({ active, registered }).toEqual({ active: 402, registered: 590 })
    expect(segments.reduce((sum, { members }) => sum + members, 0)).toBe(active)
  })

  test('equal the registry, recounted person by person', async () => {
    const counted = await number(`select sum(members) as n from coverage.daily_count where day = '${until}' and programme = ''`)
    const recounted = await number(
      `select count(distinct person_id) as n from contributions.cover_on('${until}') where state in ('covered', 'covered, contribution outstanding')`,
    )
    expect(counted).toBe(recounted)
    expect(await number(`select sum(active) as n from coverage.registered where day = '${until}'`)).toBe(recounted)
    expect(await number(`select sum(persons) as n from coverage.registered where day = '${until}'`)).toBe(
      await number('select count(*) as n from registry.person'),
    )
  })

  test('of each programme count a person once', async () => {
    const { rows } = await first.db.admin.query(
      `select programme, (select count(distinct person_id) from contributions.cover_on('${until}') c where c.programme = d.programme and c.state like 'covered%') - sum(members) as difference
       from coverage.daily_count d where day = '${until}' and programme not in ('', '-') and state like 'covered%' group by programme`,
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows) expect(Number(row.difference), row.programme).toBe(0)
  })
})

describe('the months', () => {
  test('equal rows, bills and ledger, each summed by itself', async () => {
    const { rows } = await first.db.admin.query(
      `select f.month, f.computed - (select coalesce(sum(employer + worker), 0) from contributions.contribution c where c.month = f.month)
           - (select coalesce(sum(p.employer + p.worker), 0) from contributions.premium_contract p where p.month = f.month) as rows,
         f.billed - (select coalesce(sum(employer + worker), 0) from contributions.bill b where b.month = f.month) as bills,
         f.booked - (select coalesce(sum(amount), 0) from ledger.transfer t where t.month = f.month and t.reason in ('contribution', 'premium')) as ledger,
         f.collected - (select coalesce(sum(employer + worker), 0) from contributions.bill b where b.month = f.month and b.paid_on is not null) as paid,
         f.computed - f.booked as difference, f.computed > 0 as something
       from coverage.month_figure f where f.segment = ''`,
    )
    expect(rows.length).toBe(tiny.history)
    for (const { month, something, ...differences } of rows) {
      expect(something, `month ${month}`).toBe(true)
      for (const [what, difference] of Object.entries(differences)) expect(Number(difference), `${what} of ${month}`).toBe(0)
    }
  })

  test('are the sum of their segments', async () => {
    const { rows } = await first.db.admin.query(
      `select month, sum(case when segment = '' then computed else -computed end) as computed, sum(case when segment = '' then billed else -billed end) as billed,
         sum(case when segment = '' then collected else -collected end) as collected from coverage.month_figure group by month`,
    )
    for (const row of rows) expect([row.computed, row.billed, row.collected].map(Number)).toEqual([0, 0, 0])
  })

  test('leave no control with a difference', async () => {
    expect(await number('select count(*) as n from contributions.control_check where difference <> 0')).toBe(0n)
  })
})

test('the roll-ups are thrown away and rebuilt to the same', async () => {
  const read = async (): Promise<unknown> => {
    const tables = ['daily_count order by 1, 2, 3, 4, 5, 6, 7', 'registered order by 1, 2', 'month_figure order by 1, 2, 3']
    return Promise.all(tables.map(async (table) => (await first.db.admin.query(`select * from coverage.${table}`)).rows))
  }
  const before = await read()
  const rebuilt = await inTransaction(first.db.platform, run, { name: 'rebuild', input: null }, (tx) =>
    coverage.rebuildCoverage(tx, law.pack, silent),
  )
  expect(rebuilt.ok && rebuilt.value).toEqual({ days: 1, months: tiny.history })
  expect(await read()).toEqual(before)
})

test('the same seed makes the same nation, another seed another', async () => {
  const digest = ({ db }: { db: TestDatabase }): Promise<string> => readAs(db.platform, run, nationDigest)
  const [again, other] = [await makeNation(tiny.seed), await makeNation(tiny.seed + 1)]
  expect(await digest(again)).toBe(await digest(first))
  expect(await digest(other)).not.toBe(await digest(first))
  expect(other.nation.active).toBe(first.nation.active)
})

describe('the savings', () => {
  test('of the year that ended are stated, with the published rate, and the ledger owes exactly that', async () => {
    const { rows } = await first.db.admin.query<{
      kinds: string[]
      accounts: bigint
      balances: bigint
      outstanding: bigint
      difference: bigint
    }>(
      'select y.kinds, y.accounts, c.balances, c.outstanding, c.difference from savings.year y join savings.control_check c using (programme, year) where y.year = 2025',
    )
    const [year] = rows
    expect(year?.kinds).toEqual([...Array.from({ length: 10 }, () => null), 'declared', 'declared'])
    expect(year).toMatchObject({ difference: 0n })
    expect(year?.accounts).toBeGreaterThan(0n)
    expect(year?.balances).toBeGreaterThan(0n)
    expect(await number('select count(*) as n from savings.statement')).toBe(year?.accounts)
  })

  test('of this year earn our own provisional rate, labelled so, and each month moved its return', async () => {
    expect(
      await number(
        `select count(*) as n from savings.rate where month between 2026 * 12 and 2026 * 12 + 11 and kind = 'provisional' and status = 'unverified'`,
      ),
    ).toBe(12n)
    expect(await number(`select count(*) as n from ledger.transfer where reason = 'savings-return'`)).toBeGreaterThan(8n)
    const { rows } = await first.db.admin.query<{ person_id: bigint }>(
      'select person_id from savings.statement order by parts desc limit 20',
    )
    for (const { person_id } of rows) {
      const [stated, all] = await readAs(first.db.platform, run, async (tx) => [
        await savings.readAccount(tx, 'JHT', [person_id], until),
        await savings.readAccount(tx, 'JHT', [person_id], until, { fromStart: true }),
      ])
      expect(stated?.balance).toEqual(all?.balance)
    }
  })
})
