// Jobs after a commit, daily work by the clock, and set work that goes on where it was.
import { type Day, ok } from '@payung/values'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { actorLike, freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { houseRoom } from '../../src/channels/house.ts'
import {
  type Daily,
  fixedClock,
  forwardClock,
  inTransaction,
  runSteps,
  setClock,
  silent,
  storedClock,
  systemActor,
} from '../../src/platform/index.ts'
import { runDue, startWorker } from '../../src/platform/jobs.ts'
import { writeSetting } from '../../src/platform/settings.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

test('a job runs after the commit with its payload whole', async () => {
  const seen: unknown[] = []
  const runner = await startWorker(db.platform, [{ name: 'see', run: async (_platform, payload) => void seen.push(payload) }], () => {})
  try {
    await inTransaction(db.platform, { role: 'online', actor: actorLike() }, { name: 'ask', input: undefined }, async (tx) => {
      tx.enqueue({ task: 'see', payload: { big: 9007199254740993n } })
      return ok(undefined)
    })
    await vi.waitFor(() => expect(seen).toEqual([{ big: 9007199254740993n }]), { timeout: 10_000 })
  } finally {
    await runner.stop()
  }
})

test('a job that fails is told in one line and kept to be tried again; the next one runs', async () => {
  const told: string[] = []
  const seen: unknown[] = []
  const runner = await startWorker(
    db.platform,
    [
      { name: 'fail', run: () => Promise.reject(new Error('the month is not issued')) },
      { name: 'see', run: async (_platform, payload) => void seen.push(payload) },
    ],
    (line) => void told.push(line),
  )
  const ask = (task: string) =>
    inTransaction(db.platform, { role: 'online', actor: actorLike() }, { name: 'ask', input: task }, async (tx, name) => {
      tx.enqueue({ task: name, payload: { secret: 'of a person' } })
      return ok(undefined)
    })
  const waiting = async () =>
    (
      await db.admin.query<object>(
        `select task_identifier, attempts, last_error, locked_at, run_at > now() as later from graphile_worker.jobs`,
      )
    ).rows
  try {
    await ask('fail')
    await vi.waitFor(
      async () =>
        expect(await waiting()).toEqual([
          { task_identifier: 'fail', attempts: 1, last_error: 'the month is not issued', locked_at: null, later: true },
        ]),
      { timeout: 10_000 },
    )
    await ask('see')
    await vi.waitFor(() => expect(seen).toEqual([{ secret: 'of a person' }]), { timeout: 10_000 })
  } finally {
    await runner.stop()
  }
  expect(told).toEqual(['the job fail failed (attempt 1 of 25, it is tried again): the month is not issued'])
})

test('moving the clock runs each day in order, on its day, and each once', async () => {
  const platform = { ...db.platform, clock: storedClock(db.platform.database) }
  await writeSetting(platform, 'time-zone', 'Asia/Jakarta')
  await setClock(platform, new Date('2026-01-30T05:00:00Z'))
  const ran: string[] = []
  const note = (name: string, due: (day: Day) => boolean): Daily => ({
    name,
    due,
    run: async (given, today) => void ran.push(`${name} ${today} ${(await given.clock.now()).toISOString().slice(0, 13)}`),
  })
  const dailies = [note('daily', () => true), note('monthly', (day) => day.endsWith('-01'))]
  await runDue(platform, dailies, silent)
  await forwardClock(platform, dailies, new Date('2026-02-01T20:00:00Z'), silent)
  await runDue(platform, dailies, silent)
  expect(ran).toEqual([
    'daily 2026-01-30 2026-01-30T05',
    'daily 2026-01-31 2026-01-30T17',
    'daily 2026-02-01 2026-01-31T17',
    'monthly 2026-02-01 2026-01-31T17',
    'daily 2026-02-02 2026-02-01T17',
  ])
  expect((await platform.clock.now()).toISOString().slice(0, 16)).toBe('2026-02-01T20:00')
})

test('a command that moves the clock never moves it back', async () => {
  const platform = { ...db.platform, clock: storedClock(db.platform.database) }
  const run = commandOn(platform, houseRoom.commands ?? [])
  await setClock(platform, new Date('2026-02-10T05:00:00Z'))
  expect(await run('clock', 'set', '2020-01-01')).toMatchObject({
    ok: false,
    refusal: { code: 'clock-goes-back', data: { given: '2020-01-01' } },
  })
  expect((await platform.clock.now()).toISOString()).toMatch(/^2026-02-10T05:00/)
  expect(await run('clock', 'set', '2026-02-11T09:00')).toMatchObject({
    ok: true,
    value: { lines: [expect.stringMatching(/^2026-02-11 09:00/)] },
  })
  // Another command has come further meanwhile.
  await forwardClock({ ...platform, clock: fixedClock('2026-02-01T00:00:00Z') }, [], new Date('2026-02-03T00:00:00Z'), silent)
  expect((await platform.clock.now()).toISOString()).toMatch(/^2026-02-11T02:00/)
})

test('set work that broke goes on with the step that broke', async () => {
  const tried: string[] = []
  const steps = (broken: boolean) =>
    ['a', 'b', 'c'].map((key) => ({
      key,
      run: async () => {
        tried.push(key)
        if (broken && key === 'b') throw new Error('power failed')
        return BigInt(key.charCodeAt(0))
      },
    }))
  await expect(runSteps(db.platform, systemActor, 'work', 'Steps', steps(true), silent)).rejects.toThrow('power failed')
  const values = await runSteps(db.platform, systemActor, 'work', 'Steps', steps(false), silent)
  expect([tried, values]).toEqual([
    ['a', 'b', 'b', 'c'],
    [97n, 98n, 99n],
  ])
})

test('the partitions of commands open ahead, take in what came before, and go after 35 days', async () => {
  await inTransaction(db.platform, { role: 'online', actor: actorLike() }, { name: 'early', input: 1, key: 'early' }, async () =>
    ok('kept'),
  )
  const asRun = (text: string) =>
    inTransaction(db.platform, { role: 'run', actor: systemActor }, { name: 'x', input: text }, async (tx, statement) =>
      ok(await tx.query(statement)),
    )
  await asRun(`select platform.open_command_day((now() at time zone 'UTC')::date)`)
  const again = await inTransaction(
    db.platform,
    { role: 'online', actor: actorLike() },
    { name: 'early', input: 1, key: 'early' },
    async () => ok('done again'),
  )
  const { rows } = await db.admin.query<{ place: string }>(
    `select tableoid::regclass::text as place from platform.command where key = 'early'`,
  )
  expect([again, rows[0]?.place]).toEqual([{ ok: true, value: 'kept' }, expect.stringMatching(/^platform\.command_\d{8}$/)])
  await expect(asRun('select platform.close_command_days(current_date)')).rejects.toThrow(/kept for 35 days/)
  await asRun('select platform.open_command_day(current_date - 60)')
  expect(await asRun('select platform.close_command_days(current_date - 36) as gone')).toEqual({ ok: true, value: [{ gone: 1 }] })
})
