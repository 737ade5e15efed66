// A monthly run that is killed anywhere and started again ends exactly as one that nobody disturbed: same rows, bills, fines,
// transfers and payables, and the control at 0. So do two runs at the same moment.
import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Month } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { checkControl, roomWith as contributionsRoom, issueBills, openMonth, reportWages, runMonth } from '../../src/contributions/index.ts'
import { roomWith as paymentsRoom } from '../../src/payments/index.ts'
import { fixedClock, inTransaction, makeSubscribers, systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import type { Errand, Moment } from './run-child.ts'

const seed = 20_260_831
const draw = <Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] => fc.sample(arbitrary, { seed, numRuns: count })
const month = '2026-08' as Month
const now = '2026-08-31T05:00:00Z'
const members = 240

/** Employers that pay early, late and never, one that issues before the run, joiners after that, and wages of which some are reported anew. */
async function plant(idsApart: number): Promise<TestScheme> {
  const scheme = await freshScheme('indonesia', '2026-07-01')
  const { law, run } = scheme
  await scheme.owner.query(`alter sequence registry.person_id increment by ${idsApart}`)
  const sizes = draw(fc.constantFrom('micro', 'small', 'medium', 'large'), 12)
  const risks = draw(fc.constantFrom('I', 'II', 'III', 'IV', 'V'), 12)
  const employers: { organisationId: bigint; payerId: bigint }[] = []
  for (const [index, employer_size] of sizes.entries())
    employers.push(
      await scheme.organisation({ kind: 'employer', facts: { employer_size, risk_class: risks[index] ?? 'I', active_workers: '20' } }),
    )
  const employerOf = (index: number) => employers[index % employers.length] ?? { organisationId: 0n, payerId: 0n }
  const persons = await scheme.persons(members)
  const wages = draw(fc.integer({ min: 900_000, max: 30_000_000 }), members)
  const rowOf = (index: number, from: string) => ({
    memberNumber: persons[index]?.memberNumber ?? '',
    segment: 'PU',
    organisationId: employerOf(index).organisationId,
    base: String(wages[index] ?? 0),
    from,
  })
  const late = 12
  await scheme.memberships(persons.slice(late).map((_, index) => rowOf(index + late, '2026-07-01')))
  await run((tx) => openMonth(tx, law, '2026-07' as Month))
  scheme.at('2026-07-31')
  const first = await runMonth(scheme.platform, law, '2026-07' as Month, { actor: systemActor })
  if (!first.ok) throw new Error(first.refusal.rule)
  scheme.at('2026-08-20')
  await run((tx) => openMonth(tx, law, month))
  const { rows: bills } = await scheme.admin.query<{ payer_id: bigint; total: bigint }>(
    `select payer_id, total from contributions.bill where kind = 'month' order by payer_id`,
  )
  const pay = (payer: bigint, amount: bigint, on: string) =>
    scheme.pay([{ channel: 'bank', day: on, externalId: `${payer} ${on}`, code: paymentCode(payer), amount: String(amount) }])
  for (const [index, { payer_id, total }] of bills.entries()) {
    if (index < 4) await pay(payer_id, total, '2026-08-10')
    else if (index < 8) await pay(payer_id, total, '2026-08-20')
  }
  // Money that waits, to pay the bill that the run issues.
  await pay(employerOf(1).payerId, 900_000_000n, '2026-08-21')
  await run((tx) =>
    reportWages(tx, law, {
      payerId: employerOf(2).payerId,
      month,
      rows: persons.flatMap(({ personId }, index) => (index >= late && index % 12 === 2 ? [{ personId, base: '7654321' }] : [])),
    }),
  )
  await run((tx) => issueBills(tx, law, month, [employerOf(3).payerId]))
  await scheme.memberships(persons.slice(0, late).map((_, index) => rowOf(index, '2026-08-21')))
  // A template for clones: nobody stays connected.
  await Promise.all([scheme.platform.database.close(), scheme.owner.end(), scheme.admin.end()])
  return scheme
}

