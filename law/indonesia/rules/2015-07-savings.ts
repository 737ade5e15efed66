// The yearly return of savings (PP 46/2015 art 22 and 27): the published rate of a month, where there is one.
import { rateAt, valueAt } from '../../src/entry-value.ts'
import type { PackRules } from '../../src/types.ts'

export const savingsRates: NonNullable<PackRules['savingsRates']> = (view, month) => {
  const entry = view.entryForMonth('savings-return', month)
  if (!entry) return []
  return view.pack.programmes.flatMap(({ code, savings }) =>
    savings && valueAt(entry, code) !== undefined ? [{ programme: code, rate: rateAt(entry, code), entry }] : [],
  )
}
