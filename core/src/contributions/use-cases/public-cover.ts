// The public question "is this number covered?": states and dates, why not, and what restores it. Never a name, an employer or a payer.
import type { PublicCover } from '@payung/api'
import { assess, type Law } from '@payung/law'
import {
  addMonths,
  type Day,
  lastDay,
  type Month,
  monthFromNumber,
  monthNumber,
  monthOf,
  parseMemberNumber,
  plainNumber,
} from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import {
  askPriceFacts,
  askPublicCover,
  askPublicMembership,
  askPublicMonths,
  type PublicMembership,
  type PublicMonth,
  type PublicRow,
  rulesOn,
} from '../store/cover.ts'
import { monthLawBy } from './ensure-tariff.ts'

type Answer = PublicCover['answer']
const nothing = (on: Day, answer: Answer): PublicCover => ({
  on,
  answer,
  merged: false,
  wrong: null,
  memberNumber: null,
  programmes: [],
  since: null,
  until: null,
  begins: null,
  reason: null,
  restore: null,
  memberships: [],
})

/** One answer over all programmes: covered only when nothing is missing, not covered only when nothing is left. */
function overall(rows: readonly PublicRow[]): Answer {
  const states = rows.map(({ state }) => state)
  if (states.every((state) => state === 'not covered')) return 'not covered'
  if (states.some((state) => state === 'employer pays first')) return 'employer pays first'
  return states.some((state) => state === 'covered, contribution outstanding') ? 'outstanding' : 'covered'
}

/** Which months a self-payer must pay to be covered without arrears: those of his grace, or this month alone when he begins anew. */
function monthsToPay(today: Month, paid: number | null, graceMonths: number): Month[] {
  const now = monthNumber(today)
  if (paid === null || paid + graceMonths < now) return [today]
  return Array.from({ length: Math.max(0, now - paid) }, (_, index) => monthFromNumber(paid + 1 + index))
}

/** What the member himself can pay: his own missing months; or, where a sponsor's cover has ended, this month alone as a self-payer. */
async function restoreFor(tx: Tx, law: Law, number: string, on: Day, lost: boolean): Promise<PublicCover['restore']> {
  const known = await askPriceFacts(tx, number, on)
  if (!known || (!known.alone && !lost)) return null
  const segment = law.pack.segments.find(({ code }) => code === known.facts.segment)
  const grace = Math.max(
    0,
    ...(await rulesOn(tx, on))
      .filter(({ segment, settlement }) => settlement === 'offer' && segment === known.facts.segment)
      .map(({ grace_months }) => grace_months),
  )
  const months = known.alone ? monthsToPay(monthOf(on), known.paid_month, grace) : [monthOf(on)]
  if (months.length === 0) return null
  const base = segment?.base[0] ?? ''
  // A profile also holds what the pack derived; the pack derives it again.
  const derived = new Set(law.pack.facts.filter((fact) => fact.derived).map(({ code }) => code))
  const facts = Object.fromEntries(Object.entries(known.facts).filter(([code]) => !derived.has(code)))
  let amount = 0n
  for (const month of months) {
    const assessed = assess(monthLawBy(law, month, on), law.asPublishedBy(on), {
      ...facts,
      payer: segment?.payer ?? '',
      [base]: known.base.toString(),
      born: known.born,
    })
    if (!assessed.ok) return null
    amount += assessed.value.totals.billed
  }
  const last = months.at(-1) ?? monthOf(on)
  return {
    amount: { amount: amount.toString(), currency: law.pack.currency.code },
    months,
    by: months.length > 1 ? lastDay(addMonths(months[0] ?? last, grace - 1)) : null,
  }
}

type Strip = PublicCover['memberships'][number]
type MonthState = Strip['months'][number]['state']
const unpaidStates: Readonly<Record<Exclude<PublicMonth['state'], null>, MonthState>> = {
  'covered, contribution outstanding': 'outstanding',
  'employer pays first': 'employer',
  'not covered': 'none',
}
/** The strip shows this calendar year and at most so many before it. */
const yearsBack = 2
const firstShown = (today: Month): number => (Number(today.slice(0, 4)) - yearsBack) * 12

/**
 * One membership alone: from its first month to the end of this year (of a day gone by, to its month), or of what is paid ahead. After it has ended nothing else covers, so those months
 * are told too; before it began nothing is known, because a membership may be older than our records.
 */
function untilYearsEnd(asked: Month, today: Month, own: readonly PublicMonth[]): number[] {
  const first = own[0]?.month ?? monthNumber(asked)
  const last = Math.max(monthNumber(asked), own.at(-1)?.month ?? 0)
  const end = asked < today ? last : Math.floor(last / 12) * 12 + 11
  return Array.from({ length: end - first + 1 }, (_, index) => first + index)
}

