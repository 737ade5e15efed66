// The minimum wage of a province, where the pack knows one, with its act and status.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'

export type MinimumWage = { readonly amount: bigint; readonly from: Day; readonly act: string; readonly status: string }
const parameter = 'provincial-minimum-wage'

export function minimumWageIn(law: Law, province: string, day: Day): MinimumWage | null {
  for (const entry of law.on(day).series(parameter).toReversed()) {
    if (entry.from > day || typeof entry.value !== 'object' || entry.value === null) continue
    const found: unknown = new Map(Object.entries(entry.value)).get(province)
    if (typeof found !== 'object' || found === null || !('amount' in found)) continue
    const status = 'status' in found ? String(found.status) : entry.status
    return { amount: BigInt(String(found.amount)), from: entry.from, act: entry.act, status }
  }
  return null
}
