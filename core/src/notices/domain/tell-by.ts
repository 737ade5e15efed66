// Until when a surplus or shortage is to be told: so many working days after the day on which it was found (PP 44/2015 art 23; the
// agency's own aim is shorter). Both are parameters of the pack; where it has none, no day is set.
import { type Law, numberAt, workingDaysAfter } from '@payung/law'
import type { Day } from '@payung/values'

export type TellBy = { readonly aim: Day | null; readonly law: Day | null }

export function tellBy(law: Law, found: Day): TellBy {
  const view = law.asPublishedBy(found).on(found)
  const { workingDaysFrom } = law.pack.rules
  const within = (parameter: string): Day | null => {
    const entry = view.entry(parameter)
    if (!entry) return null
    const days = numberAt(entry)
    return workingDaysFrom ? workingDaysFrom(view, found, days) : workingDaysAfter(found, days)
  }
  const [aim, byLaw] = [within('telling-days-aimed-at'), within('telling-days-by-law')]
  return { aim: aim ?? byLaw, law: byLaw }
}
