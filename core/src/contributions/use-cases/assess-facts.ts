// What the law asks for facts that somebody gives, whoever they are: a month, or a contract in segments that are assessed by contract.
import { type Assessment, assess, checkFacts, type Facts, type Law, monthLaw } from '@payung/law'
import { type Day, firstDay, type Month, type Result } from '@payung/values'

export function assessContractOrMonth(law: Law, month: Month, facts: Facts, today: Day): Result<Assessment> {
  const known = law.asPublishedBy(today)
  const segment = law.pack.segments.find(({ code }) => code === facts.segment)
  if (segment?.assessed === 'contract') {
    const checked = checkFacts(law.pack, facts)
    return checked.ok ? law.pack.rules.assessContract(known.on(firstDay(month)), facts, month) : checked
  }
  const monthly = monthLaw(known, month)
  return monthly.ok ? assess(monthly.value, known, facts) : monthly
}
