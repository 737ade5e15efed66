// What somebody earns in a month: a multiple of the province's minimum wage of that year, or the income declared.

import { firstDay } from '@payung/values'
import type { World } from './world.ts'
import { monthAt } from './world.ts'

const parameter = 'provincial-minimum-wage'

const known = new WeakMap<World['law'], Map<string, number>>()

/** The minimum wage of a province on the first day of a planned month; the latest known where a year has none. */
export function minimumWage(world: World, province: string, index: number): number {
  const wages = known.get(world.law) ?? new Map<string, number>()
  known.set(world.law, wages)
  const key = `${province} ${monthAt(world, index)}`
  const wage = wages.get(key) ?? findMinimumWage(world, province, index)
  wages.set(key, wage)
  return wage
}

function findMinimumWage({ law, first, until }: World, province: string, index: number): number {
  const day = firstDay(monthAt({ first, until } as World, index))
  for (const entry of law.on(day).series(parameter).toReversed()) {
    if (entry.from > day || typeof entry.value !== 'object' || entry.value === null) continue
    const found: unknown = new Map(Object.entries(entry.value)).get(province)
    if (typeof found === 'object' && found !== null && 'amount' in found) return Number(found.amount)
  }
  throw new Error(`the pack knows no minimum wage of ${province} on ${day}`)
}

/** The base of a membership in a month, rounded as the profile says. */
export function baseIn(world: World, membership: number, province: string, index: number): string {
  const planned = world.plan.memberships[membership]
  if (!planned) throw new RangeError(`no membership ${membership} in the plan`)
  if ('income' in planned.wage) return String(planned.wage.income)
  const { rounding } = world.profile.workers.wages
  return String(Math.round((minimumWage(world, province, index) * (world.times[membership] ?? 1)) / rounding) * rounding)
}