/** Each membership by itself. Of several, those of which every month is older than the strip are left out. */
function stripsOf(asked: Month, today: Month, rows: readonly PublicMonth[]): Strip[] {
  const memberships = [...Map.groupBy(rows, ({ ordinal }) => ordinal).values()]
  return memberships.map((own) => {
    const known = new Map(own.map((row) => [row.month, row]))
    const months = memberships.length === 1 ? untilYearsEnd(asked, today, own) : [...known.keys()]
    return {
      left: own[0]?.left_on ?? null,
      months: months.map((number) => {
        const month = monthFromNumber(number)
        const { paid = false, state = null } = known.get(number) ?? {}
        return { month, state: paid ? 'paid' : month > (asked < today ? asked : today) ? 'future' : state ? unpaidStates[state] : 'none' }
      }),
    }
  })
}

function programmesOf(rows: readonly PublicRow[], rules: Awaited<ReturnType<typeof rulesOn>>): PublicCover['programmes'] {
  return rows.flatMap((row) => {
    if (!row.programme || !row.state) return []
    const rule = rules.find(
      (each) => each.segment === row.segment && each.settlement === row.settlement && each.programme === row.programme,
    )
    return [
      {
        programme: row.programme,
        state: row.state,
        since: row.since,
        // Who has just begun has paid nothing yet, and no month before the beginning.
        paidUntil: row.state !== 'not covered' && row.since && row.paid_until && row.paid_until < row.since ? null : row.paid_until,
        coveredUntil: row.covered_until,
        limits: row.limits ?? [],
        rule: rule?.act ?? '',
        article: rule?.article ?? '',
        status: rule?.status ?? '',
      },
    ]
  })
}

/** The best state of each programme over several memberships. */
function bestOf(rows: readonly PublicRow[]): PublicRow[] {
  const order = ['covered', 'covered, contribution outstanding', 'employer pays first', 'not covered']
  const best = new Map<string, PublicRow>()
  for (const row of rows) {
    const known = best.get(row.programme ?? '')
    if (row.programme && (!known || order.indexOf(row.state ?? '') < order.indexOf(known.state ?? ''))) best.set(row.programme, row)
  }
  return [...best.values()]
}

const inOrder = ({ pack }: Law, rows: readonly PublicRow[]): PublicRow[] => {
  const place = ({ programme }: PublicRow): number => pack.programmes.findIndex(({ code }) => code === programme)
  return [...rows].sort((a, b) => place(a) - place(b))
}

const latest = (days: readonly (Day | null)[]): Day | null =>
  days
    .filter((day) => day !== null)
    .sort()
    .at(-1) ?? null

/** Why a registered number has no cover at all: it has left, its membership is yet to begin, it never had one, or nothing is computed for that month. */
function reasonWithout({ left_on, begins_on, lives }: PublicMembership): string {
  if (lives) return 'month-not-open'
  if (begins_on) return 'membership-not-begun'
  return left_on ? 'left' : 'no-membership'
}

/** Runs as the role `public`. The law's rows of the month must stand: the daily work sees to that. */
export async function publicCover(tx: Tx, law: Law, typed: string, on: Day): Promise<PublicCover> {
  const number = plainNumber(typed)
  // An old number may have any form: only what leads to nobody is judged by the form of ours.
  const rows = await askPublicCover(tx, number, on)
  const parsed = parseMemberNumber(typed)
  if (rows.length === 0)
    return 'wrong' in parsed
      ? { ...nothing(on, 'mistyped number'), wrong: parsed.wrong }
      : { ...nothing(on, 'unknown number'), memberNumber: number }
  const best = inOrder(law, bestOf(rows.filter(({ programme }) => programme !== null)))
  const answer = overall(best)
  const months = await askPublicMonths(tx, number, on, firstShown(monthOf(on)))
  const first = best.find(({ reason }) => reason !== null) ?? best[0]
  const without = best.length === 0 ? await askPublicMembership(tx, number, on) : null
  const until = latest(best.map(({ covered_until }) => covered_until))
  const today = tx.today(law.pack.timeZone)
  // What a day to come will bring is not known: only what is paid already is told of it, and no price.
  const ahead = on > today
  const onlyThen = ahead && (answer === 'outstanding' || (first?.since ?? today) > today)
  return {
    on,
    answer,
    merged: rows[0]?.merged ?? false,
    wrong: null,
    memberNumber: number,
    programmes: programmesOf(best, await rulesOn(tx, on)),
    since: without?.left_on ?? first?.since ?? null,
    until,
    begins: without?.begins_on ?? null,
    reason: without ? reasonWithout(without) : answer === 'covered' ? null : onlyThen ? 'not-yet-paid' : (first?.reason ?? null),
    restore: without || ahead || answer === 'covered' ? null : await restoreFor(tx, law, number, on, answer === 'not covered'),
    memberships: stripsOf(monthOf(on), monthOf(today), months),
  }
}
