// The savings work of a first of January (rates taken, December credited, the year closed, a late rate settled) survives a fault at each
// of its statements, a cut connection and a killed process: done again, it ends as if nothing had happened, and nothing stands twice.
import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { openMonth, runMonth } from '../../core/src/contributions/index.ts'
import { fixedClock, systemActor } from '../../core/src/platform/index.ts'
import { paymentCode } from '../../core/src/registry/index.ts'
import { bookEntry, careForSavings, closeYear, declareRates } from '../../core/src/savings/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { isFull, size } from '../size.ts'
import { faulty } from './faulty.ts'
import type { Errand } from './savings-child.ts'

const now = '2028-01-01T05:00:00Z'
const today = '2028-01-01' as Day
let planted: TestScheme
let before: State
let after: State
let statements = 0

/** A closed year whose rate turned out otherwise, and a year to close. */
async function plant(): Promise<TestScheme> {
  const scheme = await freshScheme('indonesia', '2026-08-01')
  const { law, run } = scheme
  const firm = await scheme.organisation({ kind: 'employer' })
  const persons = await scheme.persons(4)
  await scheme.memberships(
    persons.map(({ memberNumber }, place) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firm.organisationId,
      base: String(5_000_001 + place),
      from: '2026-08-01',
    })),
  )
  const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
  await run((tx) => declareRates(tx, law, { from: '2026-01', to: '2027-12', rate: '5%', kind: 'provisional', ...source }))
  for (const month of ['2026-08', '2027-02']) {
    scheme.at(`${month}-01`)
    await run((tx) => openMonth(tx, law, month as Month))
    scheme.at(`${month}-28`)
    const done = await runMonth(scheme.platform, law, month as Month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    const { rows } = await scheme.admin.query<{ total: bigint }>(
      `select total from contributions.bill where state = 'issued' and payer_id = $1`,
      [firm.payerId],
    )
    await scheme.pay([
      { channel: 'bank', day: `${month}-28`, externalId: month, code: paymentCode(firm.payerId), amount: String(rows[0]?.total) },
    ])
    if (month === '2026-08') {
      scheme.at('2027-01-01')
      const closed = await closeYear(scheme.platform, law, 2026, { actor: systemActor })
      if (!closed.ok) throw new Error(closed.refusal.rule)
    }
  }
  await run((tx) =>
    bookEntry(tx, law, { personId: persons[0]?.personId ?? 0n, kind: 'withdrawal', amount: '1000', reference: 'w', act: 'Test' }),
  )
  await run((tx) => declareRates(tx, law, { from: '2026-01', to: '2026-12', rate: '6.1%', kind: 'declared', ...source }))
  await Promise.all([scheme.platform.database.close(), scheme.owner.end(), scheme.admin.end()])
  return scheme
}

const clone = async (): Promise<TestDatabase> =>
  freshDatabase({ template: planted.address, clock: fixedClock(now), subscribers: houseFor(planted.law).subscribers })

/** All that the work changes but numbers that are drawn anew with each attempt. Statements of a year that is only begun are none. */
const tables = [
  'select * from savings.rate order by programme, month, version',
  'select person_id, amount, bearing, day, month, thirds, of_year, kind, reference from savings.entry order by 1, 4, 2',
  'select * from savings.closing order by year',
  'select * from savings.year order by year',
  'select * from savings.restatement order by year, turn',
  'select * from savings.credit order by month, step',
  'select * from savings.statement order by year, person_id',
  `select debit, credit, amount, day, month, reason, source_id from ledger.transfer order by 4, 5, 1, 2, 3`,
  `select programme, year, balances, outstanding, liability, difference from savings.control_check order by check_id`,
  `select kind, subject, payload from platform.event where room = 'savings' order by event_id`,
]
type State = unknown[][]
const stateOf = ({ admin }: TestDatabase): Promise<State> => Promise.all(tables.map(async (text) => (await admin.query(text)).rows))
const care = (database: Pick<TestDatabase, 'platform'>): Promise<void> => careForSavings(database.platform, planted.law, today)

beforeAll(async () => {
  planted = await plant()
  const twin = await clone()
  before = await stateOf(twin)
  const { platform, count } = faulty(twin, 0, 'not sent')
  await care({ platform })
  statements = count()
  after = await stateOf(twin)
  expect(after).not.toEqual(before)
  await care(twin)
  expect(await stateOf(twin), 'a second time').toEqual(after)
  await twin.close()
})
afterAll(async () => {
  const last = await freshDatabase()
  await last.admin.query(`drop database ${planted.address.database} with (force)`)
  await last.close()
})

test('the year is closed, the difference booked, and the control shows none', () => {
  const [, entries = [], , years = [], restated = [], , statements_ = [], , controls = []] = after
  expect(years).toMatchObject([{ year: 2026 }, { year: 2027 }])
  expect(statements_).toHaveLength(8)
  expect(entries.filter((entry) => (entry as { kind: string }).kind === 'difference')).toHaveLength(4)
  expect(restated).toMatchObject([{ year: 2026, turn: 1 }])
  expect(controls.map((control) => (control as { difference: bigint }).difference)).toEqual([0n, 0n])
})

test.each(['not sent', 'connection cut'] as const)(
  'each statement in turn %s: done again, all of it stands once',
  async (fault) => {
    expect(statements).toBeGreaterThan(40)
    // Every statement in full size, else a few; the last, the commit, always.
    for (let at = statements; at >= 1; at -= size(23, 1)) {
      const database = await clone()
      try {
        await expect(care(faulty(database, at, fault)), `statement ${at}`).rejects.toThrow()
        await care(database)
        expect(settledState(await stateOf(database)), `statement ${at}`).toEqual(settledState(after))
      } finally {
        await database.close()
      }
    }
  },
  size(300_000, 3_600_000),
)

/** A control that was measured and lost its answer is measured once more: its rows are kept once here. */
const settledState = (state: State): State =>
  state.map((rows, place) =>
    place === 8 ? rows.filter((row, index) => index === 0 || JSON.stringify(row, text) !== JSON.stringify(rows[index - 1], text)) : rows,
  )
const text = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)

const send = (errand: Errand): Promise<{ signal: string | null; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'savings-child.ts')], {
      env: { ...process.env, ERRAND: JSON.stringify(errand) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => (code ? reject(new Error(`the errand ended with ${code}`)) : resolve({ signal, said })))
  })

test('a process killed at any moment loses nothing and does nothing twice', async () => {
  const undisturbed = await clone()
  const last = Number((await send({ address: undisturbed.address, now, today, killAt: null })).said)
  expect(await stateOf(undisturbed)).toEqual(after)
  await undisturbed.close()
  for (const killAt of [...(isFull ? [0.2, 0.45, 0.7, 0.95] : [0.6]).map((part) => Math.ceil(part * last)), last]) {
    const database = await clone()
    try {
      expect((await send({ address: database.address, now, today, killAt })).signal, `statement ${killAt}`).toBe('SIGKILL')
      await care(database)
      expect(settledState(await stateOf(database)), `statement ${killAt}`).toEqual(settledState(after))
    } finally {
      await database.close()
    }
  }
})
