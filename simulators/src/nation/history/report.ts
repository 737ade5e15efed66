// Wages that changed: everybody's in January with the new minimum wage, a few every month by report.
import { ok } from '@payung/values'
import { type PayerWageRow, reportWagesOfMany } from '../core.ts'
import { random } from '../random.ts'
import { baseIn, minimumWage } from './wages.ts'
import { act, monthAt, type World } from './world.ts'

/** The reports of a month; promotions are noted in `world.times`. */
export function changedWages(world: World, index: number): PayerWageRow[] {
  const chance = random(world.seed, `promotions ${index}`)
  const share = world.profile.nation.habits.wage['promoted-a-month']
  const reports: PayerWageRow[] = []
  for (const [place, planned] of world.plan.memberships.entries()) {
    if (!('times' in planned.wage) || planned.payer === null || planned.from >= index || (planned.to !== null && planned.to < index))
      continue
    if (world.absent.has(place)) continue
    const province = world.provinceOf(world.plan.persons[planned.person]?.region ?? '')
    const promoted = chance.chance(share)
    if (promoted) world.times[place] = (world.times[place] ?? 1) * (1.04 + chance.next() * 0.12)
    if (!promoted && minimumWage(world, province, index) === minimumWage(world, province, index - 1)) continue
    reports.push({
      payerId: world.payerIds[planned.payer] ?? 0n,
      personId: world.personIds[planned.person] ?? 0n,
      ordinal: world.ordinals[place] ?? 0,
      base: baseIn(world, place, province, index),
    })
  }
  return reports
}

export async function reportChangedWages(world: World, index: number): Promise<number> {
  const reports = changedWages(world, index)
  const month = monthAt(world, index)
  if (reports.length === 0) return 0
  await act(world, 'wage-reports', async (tx) => {
    const told = await reportWagesOfMany(tx, world.law, month, reports)
    if (!told.ok) return told
    const bad = told.value.find(({ refusal }) => refusal !== null)
    if (bad?.refusal) throw new Error(`wage report: ${bad.refusal.rule} ${JSON.stringify(bad.refusal.data)}`)
    return ok(undefined)
  })
  return reports.length
}
