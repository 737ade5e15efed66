// Months that were issued wrongly: a wage told wrongly, wages of two exchanged, a worker taken out by mistake, or instead of another. The officer proposes, the
// head office decides; the shortage is a bill that the firm pays with its next money.
import { addMonths, lastDay, type Month } from '@payung/values'
import { approveCorrection, endMemberships, type ProposedCorrection, proposeCorrection, showDifference, takeBackEnds } from '../core.ts'
import type { PlannedException } from '../plan/nouns.ts'
import { actAs, branchOf, paper } from './desk.ts'
import { baseIn } from './wages.ts'
import { act, allGood, dayIn, monthAt, type World } from './world.ts'

type OfWorkers = Extract<PlannedException, { memberships: readonly number[] }>

const numberOf = (world: World, place: number): string => world.memberNumbers[world.plan.memberships[place]?.person ?? 0] ?? ''
const payerOf = (world: World, place: number): bigint => world.payerIds[world.plan.memberships[place]?.payer ?? 0] ?? 0n
const wageIn = (world: World, place: number, month: number): bigint => {
  const region = world.plan.persons[world.plan.memberships[place]?.person ?? 0]?.region ?? ''
  return BigInt(baseIn(world, place, world.provinceOf(region), month))
}

async function correct(world: World, asked: Pick<ProposedCorrection, 'kind' | 'rows' | 'reason' | 'payerId'>, month: Month): Promise<void> {
  const { head } = world.desk
  const { officer } = await branchOf(world, asked.payerId)
  const given = { ...asked, month, evidence: paper(asked.reason) }
  const id = await actAs(world, officer, 'propose-correction', (tx) => proposeCorrection(tx, world.law, given))
  await actAs(world, head, 'approve-correction', async (tx) => {
    const weighed = await showDifference(tx, world.law, id, asked.reason)
    if (!weighed.ok) return weighed
    const seen = BigInt(weighed.value.difference?.bill.total.amount ?? 0)
    return approveCorrection(tx, world.law, { id, seen, why: 'Sesuai surat pemberi kerja (contoh)' })
  })
}

/** Told a tenth too low or too high, by turns. */
export async function correctWage(world: World, { memberships: [place = 0], month }: OfWorkers): Promise<void> {
  const base = (wageIn(world, place, month) * (place % 2 === 0 ? 11n : 9n)) / 10n
  const rows = [{ memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1, base: base.toString() }]
  await correct(world, { kind: 'wage', payerId: payerOf(world, place), rows, reason: 'Upah salah lapor (contoh)' }, monthAt(world, month))
}

/** Where both earn the same there is nothing to exchange. */
export async function correctSwap(world: World, { memberships, month }: OfWorkers): Promise<void> {
  const [one = 0, other = 0] = memberships
  if (wageIn(world, one, month) === wageIn(world, other, month)) return
  const rows = memberships.map((place) => ({ memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1 }))
  await correct(world, { kind: 'swap', payerId: payerOf(world, one), rows, reason: 'Upah tertukar (contoh)' }, monthAt(world, month))
}

async function end(world: World, place: number, lastDayOf: string): Promise<void> {
  const row = { memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1, lastDay: lastDayOf, reason: 'left' }
  allGood(
    'a mistaken ending',
    await act(world, 'mistaken-ending', async (tx) => ({ ok: true, value: await endMemberships(tx, world.law.pack, [row]) })),
  )
}

/** Reported as gone at the end of the month before, so that the month passes without him. */
export async function deactivateWrongly(world: World, { memberships: [place = 0], month }: OfWorkers): Promise<void> {
  world.absent.add(place)
  await end(world, place, lastDay(addMonths(monthAt(world, month), -1)))
}

export async function correctDeactivation(world: World, { memberships: [place = 0], month }: OfWorkers): Promise<void> {
  const rows = [{ memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1, base: wageIn(world, place, month).toString() }]
  const asked = { kind: 'deactivation', payerId: payerOf(world, place), rows, reason: 'Salah nonaktif (contoh)' } as const
  await correct(world, asked, monthAt(world, month))
  world.absent.delete(place)
}

/** Two workers exchanged: the second is reported as gone, and the month is billed for the first, who was away. */
export const takeOutInstead = (world: World, { memberships: [, right = 0], month }: OfWorkers): Promise<void> =>
  deactivateWrongly(world, { kind: 'deactivation', memberships: [right], month })

/** After the bill is paid: its money was for the second, who never left. */
export async function correctMember(world: World, { memberships, month }: OfWorkers): Promise<void> {
  const [wrong = 0, right = 0] = memberships
  const rows = memberships.map((place) => ({ memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1 }))
  await correct(world, { kind: 'member', payerId: payerOf(world, wrong), rows, reason: 'Salah peserta (contoh)' }, monthAt(world, month))
  await takeLeaverBack(world, { kind: 'taken-back', memberships: [right], month })
  world.absent.delete(right)
}

export const reportLeaverWrongly = (world: World, { memberships: [place = 0], month }: OfWorkers): Promise<void> =>
  end(world, place, dayIn(monthAt(world, month), 5))

/** Taken back before the month is billed: nothing was missed. */
export async function takeLeaverBack(world: World, { memberships: [place = 0] }: OfWorkers): Promise<void> {
  const row = { memberNumber: numberOf(world, place), ordinal: world.ordinals[place] ?? 1, reason: 'Salah lapor keluar (contoh)' }
  allGood(
    'an ending taken back',
    await act(world, 'ending-back', async (tx) => ({ ok: true, value: await takeBackEnds(tx, world.law.pack, [row]) })),
  )
}
