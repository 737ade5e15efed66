// The rules of Indonesia: which wording holds is chosen by the parameters in force, so a new act is a new file named here.
import { refuse } from '@payung/values'
import type { PackRules } from '../../src/types.ts'
import { identityNumber } from '../identity-number.ts'
import { assessConstruction } from './2015-07-construction.ts'
import { coverRules } from './2015-07-cover.ts'
import { dueDay, workingDaysFrom } from './2015-07-due-day.ts'
import { savingsRates } from './2015-07-savings.ts'
import { compulsoryForSelfEmployed, selfEmployedLines } from './2015-07-self-employed.ts'
import { compulsoryForWageEarners, wageEarnerLines } from './2015-07-wage-earners.ts'
import { compulsoryJobLoss, jobLossLines } from './2021-02-job-loss.ts'
import { assessMigrant } from './2023-02-migrants.ts'
import { assessChange, certificateBy, contractTerms } from './contract-terms.ts'
import { deriveFacts } from './derived-facts.ts'

export const rules: PackRules = {
  monthLines: (view, month) => {
    const rounding = view.entryForMonth('rounding', month)?.digest
    const built = [wageEarnerLines, jobLossLines, selfEmployedLines].map((make) => make(view, month))
    return {
      lines: built.flatMap(({ lines }) => lines).map((line) => (rounding ? { ...line, entries: [...line.entries, rounding] } : line)),
      missing: built.flatMap(({ missing }) => missing),
      compulsory: [compulsoryForWageEarners, compulsoryJobLoss, compulsoryForSelfEmployed].flatMap((list) => list(view, month)),
    }
  },
  deriveFacts,
  assessContract: (view, facts, month) => {
    if (facts.segment === 'JAKON') return assessConstruction(view, facts, month)
    if (facts.segment === 'PMI') return assessMigrant(view, facts, month)
    return refuse({
      code: 'programme-not-in-segment',
      rule: 'This segment is not assessed by contract.',
      data: { segment: facts.segment ?? '' },
      next: 'Name the segment JAKON or PMI.',
    })
  },
  contractTerms,
  certificateBy,
  assessChange,
  dueDay,
  workingDaysFrom,
  coverRules,
  savingsRates,
  identityNumber,
}
