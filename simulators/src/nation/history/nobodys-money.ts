// Money that is not where it belongs, and the desk's ways with it: paid with another firm's code, one payment for two firms, sent back to
// its sender, and money that nobody has been found for yet.
import { ok, type Result } from '@payung/values'
import { allocatePayment, markOrderPaid, paymentCode, recordPayments, sealSender, type Tx, takeQueued } from '../core.ts'
import type { PlannedException } from '../plan/nouns.ts'
import { payDays } from '../plan/pay-days.ts'
import { actAs, branchOf } from './desk.ts'
import { askAndDecide, recordingOf } from './stray-money.ts'
import { act, dayIn, monthAt, type World } from './world.ts'

type OfTwo = Extract<PlannedException, { organisations: readonly [number, number] }>
type OfNobody = Extract<PlannedException, { nth: number }>
type Bill = { readonly payerId: bigint; readonly billId: bigint; readonly amount: bigint }

const openBills = async (tx: Tx, payers: readonly bigint[]): Promise<Bill[]> =>
  tx.query<Bill>(
    `select payer_id as "payerId", bill_id as "billId", total as amount from contributions.bill
     where payer_id = any ($1::bigint[]) and state = 'issued' and total > 0 and kind <> 'contract' order by bill_id`,
    [payers],
  )
const sumOf = (bills: readonly Bill[]): bigint => bills.reduce((sum, { amount }) => sum + amount, 0n)

/** One payment as the bank tells it; gives its number. */
async function tell(
  tx: Tx,
  world: World,
  month: number,
  slot: number,
  what: string,
  code: string,
  amount: bigint,
): Promise<Result<bigint>> {
  const day = dayIn(monthAt(world, month), slot)
  const sender = sealSender(world.platform.encryption, `Pengirim contoh ${what}`)
  const row = { channel: 'bank', day, externalId: `${day}-${what}`, code, amount: amount.toString(), sender }
  const [told] = await recordPayments(tx, recordingOf(world), [row])
  if (told?.paymentId == null) throw new Error(`the payment ${what} was not taken`)
  return ok(told.paymentId)
}

/** The second firm's bills are paid with the code of the first; what they paid there is open again, and the money goes where it belongs. */
export async function payWithWrongCode(world: World, { month, organisations: [wrong, right] }: OfTwo): Promise<void> {
  const [holder, payerId] = [world.payerIds[wrong] ?? 0n, world.payerIds[right] ?? 0n]
  const paymentId = await act(world, 'wrong-code', async (tx) => {
    const amount = sumOf(await openBills(tx, [payerId]))
    return tell(tx, world, month, payDays[0], `wrong-${payerId}`, paymentCode(holder), amount)
  })
  await askAndDecide(world, holder, async () => ({ kind: 'reversal', paymentId, ground: 'wrong-payer' }))
  const { officer } = await branchOf(world, payerId)
  await actAs(world, officer, 'allocate', (tx) =>
    allocatePayment(tx, recordingOf(world), { paymentId, payerId, reason: 'Bukti setor (contoh)' }),
  )
}

/** One transfer for two firms of one owner, given to their bills by his list. */
export async function partMoney(world: World, { month, organisations }: OfTwo): Promise<void> {
  const payers = organisations.map((organisation) => world.payerIds[organisation] ?? 0n)
  const { bills, paymentId } = await act(world, 'one-for-two', async (tx) => {
    const open = await openBills(tx, payers)
    const told = await tell(tx, world, month, payDays[0], `two-${payers[0]}`, 'dua perusahaan', sumOf(open))
    return told.ok ? ok({ bills: open, paymentId: told.value }) : told
  })
  await askAndDecide(world, 0n, async () => ({ kind: 'parts', paymentId, ground: 'proof', parts: bills }))
}

/** Nobody can be found, and the sender asks for it. */
export async function sendBack(world: World, { month, nth }: OfNobody): Promise<void> {
  const amount = 125_000n + BigInt(nth) * 10_000n
  const paymentId = await act(world, 'not-ours', (tx) => tell(tx, world, month, payDays[1], `returned-${nth}`, 'salah kirim', amount))
  const detail = { bank: 'Bank Contoh', account: '000 000', holder: 'Contoh' }
  const orderId = await askAndDecide(world, 0n, async () => ({ kind: 'return', paymentId, ground: 'sent-by-mistake', detail }))
  const day = dayIn(monthAt(world, month), payDays[1])
  await act(world, 'pay-order', (tx) => markOrderPaid(tx, world.law, { orderId, day, reference: `contoh-${orderId}` }))
}

/** Somebody of the desk looks after it; it waits still on the last day. */
export async function leaveInQueue(world: World, { month, nth }: OfNobody): Promise<void> {
  const amount = 310_000n + BigInt(nth) * 45_000n
  const paymentId = await act(world, 'unnamed', (tx) => tell(tx, world, month, payDays[1], `waiting-${nth}`, 'iuran', amount))
  await actAs(world, world.desk.clerk, 'take-queued', (tx) => takeQueued(tx, recordingOf(world), { paymentId, letGo: false }))
}
