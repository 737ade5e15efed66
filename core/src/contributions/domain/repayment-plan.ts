// The instalments that are still to come of what was deferred, as they will be billed when the payer asks for nothing else (PP 49/2020).
import type { Day } from '@payung/values'
import { instalmentOf, type Repayment, stagesOf } from './deferral.ts'

export type PlannedInstalment = { readonly due: Day; readonly amount: bigint }

/** `billed`: the stages that have their instalment. What is left after the last day is due at once; what is below nothing is no instalment. */
export function repaymentPlan(repayment: Repayment, today: Day, left: bigint, billed: readonly Day[]): PlannedInstalment[] {
  if (left <= 0n) return []
  const coming = stagesOf(repayment).filter((day) => day >= today && !billed.includes(day))
  const days = coming.length > 0 ? coming : [today > repayment.ends ? today : repayment.ends]
  let rest = left
  return days.map((due, place) => {
    const amount = instalmentOf(rest, days.length - place)
    rest -= amount
    return { due, amount }
  })
}
