// The one write path: idempotent by key, atomic, and a group whose members do not harm each other.
import { ok, type Result, refuse } from '@payung/values'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actorLike, freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { makeSubscribers } from '../../src/platform/events.ts'
import { type Caller, inTransaction, readAs } from '../../src/platform/in-transaction.ts'
import type { Tx } from '../../src/platform/transaction.ts'

let db: TestDatabase
const subscribers = makeSubscribers()
const caller: Caller = { role: 'online', actor: actorLike() }

beforeAll(async () => {
  db = await freshDatabase({ subscribers })
})
afterAll(() => db.close())

const told = async (subject: string): Promise<number> => {
  const { rows } = await db.admin.query<{ n: number }>('select count(*)::int as n from platform.event where subject = $1', [subject])
  return rows[0]?.n ?? -1
}

type Input = { subject: string; refuse?: boolean; fail?: boolean }

/** Writes first and only then refuses or fails, so that a test sees whether the writing was undone. */
async function tell(tx: Tx, { subject, refuse: refused, fail }: Input): Promise<Result<{ at: Date; big: bigint }>> {
  await tx.emit({ kind: 'told', room: 'platform', subject, payload: { big: 9007199254740993n } })
  await tx.query(`insert into platform.access_trail (at, actor, view, why) values ($1, $2, 'test', $3)`, [
    tx.now,
    tx.actor.actorId,
    subject,
  ])
  if (fail) throw new Error(`failed ${subject}`)
  if (refused) return refuse({ code: 'not-told', rule: 'A test refuses.', data: { subject }, next: 'Nothing.' })
  return ok({ at: tx.now, big: 9007199254740993n })
}

describe('a key', () => {
  test('gives the stored reply to the same request, and the work is done once', async () => {
    const command = { name: 'tell', input: { subject: 'once' }, key: 'k1' }
    const first = await inTransaction(db.platform, caller, command, tell)
    const second = await inTransaction(db.platform, caller, command, tell)
    expect(second).toEqual(first)
    expect(first).toMatchObject({ ok: true, value: { big: 9007199254740993n } })
    expect(await told('once')).toBe(1)
  })

  test('used for another request is refused', async () => {
    await inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'a' }, key: 'k2' }, tell)
    const other = await inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'b' }, key: 'k2' }, tell)
    expect(other).toMatchObject({ ok: false, refusal: { code: 'key-reused', data: { key: 'k2' } } })
    expect(await told('b')).toBe(0)
  })

  test('belongs to its actor', async () => {
    const command = { name: 'tell', input: { subject: 'shared' }, key: 'k3' }
    await inTransaction(db.platform, caller, command, tell)
    await inTransaction(db.platform, { ...caller, actor: actorLike({ actorId: 2n }) }, command, tell)
    expect(await told('shared')).toBe(2)
  })

  test('sent twenty times at the same moment is done once', async () => {
    const command = { name: 'tell', input: { subject: 'storm' }, key: 'k4' }
    const results = await Promise.all(Array.from({ length: 20 }, () => inTransaction(db.platform, caller, command, tell)))
    expect(new Set(results.map((result) => JSON.stringify(result, (_, value: unknown) => String(value)))).size).toBe(1)
    expect(await told('storm')).toBe(1)
  })

  test('of a refused command is free again', async () => {
    const refused = await inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'no', refuse: true }, key: 'k5' }, tell)
    const done = await inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'yes' }, key: 'k5' }, tell)
    expect(refused.ok).toBe(false)
    expect(done.ok).toBe(true)
  })
})

describe('a command', () => {
  test('that is refused leaves nothing of what it wrote', async () => {
    await inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'refused', refuse: true } }, tell)
    const { rows } = await db.admin.query(`select from platform.access_trail where why = 'refused'`)
    expect([rows.length, await told('refused')]).toEqual([0, 0])
  })

  test('that fails throws its own error and leaves nothing', async () => {
    await expect(inTransaction(db.platform, caller, { name: 'tell', input: { subject: 'broken', fail: true } }, tell)).rejects.toThrow(
      'failed broken',
    )
    expect(await told('broken')).toBe(0)
  })

  test('is tried again after a deadlock', async () => {
    await db.owner.query('create table public.pair (id int primary key, n int not null); insert into public.pair values (1, 0), (2, 0)')
    await db.owner.query('grant usage on schema public to payung_run; grant select, update on public.pair to payung_run')
    const crossing = (order: readonly [number, number]) =>
      inTransaction(db.platform, { role: 'run', actor: actorLike() }, { name: 'cross', input: order }, async (tx, ids) => {
        for (const id of ids) {
          await tx.query('update public.pair set n = n + 1 where id = $1', [id])
          await tx.query('select pg_sleep(0.2)')
        }
        return ok(undefined)
      })
    const both = await Promise.all([crossing([1, 2]), crossing([2, 1])])
    const { rows } = await db.admin.query('select n from public.pair order by id')
    expect(both.map((result) => result.ok)).toEqual([true, true])
    expect(rows).toEqual([{ n: 2 }, { n: 2 }])
  })
})

