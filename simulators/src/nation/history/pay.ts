// Money: who pays on which day of a month, and how much. Payments are told as a bank tells them, in groups.
import { type Day, ok } from '@payung/values'
import { billingBy, paymentCode, recordPayments } from '../core.ts'
import type { PlannedMembership } from '../plan/nouns.ts'
import { lateDay, payDayOf, payDays } from '../plan/pay-days.ts'
import { type priceList, priceOf } from './prices.ts'
import { act, allGood, inChunks, monthAt, type World } from './world.ts'

export type Money = { readonly payerId: bigint; readonly amount: bigint }
/** Who pays several months at once does so on the middle day: the system settles such money month by month, for all payers of a group together. */
const offerSlot = (place: number, months: number): number => (months > 1 ? payDays[1] : payDayOf(place))

/** Tells the bank's payments of one day. */
export async function pay(world: World, day: Day, money: readonly Money[]): Promise<void> {
  const billing = billingBy(world.law)
  for (const chunk of inChunks(money.filter(({ amount }) => amount > 0n))) {
    const rows = chunk.map(({ payerId, amount }) => ({
      channel: 'bank',
      day,
      externalId: `${day}-${payerId}`,
      code: paymentCode(payerId),
      amount: amount.toString(),
    }))
    const results = await act(world, 'payments', async (tx) => ok(await recordPayments(tx, { pack: world.law.pack, billing }, rows)))
    allGood('payments', results)
    const stray = results.find(({ outcome }) => outcome !== 'booked')
    if (stray) throw new Error(`payment ${stray.row} of ${day} was ${stray.outcome}`)
  }
}

/** What employers pay on this day: every open bill of the months that they pay at all. */
export async function employersMoney(world: World, index: number, day: number): Promise<Money[]> {
  const open = await act(world, 'open-bills', async (tx) =>
    ok(
      await tx.query<{ payer_id: bigint; month: number; total: bigint }>(
        `select payer_id, month, sum(total)::bigint as total from contributions.bill where state = 'issued' and kind <> 'contract' group by payer_id, month order by payer_id, month`,
      ),
    ),
  )
  const { plan, payerIds, statePayer } = world
  const places = new Map(payerIds.map((payer, place) => [payer, place]))
  const start = Number(world.first.slice(0, 4)) * 12 + Number(world.first.slice(5)) - 1
  const money = new Map<bigint, bigint>()
  for (const { payer_id, month, total } of open) {
    const place = places.get(payer_id)
    const habit = place === undefined ? undefined : plan.organisations[place]?.habit
    const billed = month - start
    if (billed >= index) continue
    const share =
      payer_id === statePayer.id ? total : habit ? sharePaid({ ...habit, billed, index, day, slot: payDayOf(place ?? 0) }, total) : 0n
    if (share > 0n) money.set(payer_id, (money.get(payer_id) ?? 0n) + share)
  }
  return [...money].map(([payerId, amount]) => ({ payerId, amount }))
}

type Moment = {
  readonly unpaidFrom: number | null
  readonly partial: boolean
  readonly lateIn: number | null
  readonly billed: number
  readonly index: number
  readonly day: number
  readonly slot: number
}

/** How much of a bill of the month `billed` is paid on this day of the month `index`. */
function sharePaid({ unpaidFrom, partial, lateIn, billed, index, day, slot }: Moment, total: bigint): bigint {
  if (unpaidFrom !== null && billed >= unpaidFrom) {
    // Once, in the month in which it falls due, a part; it waits as credit and pays nothing.
    return partial && billed === unpaidFrom && index === billed + 1 && day === slot ? total / 2n : 0n
  }
  if (billed === lateIn && index === billed + 1) return day === lateDay ? total : 0n
  return day === slot || (day === lateDay && billed === lateIn) ? total : 0n
}

/** What self-payers and sponsors pay on this day of a month. */
export function offersMoney(world: World, index: number, day: number, today: Day, price: ReturnType<typeof priceList>): Money[] {
  const { plan, profile } = world
  const money: Money[] = []
  const self = world.law.pack.payerKinds.find(({ holder }) => holder === 'person')?.code ?? ''
  for (const membership of plan.memberships) {
    const payment = membership.prepayments.find(({ at }) => at === index)
    if (!payment || offerSlot(membership.person, payment.months) !== day || membership.segment !== profile.nation.segments.self) continue
    money.push({
      payerId: world.selfPayers.get(membership.person) ?? 0n,
      amount: priceOf(price, membership, self, monthAt(world, payment.from), payment.months, today),
    })
  }
  const groups = membersByPayer(plan.memberships)
  for (const { organisation, prepayments } of plan.sponsorships) {
    const payment = prepayments.find(({ at }) => at === index)
    if (!payment || offerSlot(organisation, payment.months) !== day) continue
    const kind = plan.organisations[organisation]?.kind ?? ''
    const amount = (groups.get(organisation) ?? []).reduce(
      (sum, membership) => sum + priceOf(price, membership, kind, monthAt(world, payment.from), payment.months, today),
      0n,
    )
    money.push({ payerId: world.payerIds[organisation] ?? 0n, amount })
  }
  return money
}

const groupsKnown = new WeakMap<readonly PlannedMembership[], Map<number, PlannedMembership[]>>()

function membersByPayer(memberships: readonly PlannedMembership[]): Map<number, PlannedMembership[]> {
  const known = groupsKnown.get(memberships)
  if (known) return known
  const groups = new Map<number, PlannedMembership[]>()
  for (const membership of memberships) {
    if (membership.payer === null) continue
    const list = groups.get(membership.payer)
    if (list) list.push(membership)
    else groups.set(membership.payer, [membership])
  }
  groupsKnown.set(memberships, groups)
  return groups
}
