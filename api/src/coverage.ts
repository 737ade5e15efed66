// Public figures: what anyone may read, each with numerator, denominator, date and source.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Count, Day, Hidden, Money, Month, Words } from './values.ts'

const Source = Type.Object({ text: Words, link: Type.Union([Type.String(), Type.Null()]), synthetic: Type.Boolean() })
/**
 * Covered persons of eligible workers; `perHundred` has one decimal, as text, for instance "41.0"; null where nothing has been counted.
 * In a nation whose persons stand for several, `eligible` and `people` are divided likewise, so that the rate can be computed again.
 */
export const Rate = Type.Object({
  covered: Count,
  eligible: Type.Integer(),
  people: Type.Integer(),
  perHundred: Type.Union([Type.String(), Type.Null()]),
  asOf: Day,
  source: Source,
})
/** All bills of a month: what they are made of, what was billed, booked and collected of it, and the difference between the three sums. */
const MonthBills = Type.Object({
  contributions: Money,
  premiums: Money,
  fines: Money,
  stateShare: Money,
  billed: Money,
  booked: Money,
  difference: Money,
  collected: Money,
})
/** Contributions and premiums of a month, without fines and the State's share: those stand in `bills`. */
export const MonthFigure = Type.Object({
  month: Month,
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  computed: Money,
  billed: Money,
  booked: Money,
  difference: Money,
  collected: Money,
  collectedPerHundred: Type.String(),
  asOf: Day,
  bills: Type.Union([MonthBills, Type.Null()]),
})
export const Overview = Type.Object({
  synthetic: Type.Boolean(),
  asOf: Day,
  /** False before the first count: figures are then absent, not 0. */
  counted: Type.Boolean(),
  rate: Rate,
  registered: Type.Integer(),
  segments: Type.Array(Type.Object({ segment: Type.String(), members: Count })),
  groups: Type.Array(Type.Object({ group: Type.String(), members: Count })),
  programmes: Type.Array(Type.Object({ programme: Type.String(), members: Count })),
  /** The counts of the demonstration nation as it was created, with that date; null outside a demonstration. */
  created: Type.Union([
    Type.Object({
      asOf: Day,
      active: Type.Integer(),
      segments: Type.Array(Type.Object({ segment: Type.String(), members: Type.Integer() })),
      groups: Type.Array(Type.Object({ group: Type.String(), members: Type.Integer() })),
    }),
    Type.Null(),
  ]),
  /** Member numbers to try, with the answer of that day. Only in a demonstration, else empty. */
  examples: Type.Array(Type.Object({ number: Type.String(), answer: Type.String() })),
  /** The latest month past its due date, and the running one; null before the first month. */
  month: Type.Union([MonthFigure, Type.Null()]),
  running: Type.Union([MonthFigure, Type.Null()]),
  /** One month of accident and death cover for a self-payer on the lowest band, today and at the next change that is known. */
  price: Type.Union([
    Type.Object({ amount: Money, from: Month, next: Type.Union([Type.Object({ amount: Money, from: Month }), Type.Null()]) }),
    Type.Null(),
  ]),
  history: Type.Array(MonthFigure, { description: 'All months, latest first' }),
})
export const Region = Type.Object({
  code: Type.String(),
  name: Type.String(),
  shortName: Type.String(),
  tile: Type.Object({ column: Type.Integer(), row: Type.Integer() }),
  rate: Rate,
})
export const RegionDetail = Type.Object({
  region: Region,
  registered: Count,
  segments: Type.Array(
    Type.Object({
      segment: Type.String(),
      members: Count,
      programmes: Type.Array(Type.Object({ programme: Type.String(), members: Count })),
    }),
  ),
  states: Type.Array(Type.Object({ state: Type.String(), members: Count })),
  districts: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      kind: Type.String(),
      eligible: Type.Integer(),
      people: Type.Integer(),
      members: Count,
      perHundred: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  minimumWage: Type.Union([Type.Object({ amount: Money, from: Day, act: Type.String(), status: Type.String() }), Type.Null()]),
})
/** A figure with an address of its own: definition, date, rows, CSV and a ready citation. */
export const Figure = Type.Object({
  id: Type.String(),
  title: Words,
  definition: Words,
  doesNotSay: Words,
  asOf: Day,
  synthetic: Type.Boolean(),
  source: Source,
  columns: Type.Array(
    Type.Object({
      code: Type.String(),
      label: Words,
      kind: Type.Union([
        Type.Literal('text'),
        Type.Literal('count'),
        Type.Literal('money'),
        Type.Literal('rate'),
        Type.Literal('day'),
        Type.Literal('month'),
      ]),
    }),
  ),
  /** Texts in the language asked for; null where nothing is known; an object where a count is hidden. */
  rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null(), Type.Object({ hidden: Hidden })]))),
  csv: Type.String({ description: 'Address of the CSV' }),
  /** For each language, with the address of the figure's page in it. */
  citation: Words,
})
export const FigureSummary = Type.Object({ id: Type.String(), title: Words, asOf: Day })

