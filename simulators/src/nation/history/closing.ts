// The end of a firm: closed on its papers, opened again because money came afterwards, paid back, and closed again the same day.
import type { PlannedException } from '../plan/nouns.ts'
import { lateDay } from '../plan/pay-days.ts'
import { askAndDecide, returnSurplus } from './stray-money.ts'
import { dayIn, monthAt, type World } from './world.ts'

type Reopened = Extract<PlannedException, { kind: 'reopened' }>

export async function closeIdle(world: World, { organisation }: Reopened): Promise<void> {
  const detail = { papers: 'employer-letter, nil-tax-return' }
  const payerId = world.payerIds[organisation] ?? 0n
  await askAndDecide(world, payerId, async () => ({ kind: 'closing', payerId, ground: 'idle', detail }))
}

export async function reopenForMoney(world: World, planned: Reopened): Promise<void> {
  const payerId = world.payerIds[planned.organisation] ?? 0n
  const day = dayIn(monthAt(world, planned.month + 1), lateDay)
  await returnSurplus(world, payerId, day, async () => {
    await askAndDecide(world, payerId, async () => ({ kind: 'reopening', payerId, ground: 'money-left' }))
  })
  await closeIdle(world, planned)
}
