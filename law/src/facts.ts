// Facts as given become complete facts: checked against the pack, with defaults, age and derived facts.
import { isDay, lastDay, monthOf, ok, type Refusal, type Result, refuse, yearsBetween } from '@payung/values'
import { warning } from './trace.ts'
import type { FactInfo, Facts, LawView, Pack, SegmentInfo, TraceStep } from './types.ts'

/** How a reader gives the fact: the flag where there is one, else its code. */
export const nameOf = (pack: Pack, code: string): string => {
  const flag = pack.facts.find((fact) => fact.code === code)?.flag
  return flag ? `--${flag}` : code
}

export const segmentOf = (pack: Pack, code: string | undefined): SegmentInfo | undefined =>
  pack.segments.find((segment) => segment.code === code)

/** Programmes in the order of the pack, each once. */
export const inOrder = (pack: Pack, codes: readonly string[]): string[] =>
  pack.programmes.map(({ code }) => code).filter((code) => codes.includes(code))

/** The most digits of an amount: SQL sums it with millions of others in 64 bits. */
const amountDigits = 15

function amountFault(text: string): string | undefined {
  if (/^-\d+$/.test(text)) return 'is negative'
  if (!/^\d+$/.test(text)) return 'is not a whole amount in digits'
  return text.length > amountDigits ? `has ${text.length} digits; an amount has at most ${amountDigits}` : undefined
}

function countFault(text: string, limit: FactInfo['limit']): string | undefined {
  if (!/^\d+$/.test(text)) return 'is not a whole number'
  if (limit && BigInt(text) > BigInt(limit.most)) return `is above ${limit.most}: ${limit.why.en ?? ''}`
  return text.length > 9 ? `has ${text.length} digits; a number has at most 9` : undefined
}

/** What is wrong with a fact's text, as the end of a sentence; undefined when nothing is. */
export function faultOf(pack: Pick<Pack, 'programmes'>, fact: FactInfo, text: string): string | undefined {
  switch (fact.type) {
    case 'amount':
      return amountFault(text)
    case 'count':
      return countFault(text, fact.limit)
    case 'day':
      return isDay(text) ? undefined : 'is not a day written YYYY-MM-DD'
    case 'flag':
      return text === 'yes' || text === 'no' ? undefined : 'is neither yes nor no'
    case 'choice':
      return fact.choices?.includes(text) ? undefined : `is none of ${fact.choices?.join(', ')}`
    case 'programmes': {
      const unknown = text.split(',').find((code) => !pack.programmes.some((programme) => programme.code === code))
      return unknown === undefined
        ? undefined
        : `names "${unknown}", which is none of ${pack.programmes.map(({ code }) => code).join(', ')}`
    }
  }
}

/** Checks each fact that was given; the refusal names the first that is wrong, by its flag. */
export function checkFacts(pack: Pack, given: Facts): Result<Facts> {
  for (const [code, text] of Object.entries(given)) {
    if (code === 'segment') {
      if (segmentOf(pack, text)) continue
      return refuse({
        code: 'wrong-fact',
        rule: `--segment is one of ${pack.segments.map((segment) => segment.code).join(', ')}.`,
        data: { flag: '--segment', given: text },
        next: 'Name one of these segments.',
      })
    }
    const fact = pack.facts.find((info) => info.code === code)
    if (!fact || fact.derived)
      return refuse({
        code: 'unknown-fact',
        rule: `The pack "${pack.code}" ${fact ? 'computes this fact itself' : 'has no such fact'}.`,
        data: { flag: nameOf(pack, code), given: text },
        next: `Leave it out; the facts are ${pack.facts
          .filter(({ derived }) => !derived)
          .map((info) => info.code)
          .join(', ')}.`,
      })
    const fault = faultOf(pack, fact, text)
    if (fault)
      return refuse({
        code: 'wrong-fact',
        rule: `${nameOf(pack, code)} ${fault}.`,
        data: { flag: nameOf(pack, code), given: text },
        next: `Correct ${nameOf(pack, code)}.`,
      })
  }
  return ok(given)
}

