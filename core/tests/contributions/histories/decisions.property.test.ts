// Random histories of employers and self-payers, decided without a database: the model asks the house at each step whether it decides the
// same, and what came in is always what was paid and what waits.
import { type Law, lawOf, loadPack } from '@payung/law'
import { addMonths, type Day, type Month } from '@payung/values'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { size } from '../../../../tests/size.ts'
import { decideCorrect, decideSplitOf } from './decided.ts'
import { decideCoverOf, decideMergeOf, decideRefundOf, decideReturn, lawOfDay } from './decided-lives.ts'
import {
  type Bill,
  correct,
  inLine,
  issue,
  join,
  type Ledger,
  leave,
  mayRefund,
  nextPrice,
  nothing,
  openMonth,
  owed,
  type Prices,
  pay,
  reassess,
  refund,
  report,
  split,
  standing,
  totalOf,
} from './model.ts'
import { type Script, type Step, scriptOf } from './script.ts'

const first = '2025-03' as Month
const months = 8

/** Bills of months, the named before the rest. */
const inOrder = (bills: readonly Bill[]): Bill[] =>
  bills
    .filter(({ kind }) => kind !== 'difference')
    .sort((a, b) => (a.month === b.month ? Number(a.cut) - Number(b.cut) : a.month < b.month ? -1 : 1))

describe('the decisions alone', () => {
  let law: Law
  beforeAll(async () => {
    law = lawOfDay(lawOf(await loadPack('indonesia')), `${addMonths(first, months)}-01` as Day)
  })
  /** Invented prices: the law has no part in what must hold. */
  const late = { month: '2025-08' as Month, known: '2025-09-04' as Day }
  const prices: Prices = {
    contribution: ({ base }, month, knownOn) =>
      (base * BigInt(20 + (Number(month.slice(5)) % 3) - (month === late.month && knownOn >= late.known ? 7 : 0))) / 1000n,
    due: (month) => `${addMonths(month, 1)}-15` as Day,
    fine: (amount, begun) => (amount * 20_000n * begun + 500_000n) / 1_000_000n,
    graceMonths: 3,
    monthsAhead: 12,
  }

  /** What happens to the month before, after it was issued. */
  function afterwards(given: Ledger, step: Step, month: Month): Ledger {
    let ledger = given
    const before = addMonths(month, -1)
    const places = standing(ledger, before).map(({ place }) => place)
    if (step.split !== null && places.length > 1 && openMonth(ledger, before)) {
      const named = places.slice(0, 1 + (step.split % (places.length - 1)))
      decideSplitOf(ledger, before, named)
      ledger = split(ledger, before, named, `${month}-21` as Day)
    }
    if (before === late.month) ledger = reassess(ledger, prices, before, `${month}-22` as Day)
    const rows = standing(ledger, before)
    const row = rows[(step.correct?.worker ?? 0) % rows.length]
    if (step.correct && row && row.base !== BigInt(step.correct.base)) {
      decideCorrect(row, BigInt(step.correct.base))
      ledger = correct(ledger, prices, row, BigInt(step.correct.base), `${month}-23` as Day)
    }
    if (step.merge !== null && ledger.workers.length > 0) decideMergeOf(step.merge % ledger.workers.length, '1990-05-01' as Day)
    if (step.refund) decideRefundOf(law, ledger, `${month}-24` as Day)
    return step.refund && mayRefund(ledger) ? refund(ledger) : ledger
  }

  function live({ kind, base, steps }: Script): Ledger {
    let ledger = kind === 'self' ? join(nothing, { base: BigInt(base), joined: `${first}-01` as Day, lastDay: null }) : nothing
    for (const [index, step] of steps.entries()) {
      const month = addMonths(first, index)
      const payOn = (which: 'early' | 'late', day: Day): void => {
        const wanted = step.pay.find(({ on }) => on === which)
        const price = kind === 'self' ? nextPrice(ledger, prices, day) : owed(ledger)
        if (wanted) ledger = pay(ledger, prices, kind, (price * BigInt(wanted.part)) / 100n, day)
      }
      if (kind === 'employer')
        for (const each of step.join) ledger = join(ledger, { base: BigInt(each.base), joined: `${month}-01` as Day, lastDay: null })
      payOn('early', `${month}-05` as Day)
      if (kind === 'employer' && step.leave !== null) ledger = leave(ledger, step.leave % ledger.workers.length, `${month}-12` as Day)
      if (kind === 'employer' && step.report) ledger = report(ledger, step.report.worker % ledger.workers.length, BigInt(step.report.base))
      payOn('late', `${month}-20` as Day)
      if (kind === 'employer') ledger = issue(afterwards(ledger, step, month), prices, month, `${month}-28` as Day)
      else decideCoverOf(ledger, prices, month)
    }
    for (const worker of ledger.workers) decideReturn(worker)
    return ledger
  }

  it(`keep ${size(2_000, 100_000)} random histories whole: what came in is what was paid and what waits`, {
    timeout: size(240_000, 7_200_000),
  }, () => {
    fc.assert(
      fc.property(scriptOf(months), (script) => {
        const ledger = live(script)
        const { bills, offers, credit, received, refunded, rows } = ledger
        const paid = bills.filter(({ paidOn }) => paidOn !== null)
        const spent = [...paid.map(totalOf), ...offers.map(({ amount }) => amount)].reduce((total, amount) => total + amount, 0n)
        if (spent + credit !== received - refunded || credit < 0n) expect({ spent, credit }).toEqual({ received, refunded })
        // What was billed is what stands: splits, corrections and late law lose nothing.
        const billed = bills.reduce((total, { contribution }) => total + contribution, 0n)
        if (script.kind === 'employer' && billed !== rows.reduce((total, { amount }) => total + amount, 0n)) expect(bills).toEqual(rows)
        // Among months the oldest is paid first: behind an open one none is paid, and no later bill is paid on an earlier day.
        const months = inOrder(bills)
        const open = months.findIndex(({ paidOn }) => paidOn === null)
        if (open >= 0 && months.slice(open).some(({ paidOn }) => paidOn !== null)) expect(bills).toBe('paid in order')
        const days = months.flatMap(({ paidOn }) => paidOn ?? [])
        if (days.some((day, index) => index > 0 && day < (days[index - 1] ?? ''))) expect(paid).toBe('paid in order')
        // Nobody pays a month twice.
        if (new Set(offers.map(({ month }) => month)).size !== offers.length) expect(offers).toBe('each month once')
        // Money that would pay the first in line does not wait.
        const [first] = inLine(bills)
        if (first && credit >= totalOf(first)) expect(first).toBe('paid by the credit')
      }),
      { numRuns: size(2_000, 100_000), seed: 7 },
    )
  })
})
