// A desk of the tests of savings: workers and their employers, corrections of November 2025, money that comes and goes back, accounts.
import type { Day, Month, Result } from '@payung/values'
import { truncated } from '@payung/values'
import { actorLike } from '../../../tests/database.ts'
import type { TestScheme } from '../../../tests/scheme.ts'
import { approveCorrection, proposeCorrection } from '../../src/contributions/index.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { declareRates, readAccount } from '../../src/savings/index.ts'

export type Firm = { payerId: bigint; personId: bigint; memberNumber: string }
export const officer = actorLike({ actorId: 11n, officeId: 2n })
const head = actorLike({ actorId: 14n, officeId: 1n })
let scheme: TestScheme
/** Whom the desk serves from now on. */
export const serve = (of: TestScheme): void => {
  scheme = of
}

export const as = async <Value>(actor: typeof officer, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> => {
  const done = await inTransaction(scheme.platform, { role: 'run', actor }, { name: 'test', input: null }, work)
  if (!done.ok) throw new Error(`${done.refusal.code}: ${done.refusal.rule}`)
  return done.value
}
export const rate = (year: number, percent: string, corrects = false) =>
  as(systemActor, (tx) =>
    declareRates(tx, scheme.law, {
      from: `${year}-01`,
      to: `${year}-12`,
      rate: percent,
      kind: 'declared',
      corrects,
      act: 'Test',
      article: '1',
      link: 'unknown',
      status: 'unverified',
    }),
  )

export async function worker(of: { organisationId: bigint; payerId: bigint }, base: string, born?: string): Promise<Firm> {
  const [person] = await scheme.persons(1, born)
  if (!person) throw new Error('no person')
  const { organisationId, payerId } = of
  await scheme.memberships([{ memberNumber: person.memberNumber, from: '2025-11-01', segment: 'PU', organisationId, base }])
  return { ...person, payerId }
}
export const firm = async (base: string): Promise<Firm & { organisationId: bigint }> => {
  const of = await scheme.organisation({ kind: 'employer' })
  return { ...(await worker(of, base)), organisationId: of.organisationId }
}

/** Corrects November; whoever approves has seen the difference: the refusal tells it. Gives the total of the bill. */
export async function correct(
  { payerId }: Firm,
  kind: 'wage' | 'swap',
  rows: { memberNumber: string; base?: string; replaces?: number }[],
): Promise<bigint> {
  const month = '2025-11' as Month
  const evidence = { digest: 'a'.repeat(64), description: 'Letter of the employer' }
  const id = await as(officer, (tx) => proposeCorrection(tx, scheme.law, { payerId, month, kind, rows, reason: 'Wrong wages', evidence }))
  const approve = (seen: bigint) => (tx: Tx) => approveCorrection(tx, scheme.law, { id, seen, why: 'seen' })
  const told = await inTransaction(scheme.platform, { role: 'run', actor: head }, { name: 'test', input: null }, approve(-1n))
  const approved = await as(head, approve(BigInt(String(told.ok ? '' : told.refusal.data.difference))))
  return approved.total
}

/** Pays what the firm owes less what it has with us, on a day, with money of another day where one is named; `more`: as much as its bills came to once more. */
export async function pay({ payerId }: Firm, on: string, moneyOf = on, more = false): Promise<bigint> {
  scheme.at(on)
  const { rows } = await scheme.admin.query<{ owed: bigint }>(
    `select coalesce((select sum(total) from contributions.bill where payer_id = $1 and (state = 'issued' or $2)), 0)::bigint
       - coalesce((select balance from ledger.payer_balance where payer_id = $1 and code = 'credit'), 0) as owed`,
    [payerId, more],
  )
  return payExactly(payerId, rows[0]?.owed ?? 0n, moneyOf, on)
}

export async function payExactly(payerId: bigint, amount: bigint, day: string, on = day): Promise<bigint> {
  scheme.at(on)
  const money = { channel: 'bank', day, externalId: `${payerId} ${on}`, code: paymentCode(payerId), amount: String(amount) }
  const [paid] = await scheme.pay([money])
  if (paid?.paymentId == null) throw new Error(paid?.refusal?.rule ?? 'no payment')
  return paid.paymentId
}

export async function recall(paymentId: bigint, on: string): Promise<void> {
  scheme.at(on)
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const asked = await as(systemActor, (tx) =>
    askRequest(tx, scheme.law, recording, { kind: 'reversal', paymentId, ground: 'recall', evidence: 'letter' }),
  )
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  await as(systemActor, (tx) =>
    decideRequest(tx, scheme.law, recording, { requestId: asked.requestId, decision: 'approved', why: 'checked', decider }),
  )
}

export const account = ({ personId }: Firm, on: string, fromStart = false) =>
  scheme.run((tx) => readAccount(tx, 'JHT', [personId], on as Day, { fromStart }))
/** Entries of contributions by the month in which they are booked, those that take one another back in the same month left out. */
export async function booked(of: Firm, on: string): Promise<Record<string, bigint>> {
  const months: Record<string, bigint> = {}
  for (const { month, amount } of (await account(of, on, true)).entries) months[month] = (months[month] ?? 0n) + truncated(amount)
  return Object.fromEntries(Object.entries(months).filter(([, amount]) => amount !== 0n))
}
