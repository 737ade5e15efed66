// The rules of the invented country: care for all (more at night), life insurance for employees, less from an age on.
import { addMonths, type Day, type Month, refuse } from '@payung/values'
import { amountAt, numberAt, rateAt } from '../../src/entry-value.ts'
import type { LawView, Line, PackRules, Predicate } from '../../src/types.ts'

const is = (fact: string, value: string): Predicate => ({ fact, is: '=', value })
const plain = {
  bandFrom: 0n,
  bandTo: null,
  nominal: null,
  floor: null,
  ceiling: null,
  rate: 0n,
  fixed: 0n,
  rounding: { mode: 'half-up', unit: 1n },
} as const
const chosen = (programme: string): Predicate => ({ fact: 'programmes', is: 'has', value: programme })

function lines(view: LawView, month: Month): Line[] {
  const care = view.entryForMonth('care-rate', month)
  const life = view.entryForMonth('life-amount', month)
  const kind = { employee: 'employer', solo: 'worker' } as const
  return [
    ...(care
      ? (['employee', 'solo'] as const).map(
          (segment): Line => ({
            ...plain,
            programme: 'CARE',
            kind: kind[segment],
            where: [is('segment', segment), chosen('CARE')],
            rate: rateAt(care, segment),
            entries: [care.digest],
          }),
        )
      : []),
    ...(care
      ? [
          {
            ...plain,
            programme: 'CARE',
            kind: 'employer' as const,
            where: [is('segment', 'employee'), chosen('CARE'), is('night_work', 'yes')],
            rate: rateAt(care, 'night_work'),
            entries: [care.digest],
          },
        ]
      : []),
    ...(life
      ? (
          [
            ['<', 'amount'],
            ['>=', 'amount_from_age'],
          ] as const
        ).map(
          ([side, amount]): Line => ({
            ...plain,
            programme: 'LIFE',
            kind: 'worker',
            where: [is('segment', 'employee'), chosen('LIFE'), { fact: 'age', is: side, value: numberAt(life, 'from_age') }],
            nominal: 0n,
            fixed: amountAt(life, amount),
            entries: [life.digest],
          }),
        )
      : []),
  ]
}

export const rules: PackRules = {
  monthLines: (view, month) => ({
    lines: lines(view, month),
    missing: [],
    compulsory: [
      { programme: 'CARE', where: [] },
      { programme: 'LIFE', where: [is('segment', 'employee')] },
    ],
  }),
  deriveFacts: () => ({}),
  assessContract: () =>
    refuse({ code: 'programme-not-in-segment', rule: 'Nothing is assessed by contract.', data: {}, next: 'Name another segment.' }),
  contractTerms: () => ({ steps: [], instalments: [], reportBy: () => null }),
  assessChange: () =>
    refuse({ code: 'programme-not-in-segment', rule: 'Nothing is assessed by contract.', data: {}, next: 'Name another segment.' }),
  dueDay: (_view, month) => ({ due: `${addMonths(month, 1)}-10` as Day, trace: [{ text: 'The 10th of the following month.' }] }),
  coverRules: () => {
    const shared = {
      programme: 'CARE',
      arrearsLimit: '',
      waitingMonths: 0,
      waitingLimit: '',
      act: 'Care Act',
      article: '10',
      status: 'verified',
      entries: [],
    } as const
    return [
      { ...shared, segment: 'employee', settlement: 'receivable', graceMonths: 2, beyond: 'employer pays first' },
      { ...shared, segment: 'solo', settlement: 'offer', graceMonths: 1, beyond: 'not covered' },
    ]
  },
}
