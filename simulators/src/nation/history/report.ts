// Wages that changed: everybody's in January with the new minimum wage, a few every month by report.
import { ok } from '@payung/values'
import { reportWages } from '../core.ts'
import { random } from '../random.ts'
import { baseIn, minimumWage } from './wages.ts'
import { act, monthAt, type World } from './world.ts'

type Report = { readonly personId: bigint; readonly ordinal: number; readonly base: string }

/** The reports of a month by payer; promotions are noted in `world.times`. */
export function changedWages(world: World, index: number, provinceOf: (region: string) => string): Map<bigint, Report[]> {
  const chance = random(world.seed, `promotions ${index}`)
  const share = world.profile.nation.habits.wage['promoted-a-month']
  const reports = new Map<bigint, Report[]>()
  for (const [place, planned] of world.plan.memberships.entries()) {
    if (!('times' in planned.wage) || planned.payer === null || planned.from >= index || (planned.to !== null && planned.to < index))
      continue
    const province = provinceOf(world.plan.persons[planned.person]?.region ?? '')
    const promoted = chance.chance(share)
    if (promoted) world.times[place] = (world.times[place] ?? 1) * (1.04 + chance.next() * 0.12)
    if (!promoted && minimumWage(world, province, index) === minimumWage(world, province, index - 1)) continue
    const payer = world.payerIds[planned.payer] ?? 0n
    const list = reports.get(payer) ?? []
    list.push({
      personId: world.personIds[planned.person] ?? 0n,
      ordinal: world.ordinals[place] ?? 0,
      base: baseIn(world, place, province, index),
    })
    reports.set(payer, list)
  }
  return reports
}

export async function reportChangedWages(world: World, index: number, provinceOf: (region: string) => string): Promise<number> {
  const reports = changedWages(world, index, provinceOf)
  const month = monthAt(world, index)
  await act(world, 'wage-reports', async (tx) => {
    for (const [payerId, rows] of reports) {
      const told = await reportWages(tx, world.law, { payerId, month, rows })
      if (!told.ok) return told
      const bad = told.value.find(({ refusal }) => refusal !== null)
      if (bad?.refusal) throw new Error(`wage report: ${bad.refusal.rule} ${JSON.stringify(bad.refusal.data)}`)
    }
    return ok(undefined)
  })
  return [...reports.values()].reduce((sum, { length }) => sum + length, 0)
}
