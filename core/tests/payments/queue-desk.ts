// Three firms with one worker and one open bill each, and two persons of the head office: one asks about queued money, another decides.
import type { Month } from '@payung/values'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { type AskedRequest, askRequest, billingBy, decideRequest, type Recording } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'

export type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }
export type Asked = Omit<AskedRequest, 'evidence' | 'ground'> & { readonly ground?: string }
export const value = <Value>(result: Answer<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
export const code = (result: Answer<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
/** Who decides, with the office that is really his. */
export const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const

export type QueueDesk = Awaited<ReturnType<typeof openQueueDesk>>

let external = 0

async function plant(scheme: TestScheme) {
  const payers: bigint[] = []
  const workers = await scheme.persons(3)
  for (const [index, { memberNumber }] of workers.entries()) {
    const firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '1' } })
    payers.push(firm.payerId)
    const base = String(5_000_000 + index * 1_000_000)
    await scheme.memberships([{ memberNumber, segment: 'PU', organisationId: firm.organisationId, base, from: '2026-05-01' }])
  }
  scheme.at('2026-05-31')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-05' as Month))
  value(await runMonth(scheme.platform, scheme.law, '2026-05' as Month, { actor: systemActor }))
  const { rows: bills } = await scheme.admin.query<{ bill_id: bigint; total: bigint }>(
    'select bill_id, total from contributions.bill where payer_id = any ($1) order by payer_id',
    [payers],
  )
  return { payers, bills }
}

export async function openQueueDesk() {
  const scheme = await freshScheme('indonesia', '2026-05-01')
  const { payers, bills } = await plant(scheme)
  const recording: Recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const as = <Value>(actorId: bigint, work: (tx: Tx) => Promise<Answer<Value>>, key?: string): Promise<Answer<Value>> =>
    inTransaction(
      scheme.platform,
      { role: 'online', actor: actorLike({ actorId, officeId: 1n }) },
      { name: 'test', input: null, ...(key ? { key } : {}) },
      work as never,
    )
  return {
    scheme,
    recording,
    as,
    payer: (index: number): bigint => payers[index] ?? 0n,
    bill: (index: number) => bills[index] ?? { bill_id: 0n, total: 0n },
    ask: (asked: Asked) =>
      as(11n, (tx) => askRequest(tx, scheme.law, recording, { ground: 'one code for all', evidence: 'Minutes 3', ...asked })),
    approve: (requestId: bigint, key?: string) =>
      as(90n, (tx) => decideRequest(tx, scheme.law, recording, { requestId, decision: 'approved', why: 'checked', decider }), key),
    async pay(text: string, amount: bigint, day = '2026-06-10'): Promise<bigint> {
      scheme.at(day)
      const row = { channel: 'bank', day, externalId: `q-${external++}`, code: text, amount: amount.toString() }
      return (await scheme.pay([row]))[0]?.paymentId ?? 0n
    },
    balance: async (account: string): Promise<bigint> =>
      (
        await scheme.admin.query<{ sum: bigint | null }>(
          `select sum(case when t.credit = a.account then t.amount else -t.amount end)::bigint as sum from ledger.account a join ledger.transfer t on a.account in (t.debit, t.credit) where a.code = $1`,
          [account],
        )
      ).rows[0]?.sum ?? 0n,
  }
}
