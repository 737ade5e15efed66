// What happens to a month after it was issued, played on the database and in the model: bills split by naming workers, late law, wages
// corrected, money paid back, and second numbers merged into the first.
import { addMonths, type Day, type Month, monthNumber, ok, type Result } from '@payung/values'
import { actorLike } from '../../../../tests/database.ts'
import type { TestScheme } from '../../../../tests/scheme.ts'
import { tellOffset } from '../../../../tests/told.ts'
import { billId } from '../../../src/contributions/domain/bill-number.ts'
import { approveCorrection, proposeCorrection, reassessMonth, splitBill } from '../../../src/contributions/index.ts'
import { askRequest, billingBy, decideRequest, markOrderPaid } from '../../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../../src/platform/index.ts'
import { mergePersons } from '../../../src/registry/index.ts'
import { correct, mayRefund, openMonth, reassess, refund, split, standing } from './model.ts'
import type { History } from './play.ts'
import type { Step } from './script.ts'

type StepOf = (history: History) => Step
const officer = actorLike({ actorId: 11n, officeId: 1n })
const head = actorLike({ actorId: 12n, officeId: 1n, role: 'administrator' })
/** PP 36/2025 was promulgated on 4 September 2025 and lowers August, which was issued then. */
const lateLaw = { issued: '2025-08', known: '2025-09' }
const evidence = { digest: 'a'.repeat(64), description: 'letter' }

