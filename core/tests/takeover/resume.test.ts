// An import that is killed anywhere and started again ends as one that nobody disturbed: every person, number, membership, fact and
// balance once. So do two at the same moment.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantFolder } from '../../../bench/src/plant-folder.ts'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { isFull, size } from '../../../tests/size.ts'
import { fixedClock, makeSubscribers, systemActor } from '../../src/platform/index.ts'
import { continueImport, importFolder, openFolder } from '../../src/takeover/index.ts'
import type { Errand, Moment } from './import-child.ts'

const seed = 20_260_915
const now = '2026-09-15T05:00:00Z'
const [persons, block, chunk] = [120, 4096, 50]

/** Ids are drawn, and some are lost with a kill: rows are compared by what they say, and numbers by whom they lead to. */
const tables = {
  persons: `select p.name, p.born, p.sex, p.region_code, p.registered_on, h.number_hash, array_agg(d.member_number order by 1) filter (where d.alias) as old
    from registry.person p join registry.member_directory d using (person_id) left join registry.number_directory h using (person_id) group by p.person_id, h.number_hash order by old`,
  organisations: `select o.kind, o.name, o.region_code, f.facts, y.kind as payer, n.old_number from registry.organisation o join registry.organisation_fact f using (organisation_id)
    join registry.payer y using (organisation_id) join takeover.organisation_number n using (organisation_id) order by n.old_number`,
  memberships: `select d.member_number, m.ordinal, m.segment, m.programmes, m.facts, m.from_day, m.until_day, m.accepted_on, m.opening_months, m.opening_savings, m.opening_act,
      y.kind, o.old_number, f.base, f.base_month, p.key, c.opened_on, s.to_month, w.reported
    from registry.membership m join (select person_id, member_number from registry.member_directory where alias) d using (person_id) join registry.arrangement a using (person_id, ordinal) join (select payer_id, kind, organisation_id as of from registry.payer) y using (payer_id)
    left join takeover.organisation_number o on o.organisation_id = y.of join contributions.membership_fact f using (person_id, ordinal) join contributions.profile p using (profile_id)
    left join contributions.cover_period c using (person_id, ordinal) left join contributions.paid_span s using (person_id, ordinal) left join (select person_id, ordinal, base as reported from contributions.wage_report) w using (person_id, ordinal) order by 1, 2`,
  balances: `select d.member_number, e.amount, e.bearing, e.day, e.month, e.programme, e.kind, e.act from savings.entry e join registry.member_directory d on d.person_id = e.person_id and d.alias order by 1, 2`,
  transfers: `select t.amount, t.day, t.month, t.reason, d.code as debit, c.code as credit from ledger.transfer t join ledger.account d on d.account = t.debit join ledger.account c on c.account = t.credit order by 1, 2`,
  payers: `select kind, count(*) from registry.payer group by 1 order by 1`,
  events: `select kind, sum((payload->>'memberships')::bigint) from platform.event group by 1 order by 1`,
  left: `select tablename from pg_tables where schemaname = 'staging'`,
  imports: 'select state, counts from takeover.import',
} as const
type State = Record<keyof typeof tables, unknown[]>

async function stateOf({ admin }: TestDatabase): Promise<State> {
  const read = async (name: keyof typeof tables) => [name, (await admin.query(tables[name])).rows] as const
  return Object.fromEntries(await Promise.all((Object.keys(tables) as (keyof typeof tables)[]).map(read))) as State
}

function send(errand: Errand): Promise<{ signal: string | null; said: { ok: boolean; statements: number } | null }> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'import-child.ts')], {
    env: { ...process.env, ERRAND: JSON.stringify(errand) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code !== null && code !== 0) reject(new Error(`the import ended with ${code}`))
      else resolve({ signal, said: text ? (JSON.parse(text) as { ok: boolean; statements: number }) : null })
    })
  })
}

