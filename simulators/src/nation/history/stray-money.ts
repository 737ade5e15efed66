// Money that goes astray: sent with a code that names nobody and found by the desk, recalled by the bank after it paid, too much and
// paid back, or asked as a fine that is waived. Whoever asks never decides.
import { type Day, ok, type Result } from '@payung/values'
import {
  allocatePayment,
  askRequest,
  billingBy,
  decideRequest,
  lettersOfPayer,
  markOrderPaid,
  markTold,
  recordPayments,
  type Tx,
} from '../core.ts'
import type { PlannedException } from '../plan/nouns.ts'
import { lateDay, payDayOf, payDays } from '../plan/pay-days.ts'
import { actAs, branchOf } from './desk.ts'
import { pay } from './pay.ts'
import { act, dayIn, monthAt, type World } from './world.ts'

type OfPayer = Extract<PlannedException, { kind: 'reversal' | 'refund' | 'queued' | 'waiver' }>

export const recordingOf = ({ law }: World) => ({ pack: law.pack, billing: billingBy(law) })
const payerOf = ({ payerIds }: World, { organisation }: OfPayer): bigint => payerIds[organisation] ?? 0n
/** What an employer pays too much, in minor units: less than any bill. */
const surplus = 5_000n

/** The firm's whole bill comes with a mistyped code, and the desk finds out whose it is the same day. */
export async function queueMoney(world: World, planned: OfPayer): Promise<void> {
  const payerId = payerOf(world, planned)
  const day = dayIn(monthAt(world, planned.month), payDays[0])
  const recording = recordingOf(world)
  const { officer } = await branchOf(world, payerId)
  await actAs(world, officer, 'allocate', async (tx) => {
    const [open] = await tx.query<{ total: bigint }>(
      `select coalesce(sum(total), 0)::bigint as total from contributions.bill where payer_id = $1 and state = 'issued'`,
      [payerId],
    )
    const row = {
      channel: 'bank',
      day,
      externalId: `${day}-stray-${payerId}`,
      code: 'terima kasih',
      amount: String(open?.total ?? surplus),
    }
    const [outcome] = await recordPayments(tx, recording, [row])
    if (outcome?.outcome !== 'queued' || outcome.paymentId === null) throw new Error('money without a name did not wait')
    return allocatePayment(tx, recording, { paymentId: outcome.paymentId, payerId, reason: 'Bukti setor (contoh)' })
  })
}

const findPayment = async (tx: Tx, externalId: string): Promise<bigint> => {
  const [row] = await tx.query<{ payment_id: bigint }>(
    `select payment_id from payments.payment where channel = 'bank' and external_id = $1`,
    [externalId],
  )
  if (!row) throw new Error(`there is no payment ${externalId}`)
  return row.payment_id
}

/** What is asked, without the paper it rests on. */
type Asked = Omit<Parameters<typeof askRequest>[3], 'evidence'>

/** Gives the payout order, where there is one. Of payer 0, who is nobody or several, the head office asks. */
export async function askAndDecide(world: World, payerId: bigint, asked: (tx: Tx) => Promise<Asked>): Promise<bigint> {
  const { law, desk } = world
  const officer = payerId === 0n ? desk.clerk : (await branchOf(world, payerId)).officer
  const request = await actAs(world, officer, 'ask-request', async (tx) =>
    askRequest(tx, law, recordingOf(world), { ...(await asked(tx)), evidence: 'Surat (contoh)' }),
  )
  const decision = { requestId: request.requestId, decision: 'approved', why: 'Sesuai bukti (contoh)', decider: desk.head } as const
  const { done } = await actAs(world, desk.head, 'decide-request', (tx) => decideRequest(tx, law, recordingOf(world), decision))
  return BigInt(done.orderId ?? 0n)
}

/** What the firm paid this month is recalled; its bill is open again, and it pays with the next month's. */
export async function recallMoney(world: World, planned: OfPayer): Promise<void> {
  const day = dayIn(monthAt(world, planned.month), payDayOf(planned.organisation))
  const payerId = payerOf(world, planned)
  const externalId = `${day}-${payerId}`
  await askAndDecide(world, payerId, async (tx) => ({ kind: 'reversal', paymentId: await findPayment(tx, externalId), ground: 'recall' }))
}

/** The firm pays too much, refuses to have it set off, and gets it back. */
export async function payBack(world: World, planned: OfPayer): Promise<void> {
  const day = dayIn(monthAt(world, planned.month), lateDay)
  await returnSurplus(world, payerOf(world, planned), day, async () => {})
}

/** The letter about it, at the desk: the set-off is offered first. */
async function tellSurplus(tx: Tx, { law }: World, payerId: bigint): Promise<Result<null>> {
  for (const letter of await lettersOfPayer(tx, payerId, 20)) {
    const told = letter.kind === 'surplus' && letter.toldOn === null ? await markTold(tx, law, letter, { how: 'desk' }) : ok(letter)
    if (!told.ok) return told
  }
  return ok(null)
}

/** A firm's money that is more than it owes: what happens between, and then it is paid back. */
export async function returnSurplus(world: World, payerId: bigint, day: Day, between: () => Promise<void>): Promise<void> {
  await pay(world, day, [{ payerId, amount: surplus }])
  await between()
  await act(world, 'tell-surplus', (tx) => tellSurplus(tx, world, payerId))
  const detail = { bank: 'Bank Contoh', account: '000 000', holder: 'Contoh', offset_refused_on: day }
  const orderId = await askAndDecide(world, payerId, async () => ({
    kind: 'refund',
    payerId,
    amount: surplus,
    ground: 'offset-refused',
    detail,
  }))
  await act(world, 'pay-order', (tx) => markOrderPaid(tx, world.law, { orderId, day, reference: `contoh-${orderId}` }))
}

/** A firm that has not paid for months was flooded: the latest fine that stands on a bill of it is not asked any more. */
export async function waiveFine(world: World, planned: OfPayer): Promise<void> {
  const payerId = payerOf(world, planned)
  await askAndDecide(world, payerId, async (tx) => {
    const [fined] = await tx.query<{ bill_id: bigint }>(
      `select bill_id from contributions.bill where payer_id = $1 and state = 'issued' and fine > 0 order by month desc, bill_id desc limit 1`,
      [payerId],
    )
    return { kind: 'fine-waiver', billId: fined?.bill_id ?? 0n, ground: 'disaster' }
  })
}