const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule} ${JSON.stringify(result.refusal.data)}`)
  return result.value
}
const as = async <Value>({ platform }: TestScheme, actor: typeof officer, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> =>
  value(await inTransaction(platform, { role: 'run', actor }, { name: 'history', input: null }, (tx) => work(tx)))

const employersOf = (histories: readonly History[]): History[] => histories.filter(({ script }) => script.kind === 'employer')
const nameOf = ({ members }: History, place: number) => ({ memberNumber: members[place]?.memberNumber ?? '', ordinal: 1 })

/** The first so many of an open bill's workers, never all. */
async function splitOn(scheme: TestScheme, day: Day, month: Month, histories: readonly History[], stepOf: StepOf): Promise<void> {
  const wanted = employersOf(histories).flatMap((history) => {
    const { split: drawn } = stepOf(history)
    const places = standing(history.ledger, month).map(({ place }) => place)
    if (drawn === null || places.length < 2 || !openMonth(history.ledger, month)) return []
    return [{ history, places: places.slice(0, 1 + (drawn % (places.length - 1))) }]
  })
  if (wanted.length === 0) return
  await as(scheme, officer, async (tx) => {
    for (const { history, places } of wanted) {
      const { payerId } = history
      const first = billId(payerId, (monthNumber(month) - 24_000) * 32)
      const workers = places.map((place) => nameOf(history, place))
      value(await splitBill(tx, scheme.law, { payerId, billId: first, workers, reason: 'not all can be paid' }))
      history.ledger = split(history.ledger, month, places, day)
    }
    return ok(null)
  })
}

async function lateLawOn(scheme: TestScheme, day: Day, month: Month, histories: readonly History[]): Promise<void> {
  const done = value(await reassessMonth(scheme.platform, scheme.law, month, { actor: systemActor }))
  if (done.control.difference !== 0n) throw new Error(`the control of ${month} shows ${done.control.difference}`)
  for (const history of employersOf(histories)) history.ledger = reassess(history.ledger, history.prices, month, day)
}

/** One proposes, another approves what he has seen; the difference is that of the model, or nothing is approved. */
async function correctOn(scheme: TestScheme, day: Day, month: Month, histories: readonly History[], stepOf: StepOf): Promise<void> {
  for (const history of employersOf(histories)) {
    const { correct: drawn } = stepOf(history)
    const rows = standing(history.ledger, month)
    const row = rows[(drawn?.worker ?? 0) % rows.length]
    if (!drawn || !row || row.base === BigInt(drawn.base)) continue
    const after = correct(history.ledger, history.prices, row, BigInt(drawn.base), day)
    const seen = after.bills.at(-1)?.contribution ?? 0n
    const named = { ...nameOf(history, row.place), base: String(drawn.base), ...(row.entry > 0 ? { replaces: row.entry } : {}) }
    const asked = { payerId: history.payerId, month, kind: 'wage', rows: [named], reason: 'typed wrongly', evidence } as const
    const id = await as(scheme, officer, (tx) => proposeCorrection(tx, scheme.law, asked))
    await as(scheme, head, (tx) => approveCorrection(tx, scheme.law, { id, seen, why: 'seen' }))
    history.ledger = after
  }
}

async function refundOn(scheme: TestScheme, day: Day, histories: readonly History[], stepOf: StepOf): Promise<void> {
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const detail = { bank: 'Bank', account: '1', holder: 'History', offset_refused_on: day }
  const wanted = employersOf(histories).filter((history) => stepOf(history).refund && mayRefund(history.ledger))
  for (const history of wanted) {
    const { payerId, ledger } = history
    const asked = { kind: 'refund', payerId, amount: ledger.credit, ground: 'offset-refused', evidence: 'letter', detail } as const
    await tellOffset(scheme, payerId, day)
    const { requestId } = await as(scheme, officer, (tx) => askRequest(tx, scheme.law, recording, asked))
    await as(scheme, head, async (tx) => {
      const decision = { requestId, decision: 'approved', why: 'checked', decider: head } as const
      const { done } = value(await decideRequest(tx, scheme.law, recording, decision))
      return markOrderPaid(tx, scheme.law, { orderId: BigInt(done.orderId ?? 0n), day, reference: `history ${requestId}` })
    })
    history.ledger = refund(ledger)
  }
}

/**
 * Registered a second time, and merged: from now on everybody names him by the number that became an alias. Whichever of the two stays: his
 * months may stand under the number that does not lead to him any more.
 */
async function mergeOn(scheme: TestScheme, born: Day, histories: readonly History[], stepOf: StepOf): Promise<void> {
  const wanted = employersOf(histories).flatMap((history) => {
    const { merge } = stepOf(history)
    const place = (merge ?? 0) % Math.max(1, history.members.length)
    const member = history.members[place]
    return merge === null || !member ? [] : [{ history, place, member }]
  })
  if (wanted.length === 0) return
  const seconds = await scheme.persons(wanted.length, born)
  await as(scheme, head, async (tx) => {
    for (const [at, { history, place, member }] of wanted.entries()) {
      const second = seconds[at]?.memberNumber ?? ''
      const stays = (stepOf(history).merge ?? 0) % 2 === 0
      const [alias, into] = stays ? [second, member.memberNumber] : [member.memberNumber, second]
      value(await mergePersons(tx, scheme.law.pack, { alias, into, reason: 'two cards', consent: 'at the desk' }))
      history.members[place] = { ...member, memberNumber: alias }
    }
    return ok(null)
  })
}

/** The days after the month before was closed. `check` measures the control. */
export async function afterwards(
  scheme: TestScheme,
  { month, born }: { readonly month: Month; readonly born: Day },
  histories: readonly History[],
  stepOf: StepOf,
  check: () => Promise<void>,
): Promise<void> {
  const before = addMonths(month, -1)
  const on = (date: string): Day => {
    const day = `${month}-${date}` as Day
    scheme.at(day)
    return day
  }
  await splitOn(scheme, on('21'), before, histories, stepOf)
  await check()
  if (month === lateLaw.known && before === lateLaw.issued) await lateLawOn(scheme, on('22'), before, histories)
  await correctOn(scheme, on('23'), before, histories, stepOf)
  await check()
  await refundOn(scheme, on('24'), histories, stepOf)
  await mergeOn(scheme, born, histories, stepOf)
  await check()
}
