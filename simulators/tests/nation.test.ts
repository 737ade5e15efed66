// A tiny nation from end to end: its counts are those of its plan, its figures those of the rows, every exception is in it, and its seed
// decides everything.
import type { Figure, Overview } from '@payung/api'
import * as contributions from '@payung/core/contributions'
import * as coverage from '@payung/core/coverage'
import { inTransaction, readAs, silent, storedClock, systemActor } from '@payung/core/platform'
import * as savings from '@payung/core/savings'
import { type Law, lawOf, loadPack, packFolder } from '@payung/law'
import type { Day } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { freshDatabase, type TestDatabase } from '../../tests/database.ts'
import { isFull, size } from '../../tests/size.ts'
import { type CreatedNation, createNation, nationDigest } from '../src/index.ts'
import { playPeak } from '../src/nation/peak.ts'
import { exceptionKinds } from '../src/nation/profile.ts'
import { letters, rowsBesides, rowsOfKind } from './happenings.ts'
import { askPages, type Pages } from './pages.ts'

const until = '2026-10-31' as Day
/** With the full size the nation that is founded and served: one person stands for a thousand. */
const tiny = { scale: size(100_000, 1000), until, history: size(15, 24), seed: size(7, 1) }
const patience = size(240_000, 3_600_000)
const run = { role: 'run', actor: systemActor } as const

let law: Law
const made: TestDatabase[] = []

async function makeNation(seed: number): Promise<{ db: TestDatabase; nation: CreatedNation }> {
  const { subscribers } = houseFor(law)
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
}, patience)
afterAll(async () => void (await Promise.all(made.map((db) => db.close()))))

const number = async (text: string): Promise<bigint> => {
  const { rows } = await first.db.admin.query<{ n: string | bigint }>(text)
  return BigInt(rows[0]?.n ?? -1)
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0)