const tables = {
  contributions: `select bill_id >> 20 as payer_id, c.* from contributions.contribution c order by payer_id, person_id, month, ordinal, entry`,
  bills: 'select * from contributions.bill order by payer_id, bill_id',
  fines: 'select * from contributions.fine order by payer_id, bill_id, through_months',
  transfers: `select payer_id, month, day, debit, credit, amount, reason, source_id, reverses from ledger.transfer order by 1, 2, 3, 4, 5, 6, 7, 8`,
  payables: 'select * from payments.payable order by payer_id, kind, id',
  cover: 'select * from contributions.cover_period order by person_id, ordinal, opened_on',
  keys: `select conrelid::regclass::text as partition, pg_get_constraintdef(oid) as key from pg_constraint where contype = 'p' and conrelid::regclass::text ~ 'entry_24319' order by 1`,
} as const

type State = Record<keyof typeof tables, unknown[]>
async function stateOf({ admin }: TestDatabase): Promise<State> {
  const read = async (name: keyof typeof tables) => [name, (await admin.query(tables[name])).rows] as const
  return Object.fromEntries(await Promise.all((Object.keys(tables) as (keyof typeof tables)[]).map(read))) as State
}

/** Runs the errand in a process of its own; gives the signal that ended it, or what it said. */
function send(errand: Errand): Promise<{ signal: string | null; said: { ok: boolean; statements: number } | null }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'run-child.ts')], {
    env: { ...process.env, ERRAND: JSON.stringify(errand) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code !== null && code !== 0) reject(new Error(`the run ended with ${code}`))
      else resolve({ signal, said: text ? (JSON.parse(text) as { ok: boolean; statements: number }) : null })
    })
  })
}

