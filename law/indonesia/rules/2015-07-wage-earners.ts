// Contributions of wage earners: PP 44/2015 art 16 and 18, PP 46/2015 art 16, PP 45/2015 art 28–29, from 1 July 2015.
import type { Month } from '@payung/values'
import { amountAt, rateAt, textAt, textsAt, valueAt } from '../../src/entry-value.ts'
import type { Entry, LawView, Line, MonthLaw, Predicate } from '../../src/types.ts'
import { type Built, entriesFor, has, is, line, reliefOf, roundingOf, setBy, withRelief } from './line.ts'

const segment = is('segment', 'PU')
const riskGroups = ['I', 'II', 'III', 'IV', 'V'] as const

export function accidentLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JKK', ['accident-rate'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const relief = reliefOf(view, month, 'PU', 'JKK')
  return {
    missing: [],
    lines: read.found.flatMap((rates) =>
      riskGroups.flatMap((group) =>
        withRelief(
          line({
            programme: 'JKK',
            kind: 'employer',
            where: [segment, has('JKK'), is('risk_class', group)],
            rate: rateAt(rates, group),
            rounding: roundingOf(view, month),
            entries: [rates.digest],
          }),
          relief,
        ),
      ),
    ),
  }
}

export function deathLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JKM', ['death-rate'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const relief = reliefOf(view, month, 'PU', 'JKM')
  return {
    missing: [],
    lines: read.found.flatMap((rate) =>
      withRelief(
        line({
          programme: 'JKM',
          kind: 'employer',
          where: [segment, has('JKM')],
          rate: rateAt(rate),
          rounding: roundingOf(view, month),
          entries: [rate.digest],
        }),
        relief,
      ),
    ),
  }
}

export function savingsLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JHT', ['savings-rate'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const shares = ['employer', 'worker'] as const
  return {
    missing: [],
    lines: read.found.flatMap((rates) =>
      shares.map((kind) =>
        line({
          programme: 'JHT',
          kind,
          where: [segment, has('JHT')],
          rate: rateAt(rates, kind),
          rounding: roundingOf(view, month),
          entries: [rates.digest],
        }),
      ),
    ),
  }
}

/** Who belongs to the pension: private employer, citizen, joined early enough, below pension age on the first day of the month. */
function pensionMembers(membership: Entry, age: Entry): Predicate[] {
  const limited = valueAt(membership, 'contributes_until_pension_age') === true
  return [
    ...setBy(
      membership,
      is('employer_kind', textAt(membership, 'employer_kind')),
      is('citizen', textAt(membership, 'citizen')),
      is('pension_entry', 'yes'),
    ),
    ...(limited ? setBy(age, { fact: 'age', is: '<', value: Number(amountAt(age)) }) : []),
  ]
}

export function pensionLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JP', ['pension-rate', 'pension-wage-ceiling', 'pension-membership', 'pension-age'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const [rates, ceiling, membership, age] = read.found
  if (!rates || !ceiling || !membership || !age) return { lines: [], missing: [] }
  const relief = reliefOf(view, month, 'PU', 'JP')
  const shares = ['employer', 'worker'] as const
  return {
    missing: [],
    lines: shares.flatMap((kind) =>
      withRelief(
        line({
          programme: 'JP',
          kind,
          where: [segment, has('JP'), ...pensionMembers(membership, age)],
          rate: rateAt(rates, kind),
          ceiling: amountAt(ceiling),
          rounding: roundingOf(view, month),
          entries: [rates.digest, ceiling.digest, membership.digest, age.digest],
        }),
        relief,
      ),
    ),
  }
}

/** What the law makes compulsory at private employers by size (Perpres 109/2013) and at public ones (PP 49/2023). */
export function compulsoryForWageEarners(view: LawView, month: Month): MonthLaw['compulsory'] {
  const bySize = view.entryForMonth('compulsory-by-size', month)
  const atPublic = view.entryForMonth('compulsory-at-public-employers', month)
  const membership = view.entryForMonth('pension-membership', month)
  const age = view.entryForMonth('pension-age', month)
  const sizes = ['micro', 'small', 'medium', 'large'] as const
  const conditions = (programme: string): readonly Predicate[] =>
    programme === 'JP' && membership && age ? pensionMembers(membership, age).slice(1) : []
  return [
    ...(bySize
      ? sizes.flatMap((size) =>
          textsAt(bySize, size).map((programme) => ({
            programme,
            where: [segment, ...setBy(bySize, is('employer_kind', 'private'), is('employer_size', size)), ...conditions(programme)],
          })),
        )
      : []),
    ...(atPublic
      ? textsAt(atPublic).map((programme) => ({ programme, where: [segment, ...setBy(atPublic, is('employer_kind', 'public'))] }))
      : []),
  ]
}

export const wageEarnerLines = (view: LawView, month: Month): Built => {
  const built = [accidentLines, deathLines, savingsLines, pensionLines].map((make) => make(view, month))
  return { lines: built.flatMap(({ lines }): readonly Line[] => lines), missing: built.flatMap(({ missing }) => missing) }
}