describe('the counts', () => {
  test('are those of the profile, divided by the scale', () => {
    const { active, registered, segments } = first.nation
    expect({ active, registered }).toEqual({ active: size(402, 40_200), registered: size(590, 59_000) })
    expect(segments.reduce((sum, { members }) => sum + members, 0)).toBe(active)
  })

  test('equal the registry, recounted person by person', async () => {
    const counted = await number(`select sum(members) as n from coverage.daily_count where day = '${until}' and programme = ''`)
    const recounted = await number(
      `select count(distinct person_id) as n from contributions.cover_on('${until}') where state in ('covered', 'covered, contribution outstanding')`,
    )
    expect(counted).toBe(recounted)
    expect(await number(`select sum(active) as n from coverage.registered where day = '${until}'`)).toBe(recounted)
    // Two numbers that were merged are one human being.
    const humans = `select count(*) as n from registry.person p join registry.member_directory d using (member_number) where d.person_id = p.person_id`
    expect(await number(`select sum(persons) as n from coverage.registered where day = '${until}'`)).toBe(await number(humans))
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
      `select f.month,
         f.computed - (select coalesce(sum((employer + worker) * (1 - entry % 2 * 2)), 0) from contributions.contribution c where c.month = f.month)
           - (select coalesce(sum(p.employer + p.worker), 0) from contributions.premium_part p join contributions.bill b using (payer_id, bill_id) where p.month = f.month) as rows,
         f.billed - (select coalesce(sum(employer + worker + correction), 0) from contributions.bill b where b.month = f.month
           and not exists (select from contributions.counter_bill w where w.payer_id = b.payer_id and w.counter_id = b.bill_id and w.kind <> 'split')) as bills,
         f.booked - (select coalesce(sum(case when a.account = t.credit then amount else -amount end), 0) from ledger.transfer t join ledger.account a on a.account in (t.debit, t.credit)
           where a.code like 'fund:%' and t.month = f.month and t.reason in ('contribution', 'premium', 'correction')) as ledger,
         f.collected - (select coalesce(sum(employer + worker + correction), 0) from contributions.bill b where b.month = f.month and b.paid_on is not null) as paid,
         abs(f.computed - f.booked) + abs(f.computed - f.billed) as difference, f.computed > 0 as something
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

// A second nation takes as long as the first; that its plan is the same is asked of the plan itself, in a moment.
if (isFull)
  test('the same seed makes the same nation', { timeout: patience }, async () => {
    const digest = ({ db }: { db: TestDatabase }): Promise<string> => readAs(db.platform, run, nationDigest)
    expect(await digest(await makeNation(tiny.seed))).toBe(await digest(first))
  })

describe('the exceptions', () => {
  it.each(Object.entries({ ...rowsOfKind, ...rowsBesides(until) }))('contain %s', async (_what, rows) => {
    expect(await number(`select count(*) as n from ${rows}`)).toBeGreaterThan(0n)
  })

  it('are those of the profile, each with its rows', () => {
    expect(Object.keys(rowsOfKind).toSorted()).toEqual([...exceptionKinds].toSorted())
  })

  it('were told in letters, of each kind that they ask for', async () => {
    const { rows } = await first.db.admin.query<{ kind: string }>('select distinct kind from notices.letter')
    const kinds = new Set(rows.map(({ kind }) => kind))
    expect(letters.filter((kind) => !kinds.has(kind))).toEqual([])
  })

  it('contain certificates of contracts', async () => {
    const contract = await number(`select max(contract_id) as n from contributions.premium_part where kind = 'instalment'`)
    const certified = await readAs(first.db.platform, run, (tx) => contributions.certifyContract(tx, law, contract))
    expect(certified.ok && certified.value.number).toMatch(/^\d+-\d+$/)
  })

  it('leave no payer with money below nothing', async () => {
    expect(await number(`select count(*) as n from ledger.payer_balance where balance < 0`)).toBe(0n)
  })
})

describe('what anyone may read', () => {
  let pages: Pages
  beforeAll(async () => {
    pages = await askPages(first.db, law)
  })
  afterAll(() => pages.close())

  test('of members equals cover, counted from the registry', async () => {
    const overview = await pages.get<Overview>('overview')
    const persons = await pages.covered(until)
    expect(overview).toMatchObject({ asOf: until, counted: true })
    expect([overview.rate.covered.value, overview.registered]).toEqual([persons.active.size, persons.registered])
    expect(overview.programmes.length).toBeGreaterThan(2)
    for (const { programme, members } of overview.programmes) expect(members.value, programme).toBe(persons.byProgramme.get(programme))
    expect(sumOf(overview.segments.map(({ members }) => members.value ?? 0))).toBe(persons.active.size)
  })

  test('of provinces equals it too, and hides only the small ones and who protects them', async () => {
    const regions = await pages.get<{ code: string; rate: Overview['rate'] }[]>('regions')
    const { byProvince } = await pages.covered(until)
    expect(regions).toHaveLength(38)
    for (const { code, rate } of regions) if (rate.covered.hidden === null) expect(rate.covered.value, code).toBe(byProvince.get(code) ?? 0)
    expect(regions.some(({ rate }) => (rate.covered.value ?? 0) > 4)).toBe(true)
  })

  test('of months equals rows, bills and ledger, and shows no difference', async () => {
    const { history } = await pages.get<Overview>('overview')
    const sums = await pages.months()
    expect(history).toHaveLength(tiny.history)
    for (const { month, computed, billed, booked, difference, collected, bills } of history) {
      const said = { computed, billed, booked, difference, collected }
      const whole = bills && {
        fines: bills.fines,
        all: bills.billed,
        inLedger: bills.booked,
        between: bills.difference,
        paid: bills.collected,
      }
      const plain = Object.fromEntries(Object.entries({ ...said, ...whole }).map(([what, { amount }]) => [what, amount]))
      expect(plain, month).toEqual(sums.get(month))
    }
  })

  test('of the control shows no difference', async () => {
    const { columns, rows } = await pages.get<Figure>('figures/control')
    const place = columns.findIndex(({ code }) => code === 'difference')
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) expect(row[place]).toBe('0')
  })

  test('of a number is what cover says of its person, also of an old number', async () => {
    const asked = await pages.sample(until)
    expect(new Set(asked.map(({ answer }) => answer)).size).toBeGreaterThan(2)
    for (const { number: asking, answer, merged } of asked)
      expect(await pages.get(`cover/${asking}?on=${until}`), asking).toMatchObject({ answer, merged })
  })
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
    // Before anybody saved, a month needs no rate.
    const empty = size(7, 0)
    expect(year?.kinds).toEqual(Array.from({ length: 12 }, (_, month) => (month < empty ? null : 'declared')))
    expect(year).toMatchObject({ difference: 0n })
    expect(year?.accounts).toBeGreaterThan(0n)
    expect(year?.balances).toBeGreaterThan(0n)
    expect(await number('select count(*) as n from savings.statement where year = 2025')).toBe(year?.accounts)
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

test('a day on which a third of all payers pay books each payment once, and plays no second time', async () => {
  const play = () => playPeak(first.db.platform, law, until, 1, silent)
  const done = await play()
  expect(done).toMatchObject({ ok: true, value: { known: 0, difference: 0n } })
  if (!done.ok) return
  expect(done.value.booked).toBeGreaterThan(20)
  expect(done.value.byHour.reduce((sum, each) => sum + each, 0)).toBe(done.value.payments)
  const paid = `select count(*) as n from payments.payment where external_id like 'peak-%'`
  expect(await number(paid)).toBe(BigInt(done.value.payments))
  expect(await play()).toMatchObject({ ok: true, value: { booked: 0, difference: 0n } })
  expect(await number(paid)).toBe(BigInt(done.value.payments))
})
