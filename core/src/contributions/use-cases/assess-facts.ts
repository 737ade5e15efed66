// What the law asks for facts that somebody gives, whoever they are: a month, or a contract in segments that are assessed by contract.
import {
  type Assessment,
  assess,
  checkFacts,
  contradictionIn,
  type Facts,
  type Law,
  monthFault,
  monthLaw,
  refusePayerKind,
} from '@payung/law'
import { type Day, firstDay, type Month, type Result, refuse } from '@payung/values'

export function assessContractOrMonth(law: Law, month: Month, facts: Facts, today: Day): Result<Assessment> {
  const known = law.asPublishedBy(today)
  const segment = law.pack.segments.find(({ code }) => code === facts.segment)
  if (segment?.assessed === 'contract') {
    const checked = checkFacts(law.pack, facts)
    if (!checked.ok) return checked
    const view = known.on(firstDay(month))
    const fault =
      monthFault(law.pack, month) ?? contradictionIn(view, facts) ?? refusePayerKind(view, segment.code, facts.payer ?? segment.payer)
    return fault ? refuse(fault) : law.pack.rules.assessContract(view, facts, month)
  }
  const monthly = monthLaw(known, month)
  return monthly.ok ? assess(monthly.value, known, facts) : monthly
}