describe.each`
  path                          | idsApart   | chunk | parts
  ${'rows are added in chunks'} | ${1}       | ${8}  | ${30}
  ${'leaves are laid anew'}     | ${100_000} | ${8}  | ${3}
`('where $path', ({ idsApart, chunk, parts }: { idsApart: number; chunk: number; parts: number }) => {
  let planted: TestScheme
  let twin: TestDatabase
  let undisturbed: State
  let statements = 0

  /** A twin of what was planted, with the rooms listening. */
  const clone = async (): Promise<TestDatabase> => {
    const subscribers = makeSubscribers()
    for (const room of [contributionsRoom(planted.law), paymentsRoom(planted.law)]) room.subscribe?.(subscribers)
    return freshDatabase({ template: planted.address, subscribers, clock: fixedClock(now) })
  }
  const errand = ({ address }: TestDatabase, kill: Errand['kill']): Errand => ({ address, now, month, chunk, kill })
  const runHere = async ({ platform }: TestDatabase) => {
    const done = await runMonth(platform, planted.law, month, { actor: systemActor, chunk })
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value
  }
  const differenceOf = async ({ platform }: TestDatabase): Promise<bigint> => {
    const done = await inTransaction(platform, { role: 'run', actor: systemActor }, { name: 'control', input: null }, async (tx) => ({
      ok: true,
      value: await checkControl(tx, 'test', null),
    }))
    return done.ok ? done.value.difference : -1n
  }

  beforeAll(async () => {
    planted = await plant(idsApart)
    twin = await clone()
    const { said, signal } = await send(errand(twin, null))
    expect([said?.ok, signal]).toEqual([true, null])
    statements = said?.statements ?? 0
    undisturbed = await stateOf(twin)
  })
  afterAll(async () => {
    await twin.admin.query(`drop database ${planted.address.database} with (force)`)
    await twin.close()
  })

  it('is a month worth killing: many chunks, fines, a supplement, credit that pays, and every row once', async () => {
    const count = async (text: string): Promise<number> => Number((await twin.admin.query<{ n: bigint }>(text)).rows[0]?.n)
    expect(await count('select count(*) as n from contributions.run_step where month = 2026 * 12 + 7')).toBeGreaterThanOrEqual(parts)
    expect(await count(`select count(*) as n from contributions.contribution where month = 2026 * 12 + 7`)).toBe(members)
    expect(await count(`select count(*) as n from contributions.bill where kind = 'supplement'`)).toBe(1)
    expect(await count('select count(*) as n from contributions.fine')).toBe(8)
    expect(await count(`select count(*) as n from contributions.bill where state = 'paid' and month = 2026 * 12 + 7`)).toBe(1)
    const leaves = Number(await count('select (max(person_id) >> 23) - (min(person_id) >> 23) + 1 as n from contributions.membership_fact'))
    expect(undisturbed.keys).toEqual(
      Array.from({ length: leaves }, (_, leaf) => ({
        partition: `contributions.entry_24319_${leaf}`,
        key: 'PRIMARY KEY (person_id, month, ordinal, entry)',
      })),
    )
    expect(await differenceOf(twin)).toBe(0n)
  })

  it('killed at random statements, each time on a database of its own, and resumed', async () => {
    const moments = draw(fc.constantFrom<Moment>('before', 'within', 'after'), 10)
    // One point in each tenth of the run, so that the ends are met as well as the middle.
    const points = draw(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), 10).map(
      (within, tenth) => 1 + Math.floor(((tenth + within) / 10) * (statements - 1)),
    )
    const crash = async (index: number): Promise<void> => {
      const database = await clone()
      try {
        const kill = { at: points[index] ?? 1, moment: moments[index] ?? 'before' }
        expect((await send(errand(database, kill))).signal, JSON.stringify(kill)).toBe('SIGKILL')
        // Whatever was cut short, the keys stand and nothing is left lying beside.
        expect((await stateOf(database)).keys).toEqual(undisturbed.keys)
        expect((await database.admin.query(`select from pg_tables where schemaname = 'staging'`)).rowCount).toBe(0)
        expect((await runHere(database)).control.difference, JSON.stringify(kill)).toBe(0n)
        expect(await stateOf(database), JSON.stringify(kill)).toEqual(undisturbed)
        expect(await differenceOf(database)).toBe(0n)
      } finally {
        await database.close()
      }
    }
    // Ten times each in full size: each kill is a database and a process of its own.
    const kills = size(2, 10)
    for (let index = 0; index < kills; index += 2) await Promise.all([crash(index), crash(index + 1)])
  }, 180_000)

  it('killed several times one after the other and resumed', async () => {
    const database = await clone()
    try {
      const steps = draw(fc.integer({ min: 8, max: Math.floor(statements / 12) + 8 }), size(1, 10))
      for (const at of steps) expect((await send(errand(database, { at, moment: 'within' }))).signal).toBe('SIGKILL')
      await runHere(database)
      expect(await stateOf(database)).toEqual(undisturbed)
    } finally {
      await database.close()
    }
  }, 180_000)

  it('run by two at the same moment', async () => {
    const database = await clone()
    try {
      await Promise.all([runHere(database), runHere(database)])
      expect(await stateOf(database)).toEqual(undisturbed)
      expect(await differenceOf(database)).toBe(0n)
    } finally {
      await database.close()
    }
  })

  it('run while an employer issues its own bill', async () => {
    const database = await clone()
    try {
      const payers = (
        await database.admin.query<{ payer_id: bigint }>(`select payer_id from registry.payer where kind = 'employer' order by 1`)
      ).rows
      const issue = async ({ payer_id }: { payer_id: bigint }) =>
        inTransaction(database.platform, { role: 'run', actor: systemActor }, { name: 'issue', input: null }, (tx) =>
          issueBills(tx, planted.law, month, [payer_id]),
        )
      await Promise.all([runHere(database), ...payers.map(issue)])
      await runHere(database)
      const { contributions, fines } = await stateOf(database)
      expect(contributions).toEqual(undisturbed.contributions)
      expect(fines.length).toBe(undisturbed.fines.length)
      expect(await differenceOf(database)).toBe(0n)
    } finally {
      await database.close()
    }
  })
})