export const ProgrammeCover = Type.Object({
  programme: Type.String(),
  state: Type.Union([
    Type.Literal('covered'),
    Type.Literal('covered, contribution outstanding'),
    Type.Literal('employer pays first'),
    Type.Literal('not covered'),
  ]),
  since: Type.Union([Type.String(), Type.Null()], { description: 'Day since which this state holds, where known' }),
  paidUntil: Type.Union([Day, Type.Null()]),
  coveredUntil: Type.Union([Day, Type.Null()]),
  /** Codes of limits, for instance of the first months; sentences in the scheme. */
  limits: Type.Array(Type.String()),
  rule: Type.String(),
  article: Type.String(),
  status: Type.String(),
})
/** A month of a membership: `outstanding` is covered without payment, `employer` means that the employer pays benefits first, `none` not covered. */
const MonthOfCover = Type.Object({
  month: Month,
  state: Type.Union([
    Type.Literal('paid'),
    Type.Literal('outstanding'),
    Type.Literal('employer'),
    Type.Literal('none'),
    Type.Literal('future'),
  ]),
})
/** Why there is no cover (or only part of it), and what restores it. Never a name, an employer or a payer. */
export const PublicCover = Type.Object({
  on: Day,
  answer: Type.Union([
    Type.Literal('covered'),
    Type.Literal('outstanding'),
    Type.Literal('employer pays first'),
    Type.Literal('not covered'),
    Type.Literal('unknown number'),
    Type.Literal('mistyped number'),
  ]),
  /** The number is an old one of somebody who has another now. The answer holds for that person. */
  merged: Type.Boolean(),
  /** For a mistyped number: letters, length or check-digit. */
  wrong: Type.Union([Type.String(), Type.Null()]),
  /** The number as asked, in its plain form. The number that an old one leads to is never told. */
  memberNumber: Type.Union([Type.String(), Type.Null()]),
  programmes: Type.Array(ProgrammeCover),
  since: Type.Union([Day, Type.Null()]),
  until: Type.Union([Day, Type.Null()]),
  /** For a number without cover: the day on which its next membership begins. */
  begins: Type.Union([Day, Type.Null()]),
  /**
   * Code of the reason when something is missing: never-paid | lapsed | left | contract-ended | contract-not-begun | reported-late | employer-unpaid |
   * contribution-outstanding; on a day to come not-yet-paid; without any membership on that day no-membership | membership-not-begun; where nothing is computed yet month-not-open.
   */
  reason: Type.Union([Type.String(), Type.Null()]),
  /** What restores cover: the amount for a self-payer, for the months named; null when somebody else must pay. */
  restore: Type.Union([Type.Object({ amount: Money, months: Type.Array(Month), by: Type.Union([Day, Type.Null()]) }), Type.Null()]),
  /**
   * The month strip: each membership by itself, told by nothing but its months. `left` is the day it ended. Months are oldest first. One membership has all
   * months from its first to the end of the year; of several each has only the months in which it lived, because another may cover the others.
   */
  memberships: Type.Array(Type.Object({ left: Type.Union([Day, Type.Null()]), months: Type.Array(MonthOfCover) })),
})

const Code = Type.Object({ code: Type.String({ maxLength: 20 }) })
const Named = Type.Object({ id: Type.String({ maxLength: 80 }) })
const InLanguage = Type.Object({
  lang: Type.Optional(
    Type.String({ pattern: '^[a-z]{2,3}$', description: 'Language of the texts; the first of the scheme when left out' }),
  ),
})
export const coverageRoutes = {
  overview: route({
    method: 'GET',
    path: '/v1/public/overview',
    tag: 'public',
    summary: 'Who is covered, contributions of the month, and the control',
    access: 'public',
    response: Overview,
  }),
  regions: route({
    method: 'GET',
    path: '/v1/public/regions',
    tag: 'public',
    summary: 'Coverage of every province',
    access: 'public',
    response: Type.Array(Region),
  }),
  region: route({
    method: 'GET',
    path: '/v1/public/regions/:code',
    tag: 'public',
    summary: 'One province by segment, programme and district',
    access: 'public',
    params: Code,
    response: RegionDetail,
  }),
  figures: route({
    method: 'GET',
    path: '/v1/public/figures',
    tag: 'public',
    summary: 'The public figures that have an address',
    access: 'public',
    response: Type.Array(FigureSummary),
  }),
  figure: route({
    method: 'GET',
    path: '/v1/public/figures/:id',
    tag: 'public',
    summary: 'One figure with definition, date and rows',
    access: 'public',
    params: Named,
    query: InLanguage,
    response: Figure,
  }),
  figureCsv: route({
    method: 'GET',
    path: '/v1/public/figures/:id.csv',
    tag: 'public',
    summary: 'The rows of a figure for a spreadsheet: "<5" is a count of 1 to 4, "x" one that protects it',
    access: 'public',
    params: Named,
    query: InLanguage,
    text: 'text/csv; charset=utf-8',
    response: Type.String(),
  }),
  publicCover: route({
    method: 'GET',
    path: '/v1/public/cover/:number',
    tag: 'public',
    summary: 'Is this member number covered? States and dates only; thirty questions a minute',
    access: 'public',
    perMinute: 30,
    params: Type.Object({ number: Type.String({ maxLength: 40 }) }),
    query: Type.Object({ on: Type.Optional(Day) }),
    response: PublicCover,
  }),
}
export type Overview = Static<typeof Overview>
export type Region = Static<typeof Region>
export type RegionDetail = Static<typeof RegionDetail>
export type Figure = Static<typeof Figure>
export type PublicCover = Static<typeof PublicCover>
export type MonthFigure = Static<typeof MonthFigure>
