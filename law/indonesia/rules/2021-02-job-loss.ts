// Job-loss insurance: split from accident (and until February 2025 death) insurance, and the State's share. PP 37/2021 art 4 and 11,
// PP 49/2023 art 16A and 18A, PP 6/2025 art 4 and 11, PP 7/2025 art 9.
import type { Month } from '@payung/values'
import { amountAt, numberAt, rateAt, textAt, textsAt, valueAt } from '../../src/entry-value.ts'
import { otherwise } from '../../src/predicate.ts'
import type { Entry, LawView, Line, MonthLaw, Predicate } from '../../src/types.ts'
import { type Built, entriesFor, has, is, line, type Relief, reliefOf, roundingOf, setBy } from './line.ts'

const segment = is('segment', 'PU')
const sizes = ['micro', 'small', 'medium', 'large'] as const

/** Citizen, below the age on the day of registration, at a private employer. */
const persons = (membership: Entry): Predicate[] =>
  setBy(membership, is('employer_kind', textAt(membership, 'employer_kind')), is('citizen', textAt(membership, 'citizen')), {
    fact: 'age_joined',
    is: '<',
    value: numberAt(membership, 'age_below'),
  })

/** Sizes that need the same other programmes, each once: the conditions of one line. */
function needs(membership: Entry): Predicate[][] {
  const bySet = new Map<string, string[]>()
  for (const size of sizes) {
    const key = textsAt(membership, 'needs', size).join(',')
    bySet.set(key, [...(bySet.get(key) ?? []), size])
  }
  return [...bySet].map(([key, of]) => setBy(membership, { fact: 'employer_size', is: 'in', value: of }, ...key.split(',').map(has)))
}

/** A split by risk group where a relief sets its own, and the general one outside the relief. */
function splits(general: Line, relief: Relief | undefined): Line[] {
  const own = relief && valueAt(relief.entry, 'split', general.from ?? '')
  if (!relief || typeof own !== 'object' || own === null) return [general]
  const inside = Object.keys(own).map((group) => ({
    ...general,
    where: [...general.where, is('risk_class', group), ...relief.where],
    rate: rateAt(relief.entry, 'split', general.from ?? '', group),
    entries: [relief.entry.digest, ...general.entries],
  }))
  return [...inside, ...otherwise(relief.where).map((where) => ({ ...general, where: [...general.where, ...where] }))]
}

export function jobLossLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JKP', ['job-loss-rate', 'job-loss-wage-ceiling', 'job-loss-membership'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const [rates, ceiling, membership] = read.found
  if (!rates || !ceiling || !membership) return { lines: [], missing: [] }
  const shared = {
    programme: 'JKP',
    ceiling: amountAt(ceiling),
    rounding: roundingOf(view, month),
    entries: [rates.digest, ceiling.digest, membership.digest],
  }
  const sources = ['JKK', 'JKM'].filter((from) => valueAt(rates, 'from', from) !== undefined)
  const lines = needs(membership).flatMap((condition) => {
    const where = [segment, has('JKP'), ...condition, ...persons(membership)]
    return [
      ...sources.flatMap((from) =>
        splits(line({ ...shared, kind: 'split', from, where, rate: rateAt(rates, 'from', from) }), reliefOf(view, month, 'PU', from)),
      ),
      line({ ...shared, kind: 'state', where, rate: rateAt(rates, 'state') }),
    ]
  })
  return { lines, missing: [] }
}

export function compulsoryJobLoss(view: LawView, month: Month): MonthLaw['compulsory'] {
  const membership = view.entryForMonth('job-loss-membership', month)
  return membership
    ? [
        {
          programme: 'JKP',
          where: [
            segment,
            ...persons(membership),
            ...setBy(membership, { fact: 'employer_size', is: 'in', value: textsAt(membership, 'compulsory') }),
          ],
        },
      ]
    : []
}
