// A membership as given: who is insured in which segment, with which programmes and facts, and who pays. Two of the same kind never overlap.
import { checkFacts, type Facts, type Pack, type SegmentInfo } from '@payung/law'
import {
  addDays,
  type Day,
  ok,
  overlaps,
  parseAmount,
  parseDay,
  parseMemberNumber,
  type Refusal,
  type Result,
  refuse,
} from '@payung/values'
import { rowFault } from './row-fault.ts'

export type NewMembership = {
  readonly memberNumber: string
  readonly segment: string
  readonly organisationId?: bigint
  /** Absent: the organisation pays, or without one the person. */
  readonly payerId?: bigint
  readonly programmes?: readonly string[]
  readonly facts?: Facts
  /** Wage or income a month in minor units, as typed. */
  readonly base?: string
  readonly from: string
}
export type CheckedMembership = {
  readonly segment: SegmentInfo
  readonly programmes: readonly string[]
  readonly facts: Facts
  readonly base: bigint
  readonly from: Day
}
export type OtherMembership = {
  readonly segment: string
  readonly organisationId: bigint | null
  readonly programmes: readonly string[]
  readonly from: Day
  readonly until: Day | null
}

const furthestAhead = 366

/** Why a typed member number leads nowhere. `known`: it is well formed but nobody bears it. */
export function refuseNumber(text: string): Refusal {
  const parsed = parseMemberNumber(text)
  const data = (wrong: string) => ({ field: 'memberNumber', given: text.slice(0, 40), wrong })
  if ('number' in parsed)
    return {
      code: 'member-unknown',
      rule: 'A member is registered before it is named.',
      data: data('unknown'),
      next: 'Check the number, or register the person first.',
    }
  const rules = {
    letters: 'A member number has digits only, and no old number is written like this one.',
    length: `A member number has 11 digits; this one has ${text.replaceAll(/\D/g, '').length}.`,
    'check-digit': 'The last digit of a member number follows from the others; one digit here is mistyped.',
  }
  return {
    code: 'member-number-mistyped',
    rule: rules[parsed.wrong],
    data: data(parsed.wrong),
    next: 'Copy the number from the card once more.',
  }
}

/** A base of wage or income: whole minor units, not below zero. */
export function checkBase(text: string): Result<bigint> {
  const base = parseAmount(text)
  const no = (rule: string) =>
    refuse(rowFault('wrong-base', 'base', text.slice(0, 40), rule, 'Write the amount of one month in whole units, digits only.'))
  if (base === undefined) return no('A wage or income is a whole amount in digits, without separators.')
  if (base < 0n) return no('A wage or income is not below zero.')
  return base > 999_999_999_999_999n ? no('A wage or income has at most 15 digits.') : ok(base)
}

/** The programmes asked for in the pack's order; empty: those that the law makes compulsory. */
function checkProgrammes(pack: Pack, segment: SegmentInfo, asked: readonly string[]): Result<string[]> {
  const allowed = new Set(segment.programmes.flatMap((code) => pack.funds.find((fund) => fund.code === code)?.programmes ?? [code]))
  const known = pack.programmes.filter(({ code, splitOnly }) => allowed.has(code) && !splitOnly).map(({ code }) => code)
  const unknown = asked.find((code) => !known.includes(code))
  if (unknown === undefined) return ok(known.filter((code) => asked.includes(code)))
  return refuse(
    rowFault(
      'programme-unknown',
      'programmes',
      unknown,
      `In the segment ${segment.code} one may join ${known.join(', ')}.`,
      'Name programmes of this segment, or none for those that are compulsory.',
    ),
  )
}

function checkFrom(text: string, born: Day, today: Day): Result<Day> {
  const from = parseDay(text)
  const no = (rule: string, next: string) => refuse(rowFault('wrong-first-day', 'from', text, rule, next))
  if (!from) return no('The first day is an existing day written YYYY-MM-DD.', 'Write the first day as YYYY-MM-DD.')
  if (from <= born) return no('A membership begins after birth.', 'Check the first day and the day of birth.')
  return from > addDays(today, furthestAhead)
    ? no('A membership begins at most a year from today.', 'Register it when its first day is nearer.')
    : ok(from)
}

/** Checks a row against the pack. A base may also be given as the segment's own fact (its wage or income). */
export function checkMembership(pack: Pack, row: NewMembership, born: Day, today: Day): Result<CheckedMembership> {
  const segment = pack.segments.find(({ code }) => code === row.segment)
  if (!segment)
    return refuse(
      rowFault(
        'segment-unknown',
        'segment',
        row.segment,
        `The segments are ${pack.segments.map(({ code }) => code).join(', ')}.`,
        'Name one of these segments.',
      ),
    )
  const checked = checkFacts(pack, row.facts ?? {})
  if (!checked.ok) return refuse({ ...checked.refusal, data: { ...checked.refusal.data, field: 'facts' } })
  const baseFact = segment.base.find((code) => checked.value[code] !== undefined)
  const base = checkBase(row.base ?? (baseFact === undefined ? '0' : (checked.value[baseFact] ?? '0')))
  if (!base.ok) return base
  const programmes = checkProgrammes(pack, segment, row.programmes ?? [])
  if (!programmes.ok) return programmes
  const from = checkFrom(row.from, born, today)
  if (!from.ok) return from
  const facts = Object.fromEntries(
    Object.entries(checked.value).filter(([code]) => !segment.base.includes(code) && code !== 'segment' && code !== 'programmes'),
  )
  return ok({ segment, programmes: programmes.value, facts, base: base.value, from: from.value })
}

const shareProgrammes = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((code) => b.includes(code))

/** Refuses a second membership of the same segment and employer at the same time, unless their programmes are named and differ. */
export function refuseOverlap(membership: OtherMembership, others: readonly OtherMembership[]): Refusal | undefined {
  const other = others.find(
    (known) =>
      known.segment === membership.segment &&
      known.organisationId === membership.organisationId &&
      overlaps(known, membership) &&
      shareProgrammes(known.programmes, membership.programmes),
  )
  if (!other) return undefined
  return {
    code: 'membership-overlaps',
    rule: 'One person has one membership at a time in a segment with one employer, unless each names other programmes.',
    data: {
      field: 'from',
      given: membership.from,
      segment: membership.segment,
      existingFrom: other.from,
      existingUntil: other.until ?? '',
    },
    next: 'End the existing membership first, or name the programmes of both.',
  }
}