describe('an import', () => {
  let folder = ''
  let planted: TestScheme
  let twin: TestDatabase
  let undisturbed: State
  let statements = 0

  const clone = (): Promise<TestDatabase> =>
    freshDatabase({ template: planted.address, subscribers: makeSubscribers(), clock: fixedClock(now) })
  const errand = ({ address }: TestDatabase, kill: Errand['kill']): Errand => ({ address, now, folder, block, chunk, kill })
  const options = { actor: systemActor, block, chunk }
  const importHere = async ({ platform }: TestDatabase) => {
    const opened = await openFolder(planted.law.pack, folder)
    if (!opened.ok) throw new Error(opened.refusal.rule)
    return importFolder(platform, planted.law, opened.value, options)
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'payung-resume-'))
    await plantFolder(folder, persons)
    planted = await freshScheme('indonesia', '2026-09-15')
    await Promise.all([planted.platform.database.close(), planted.owner.end(), planted.admin.end()])
    twin = await clone()
    const { said, signal } = await send(errand(twin, null))
    expect([said?.ok, signal]).toEqual([true, null])
    statements = said?.statements ?? 0
    undisturbed = await stateOf(twin)
  })
  afterAll(async () => {
    await twin.admin.query(`drop database ${planted.address.database} with (force)`)
    await twin.close()
    await rm(folder, { recursive: true })
  })

  it('is worth killing: many steps, and every row of the folder stands once', () => {
    expect(statements).toBeGreaterThan(150)
    expect([undisturbed.persons, undisturbed.memberships, undisturbed.balances].map((rows) => rows.length)).toEqual([120, 120, 96])
    expect(undisturbed.left).toEqual([])
    expect(undisturbed.imports).toMatchObject([{ state: 'done' }])
  })

  it('killed at random statements, each time on a database of its own, and resumed', async () => {
    const kills = size(2, 10)
    const moments = fc.sample(fc.constantFrom<Moment>('before', 'within', 'after'), { seed, numRuns: kills })
    const places = fc.sample(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { seed, numRuns: kills })
    for (const [index, within] of places.entries()) {
      const kill = { at: 1 + Math.floor(((index + within) / kills) * (statements - 1)), moment: moments[index] ?? 'before' }
      const database = await clone()
      try {
        expect((await send(errand(database, kill))).signal, JSON.stringify(kill)).toBe('SIGKILL')
        expect(await importHere(database), JSON.stringify(kill)).toMatchObject({ ok: true })
        expect(await stateOf(database), JSON.stringify(kill)).toEqual(undisturbed)
      } finally {
        await database.close()
      }
    }
  }, 600_000)

  it('killed again and again, and gone on with', async () => {
    const database = await clone()
    try {
      for (const at of isFull ? [40, 70, 50] : [40, 90])
        expect((await send(errand(database, { at, moment: 'within' }))).signal).toBe('SIGKILL')
      await importHere(database)
      expect(await stateOf(database)).toEqual(undisturbed)
    } finally {
      await database.close()
    }
  }, 600_000)

  it('killed while it writes: no other folder comes between, and it goes on without its files', async () => {
    const database = await clone()
    const other = await mkdtemp(path.join(os.tmpdir(), 'payung-other-'))
    try {
      expect((await send(errand(database, { at: Math.floor(statements * 0.8), moment: 'before' }))).signal).toBe('SIGKILL')
      await plantFolder(other, 10)
      const opened = await openFolder(planted.law.pack, other)
      if (!opened.ok) throw new Error(opened.refusal.rule)
      expect(await importFolder(database.platform, planted.law, opened.value, options)).toMatchObject({
        refusal: { code: 'import-unfinished' },
      })
      expect(await continueImport(database.platform, planted.law, options)).toMatchObject({ ok: true })
      expect(await stateOf(database)).toEqual(undisturbed)
      expect(await continueImport(database.platform, planted.law, options)).toMatchObject({ refusal: { code: 'nothing-unfinished' } })
    } finally {
      await database.close()
      await rm(other, { recursive: true })
    }
  }, 120_000)

  it('started twice at the same moment: one waits for nobody and is refused', async () => {
    const database = await clone()
    try {
      const both = await Promise.all([importHere(database), importHere(database)])
      expect(both.map((done) => (done.ok ? 'done' : done.refusal.code)).sort()).toEqual(['done', 'import-running'])
      expect(await stateOf(database)).toEqual(undisturbed)
    } finally {
      await database.close()
    }
  })
})