describe('a group', () => {
  test('is one transaction', async () => {
    const seen = new Set<string>()
    const commands = ['g1', 'g2', 'g3'].map((subject) => ({ name: 'tell', input: { subject }, key: subject }))
    await inTransaction(db.platform, caller, commands, async (tx, input) => {
      const [row] = await tx.query<{ id: string }>('select pg_current_xact_id()::text as id')
      seen.add(row?.id ?? '')
      return tell(tx, input)
    })
    expect(seen.size).toBe(1)
  })

  test('member that is refused or fails is named and its neighbours are done', async () => {
    const inputs: Input[] = [{ subject: 'n1' }, { subject: 'n2', refuse: true }, { subject: 'n3', fail: true }, { subject: 'n4' }]
    const outcomes = await inTransaction(
      db.platform,
      caller,
      inputs.map((input) => ({ name: 'tell', input, key: `n-${input.subject}` })),
      tell,
    )
    expect(outcomes).toMatchObject([
      { ok: true },
      { ok: false, refusal: { code: 'not-told' } },
      { ok: false, error: { message: 'failed n3' } },
      { ok: true },
    ])
    expect(await Promise.all(['n1', 'n2', 'n3', 'n4'].map(told))).toEqual([1, 0, 0, 1])
  })

  test('with the same key twice does it once', async () => {
    const commands = [1, 2].map(() => ({ name: 'tell', input: { subject: 'twin' }, key: 'twin' }))
    const outcomes = await inTransaction(db.platform, caller, commands, tell)
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true])
    expect(await told('twin')).toBe(1)
  })

  test('of none does nothing', async () => {
    expect(await inTransaction(db.platform, caller, [], tell)).toEqual([])
  })
})

describe('around the work', () => {
  test('subscribers act in the same transaction and fall with it', async () => {
    subscribers.on('parent-told', async (tx, event) =>
      tx.emit({ kind: 'child-told', room: 'platform', subject: `${event.subject}/child`, payload: {} }),
    )
    const parent = (fail: boolean) => async (tx: Tx, subject: string) => {
      await tx.emit({ kind: 'parent-told', room: 'platform', subject, payload: {} })
      if (fail) throw new Error('afterwards')
      return ok(undefined)
    }
    await inTransaction(db.platform, caller, { name: 'parent', input: 'p1' }, parent(false))
    await inTransaction(db.platform, caller, { name: 'parent', input: 'p2' }, parent(true)).catch(() => undefined)
    expect([await told('p1/child'), await told('p2/child')]).toEqual([1, 0])
  })

  test('a job is there after the commit and not after a rollback', async () => {
    const enqueue = (fail: boolean) => async (tx: Tx, key: string) => {
      tx.enqueue({ task: 'test-job', payload: { key }, key })
      return fail ? refuse({ code: 'no', rule: '', data: {}, next: '' }) : ok(undefined)
    }
    await inTransaction(db.platform, caller, { name: 'job', input: 'job-kept' }, enqueue(false))
    await inTransaction(db.platform, caller, { name: 'job', input: 'job-lost' }, enqueue(true))
    const { rows } = await db.admin.query(`select key from graphile_worker.jobs where key like 'job-%'`)
    expect(rows).toEqual([{ key: 'job-kept' }])
  })

  test('a look is in the trail, and the person it is about reads only their own', async () => {
    await readAs(db.platform, caller, async (tx) => [tx.look(41n, 'file', 'a question'), tx.look(42n, 'file', 'another')])
    const own = await readAs(db.platform, { role: 'online', actor: actorLike({ personId: 41n }) }, (tx) =>
      tx.query('select person_id, view, why from platform.access_trail'),
    )
    expect(own).toEqual([{ person_id: 41n, view: 'file', why: 'a question' }])
  })

  test('who acted does not stay on the connection', async () => {
    await readAs(db.platform, { role: 'online', actor: actorLike({ personId: 77n, officeId: 3n }) }, (tx) => tx.query('select 1'))
    const { rows } = await db.platform.database.http.query(
      `select current_user as role, nullif(current_setting('payung.person', true), '') as person`,
    )
    expect(rows).toEqual([{ role: 'payung_http', person: null }])
  })

  test('the clock that is given is the one the work sees', async () => {
    const seen = await readAs(db.platform, caller, async (tx) => [
      tx.now.toISOString(),
      tx.today('Asia/Jakarta'),
      tx.today('America/New_York'),
    ])
    expect(seen).toEqual(['2026-11-02T03:00:00.000Z', '2026-11-02', '2026-11-01'])
  })

  test('rows come and go by COPY', async () => {
    const rows = await readAs(db.platform, { role: 'run', actor: actorLike() }, async (tx) => {
      await tx.query('create temporary table staged (id bigint, words text) on commit drop')
      const count = await tx.copyIn('copy staged from stdin', ['1\tone\n2\ttwo', '\n3\t\\N\n'])
      const out: Uint8Array[] = []
      for await (const piece of tx.copyOut('copy (select * from staged order by id) to stdout')) out.push(piece as Uint8Array)
      return [count, Buffer.concat(out).toString()]
    })
    expect(rows).toEqual([3, '1\tone\n2\ttwo\n3\t\\N\n'])
  })
})
