// Faults for a platform: one statement that is not sent, or whose connection is cut; and a process of its own that is killed.
import { spawn } from 'node:child_process'
import path from 'node:path'
import type pg from 'pg'
import type { Platform } from '../../core/src/platform/index.ts'
import type { TestDatabase } from '../database.ts'
import type { Errand } from './pay-child.ts'

/** The platform with a fault at one statement, counted from 1: it is not sent, or its connection is cut while it is sent. Counts all. */
export function faulty(
  database: TestDatabase,
  at: number,
  fault: 'not sent' | 'connection cut',
): { platform: Platform; count: () => number } {
  let count = 0
  const watch = (client: pg.PoolClient): pg.PoolClient => {
    const send = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    const query = async (...given: unknown[]): Promise<unknown> => {
      if (++count !== at) return send(...given)
      if (fault === 'not sent') throw new Error('injected')
      const { processID } = client as unknown as { processID: number }
      await database.admin.query('select pg_terminate_backend($1, 5000)', [processID])
      return send(...given)
    }
    return Object.assign(Object.create(client) as pg.PoolClient, { query, release: client.release.bind(client) })
  }
  const { work } = database.platform.database
  const pool = Object.assign(Object.create(work) as pg.Pool, { connect: async () => watch(await work.connect()) })
  return { platform: { ...database.platform, database: { ...database.platform.database, work: pool } }, count: () => count }
}

/** The signal that ended the errand, or null, and what it said. */
export const send = (errand: Errand): Promise<{ signal: string | null; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'pay-child.ts')], {
      env: { ...process.env, ERRAND: JSON.stringify(errand) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (part: Buffer) => (said += part.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => (code ? reject(new Error(`the errand ended with ${code}`)) : resolve({ signal, said })))
  })

/** All that a deed about money, months or numbers can change. Numbers that are drawn anew with each attempt (of payments, orders, merges, cases) are left out. */
const tables = [
  'select channel, day, external_id, amount, code, payer_id from payments.payment order by 1, 2, 3',
  'select * from payments.payable order by payer_id, kind, id',
  'select kind, payer_id, amount, state, decided_by from payments.request order by request_id',
  'select turn, kind, payer_id, amount from payments.reversal order by 3, 1, 2',
  'select * from contributions.bill order by payer_id, bill_id',
  'select * from contributions.contribution order by person_id, month, ordinal, entry',
  'select * from contributions.paid_span order by person_id, ordinal, to_month',
  'select * from contributions.cover_period order by person_id, ordinal, opened_on',
  `select payer_id, debit, credit, amount, day, month, reason, case when reason <> 'payment' then source_id end as source_id from ledger.transfer order by 1, 2, 3, 4, 6, 7, 8`,
  'select * from contributions.correction order by correction_id',
  'select payer_id, amount, state, reference from payments.payout_order order by order_id',
  'select person_id, ordinal, from_day, until_day from registry.membership order by 1, 2',
  'select person_id, ordinal, deed, day from registry.membership_deed order by deed_id',
  'select bill_id, counter_id, kind, amount from contributions.counter_bill order by payer_id, 1, 2',
  'select bill_id, split_bill_id, amount, members from contributions.bill_split order by payer_id, 2',
  'select * from contributions.split_member order by person_id, ordinal, bill_id',
  'select person_id, ordinal, payer_id from contributions.reinstatement_member order by 1, 2, case_id',
  'select payer_id, level, verdict, reason, actor from contributions.reinstatement_verdict order by 1, case_id, 2',
  'select member_number, person_id, alias from registry.member_directory order by 1',
  'select number_hash, person_id from registry.number_directory order by 1',
  'select person_id, merged_id, numbers, hashes, reason, consent from registry.merge order by merge_id',
  'select person_id, reason, actor from registry.unmerge order by merge_id',
  'select payment_id, turn, payer_id from payments.allocation order by 1, 2',
  'select person_id, payer_id, kind, amount from notices.letter order by letter_id',
  `select kind, case when subject !~ '^(order|reinstatement):' then subject end as subject, payload - 'orderId' - 'merge' as payload from platform.event order by event_id`,
]
export type State = unknown[][]
export const stateOf = ({ admin }: TestDatabase): Promise<State> => Promise.all(tables.map(async (text) => (await admin.query(text)).rows))