/**
 * Facts that cannot hold together in the month of the view, by the flag of the one to correct; undefined where they can. Asked of facts that
 * somebody gives: which of two is meant must not be guessed. The facts are checked one by one before.
 */
export function contradictionIn({ pack, day }: LawView, { born, age, joined }: Facts): Refusal | undefined {
  const month = monthOf(day)
  const no = (code: string, rule: string, next: string, data: Readonly<Record<string, string>>): Refusal => ({
    code: 'facts-contradict',
    rule,
    data: { flag: nameOf(pack, code), ...data, month },
    next,
  })
  if (joined !== undefined && isDay(joined) && joined > lastDay(month))
    return no('joined', `${nameOf(pack, 'joined')} lies after the month.`, `Correct ${nameOf(pack, 'joined')} or the month.`, {
      given: joined,
    })
  if (born === undefined || !isDay(born)) return undefined
  if (joined !== undefined && joined < born)
    return no(
      'joined',
      `${nameOf(pack, 'joined')} lies before ${nameOf(pack, 'born')}.`,
      `Correct ${nameOf(pack, 'joined')} or ${nameOf(pack, 'born')}.`,
      { given: joined, born },
    )
  // Somebody with a birthday in the month has two ages in it, and may say either; the day of birth decides.
  const ages = [...new Set([yearsBetween(born, day), yearsBetween(born, lastDay(month))].map(String))]
  if (age === undefined || ages.includes(String(Number(age)))) return undefined
  return no(
    'age',
    `${nameOf(pack, 'born')} makes the person ${ages.join(' or ')} years old in the month, and ${nameOf(pack, 'age')} says otherwise.`,
    `Give one of ${nameOf(pack, 'born')} and ${nameOf(pack, 'age')}.`,
    { given: age, born },
  )
}

/** Facts that nothing forbids and hardly anybody means, as warnings in the words of the pack. */
export const doubtsAbout = (pack: Pack, facts: Facts): TraceStep[] =>
  pack.facts.flatMap(({ code, doubt, labels }) =>
    doubt && facts[code] !== undefined && Number(facts[code]) < doubt.below
      ? [warning(`"${labels.en ?? code}" is ${facts[code]}: ${doubt.why.en ?? ''}`)]
      : [],
  )

/**
 * All facts of a pack for one membership on the first day of the month (`view.day`): given ones checked, absent ones by
 * default, the age in completed years, and derived facts. `programmes` stays absent when it was not given.
 */
export function completeFacts(view: LawView, given: Facts): Result<Facts> {
  const { pack } = view
  const segment = segmentOf(pack, given.segment)
  if (!segment)
    return refuse({
      code: 'wrong-fact',
      rule: `--segment is one of ${pack.segments.map(({ code }) => code).join(', ')}.`,
      data: { flag: '--segment', given: given.segment ?? '' },
      next: 'Name one of these segments.',
    })
  const checked = checkFacts(pack, given)
  if (!checked.ok) return checked
  const facts: Record<string, string> = { payer: segment.payer }
  for (const fact of pack.facts) if (fact.default !== undefined) facts[fact.code] = fact.default
  Object.assign(facts, given)
  // What the law does not ask for in this segment must not decide anything: a profile holds its default too.
  for (const fact of pack.facts) {
    if (!fact.profile || fact.segments === undefined || fact.segments.includes(segment.code)) continue
    if (fact.default === undefined) delete facts[fact.code]
    else facts[fact.code] = fact.default
  }
  if (facts.programmes !== undefined) facts.programmes = inOrder(pack, facts.programmes.split(',')).join(',')
  if (facts.born !== undefined && isDay(facts.born)) {
    if (facts.born > view.day)
      return refuse({
        code: 'wrong-fact',
        rule: `${nameOf(pack, 'born')} lies after the first day of the month.`,
        data: { flag: nameOf(pack, 'born'), given: facts.born, month: monthOf(view.day) },
        next: `Correct ${nameOf(pack, 'born')} or the month.`,
      })
    facts.age = String(yearsBetween(facts.born, view.day))
  }
  return ok({ ...facts, ...pack.rules.deriveFacts(view, facts) })
}
