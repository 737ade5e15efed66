// When what was deferred is repaid (PP 49/2020, parameter `deferred-repayment`): in stages from the day by which it begins to the last day, or
// at once when the payer asks so. By the last day all is billed.
import { type Entry, type Law, numberAt, textAt, textsAt } from '@payung/law'
import { type Day, firstDay, type Month, monthOf, type Refusal, splitExact } from '@payung/values'
import { monthsAfter } from './cover.ts'

export type Repayment = {
  readonly programmes: readonly string[]
  readonly startsBy: Day
  readonly ends: Day
  readonly everyMonths: number
  readonly source: Pick<Entry, 'act' | 'article' | 'link' | 'status'>
}

/** How a deferred month is repaid, by the law as it was published on a day; undefined where no source says. */
export function repaymentOf(law: Law, today: Day, month: Month): Repayment | undefined {
  const entry = law.asPublishedBy(today).on(firstDay(month)).entryForMonth('deferred-repayment', month)
  if (!entry) return undefined
  const { act, article, link, status } = entry
  return {
    programmes: textsAt(entry, 'programmes'),
    startsBy: textAt(entry, 'starts_by') as Day,
    ends: textAt(entry, 'ends') as Day,
    everyMonths: numberAt(entry, 'every_months'),
    source: { act, article, link, status },
  }
}

/** The days by which the instalments are due: from the first, evenly, and the last day. */
export function stagesOf({ startsBy, ends, everyMonths }: Repayment): Day[] {
  const stages: Day[] = []
  for (let place = 0; monthsAfter(startsBy, place * everyMonths) < ends; place++) stages.push(monthsAfter(startsBy, place * everyMonths))
  return [...stages, ends]
}

export type Stage = {
  readonly day: Day
  /** From this day on its instalment is billed: the first of its month. */
  readonly opens: Day
  /** How many instalments remain with this one; 1 on the last, which takes all. */
  readonly remaining: number
}

/** The stage that comes next; after the last day that one, because what is noted later is owed at once. */
export function stageOn(repayment: Repayment, today: Day): Stage {
  const coming = stagesOf(repayment).filter((day) => day >= today)
  const day = coming[0] ?? repayment.ends
  return { day, opens: firstDay(monthOf(day)), remaining: Math.max(1, coming.length) }
}

/** The next part of what is left; the store's statement gives the same. */
export const instalmentOf = (left: bigint, remaining: number): bigint =>
  left < 0n ? left : (splitExact(left, Array<bigint>(remaining).fill(1n))[0] ?? 0n)

/**
 * What is still to be billed of a deferred month, or given back where too much was billed: only of what was asked for in earnest. An instalment
 * that was written off was not paid, so nothing of it comes back, and it is not billed again; the store's statement gives the same.
 */
export function leftOf({ deferred, billed, writtenOff }: Readonly<Record<'deferred' | 'billed' | 'writtenOff', bigint>>): bigint {
  const rest = deferred - billed
  if (rest >= 0n) return rest
  return rest + writtenOff < 0n ? rest + writtenOff : 0n
}

export type InstalmentFacts = {
  readonly payer: bigint
  readonly today: Day
  /** Whether anything was ever deferred, and whether some of it is not billed. */
  readonly deferred: boolean
  readonly left: boolean
  /** The stage of what is left; undefined where no source says when it is repaid. */
  readonly stage: Stage | undefined
  /** Whether the payer has its instalment of the stage. */
  readonly billed: boolean
  /** Asked for at once: from any day on. */
  readonly whole: boolean
}

/** The first thing that forbids to bill a payer's instalment, in a fixed order. */
export function refuseInstalment({ payer, today, deferred, left, stage, billed, whole }: InstalmentFacts): Refusal | undefined {
  const no = (code: string, rule: string, more: Record<string, string>, next: string): Refusal => ({
    code,
    rule,
    data: { payer: payer.toString(), ...more },
    next,
  })
  if (!deferred) return no('nothing-deferred', 'No contribution of this payer was deferred.', {}, 'Nothing has to be done.')
  if (!left) return no('all-billed', 'All that was deferred has been billed.', {}, 'Look at the bills: payung bills.')
  if (!stage)
    return no(
      'no-source',
      'No source says when this is repaid.',
      { parameter: 'deferred-repayment' },
      'Add a dated entry with its source to the pack.',
    )
  if (whole) return undefined
  if (today < stage.opens)
    return no(
      'instalment-not-open',
      'An instalment is billed in the month in which it is due.',
      { opens: stage.opens, stage: stage.day },
      `Wait until ${stage.opens}, or ask for all at once.`,
    )
  if (billed && stage.remaining > 1)
    return no(
      'instalment-billed',
      'A payer has one instalment a stage.',
      { stage: stage.day },
      'Let it be paid, or ask for all that is left at once.',
    )
  return undefined
}
