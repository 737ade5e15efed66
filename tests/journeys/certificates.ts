// Certificates in the land: a project that is paid, and one of which the bank took the first payment back.
import { randomUUID } from 'node:crypto'
import { type Day, ok, type Result } from '@payung/values'
import { registerContracts } from '../../core/src/contributions/index.ts'
import { askRequest, billingBy, decideRequest } from '../../core/src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../core/src/platform/index.ts'
import { paymentCode } from '../../core/src/registry/index.ts'
import type { TestScheme } from '../scheme.ts'

export type Certificates = { readonly inForce: string; readonly revoked: string; readonly project: string }

const project = 'Jembatan Sungai Kapuas'
const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const

/** Registers a project and pays it; gives its number, and the payment. */
async function paidProject(scheme: TestScheme): Promise<{ number: string; paymentId: bigint }> {
  const { payerId } = await scheme.organisation({ kind: 'employer' })
  const today = await scheme.run(async (tx) => tx.today(scheme.law.pack.timeZone))
  const contract = {
    payerId,
    segment: 'JAKON',
    name: project,
    from: today,
    until: '2028-03-01' as Day,
    facts: { contract_value: '180000000' },
    members: [],
  }
  const made = await scheme.run((tx) => registerContracts(tx, scheme.law, [contract]))
  if (!made.ok) throw new Error(made.refusal.rule)
  const amount = String(made.value[0]?.assessment.totals.billed)
  const [outcome] = await scheme.pay([{ channel: 'bank', day: today, externalId: randomUUID(), code: paymentCode(payerId), amount }])
  return { number: `${payerId}-524288`, paymentId: outcome?.paymentId ?? 0n }
}

export async function plantCertificates(scheme: TestScheme): Promise<Certificates> {
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const act = async <Value>(work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> => {
    const done = await inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null }, async (tx) => {
      const result = await work(tx)
      return result.ok ? ok(result.value as never) : result
    })
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value
  }
  const [paid, recalled] = [await paidProject(scheme), await paidProject(scheme)]
  const asked = { kind: 'reversal', paymentId: recalled.paymentId, ground: 'recall', evidence: 'Letter of the bank' } as const
  const { requestId } = await act((tx) => askRequest(tx, scheme.law, recording, asked))
  await act((tx) => decideRequest(tx, scheme.law, recording, { requestId, decision: 'approved', why: 'checked', decider }))
  return { inForce: paid.number, revoked: recalled.number, project }
}
