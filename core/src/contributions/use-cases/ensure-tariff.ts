// Makes sure that the law of a month stands in the database as rows for every profile that is needed, in the version that is
// known today. A law that was published since makes a new version; a version that was used never changes (DESIGN: the tariff).

import { createHash } from 'node:crypto'
import { type ClassRange, classRanges, type Law, type LawView, type MonthLaw, monthLaw, rateAt, valueAt } from '@payung/law'
import { type Day, firstDay, type Month } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import {
  addClasses,
  addDueDays,
  addRanges,
  addVersion,
  classesOf,
  latestVersion,
  lockMonthLaw,
  type NewClass,
  type NewRange,
  type Profile,
  profilesWithoutRanges,
} from '../store/tariff.ts'

const known = new WeakMap<Law, Map<string, MonthLaw>>()

/** The law of a month as published by a day; kept, because one day asks for it many times. */
export function monthLawBy(law: Law, month: Month, publishedBy: Day): MonthLaw {
  const laws = known.get(law) ?? new Map<string, MonthLaw>()
  known.set(law, laws)
  const key = `${month} ${publishedBy}`
  const found = laws.get(key)
  if (found) return found
  const asked = monthLaw(law.asPublishedBy(publishedBy), month)
  if (!asked.ok) throw new RangeError(asked.refusal.rule)
  laws.set(key, asked.value)
  return asked.value
}

/** The fine on a late bill of the month, in millionths for each month begun: that of the segments whose bills are owed. */
function fineRate(law: Law, view: LawView, month: Month): bigint {
  const entry = view.entryForMonth('late-fine', month)
  const owed = law.pack.segments.filter(({ payer }) =>
    law.pack.payerKinds.some(({ code, settlement }) => code === payer && settlement === 'receivable'),
  )
  const rates = entry ? owed.flatMap(({ code }) => (valueAt(entry, code) === undefined ? [] : [rateAt(entry, code)])) : []
  return rates.reduce((highest, rate) => (rate > highest ? rate : highest), 0n)
}

async function currentVersion(tx: Tx, law: Law, month: Month, today: Day, monthly: MonthLaw): Promise<number> {
  const latest = await latestVersion(tx, month)
  if (latest?.digest === monthly.digest) return latest.version
  await lockMonthLaw(tx, month)
  const again = await latestVersion(tx, month)
  if (again?.digest === monthly.digest) return again.version
  const version = (again?.version ?? 0) + 1
  const view = law.asPublishedBy(today).on(firstDay(month))
  await addVersion(tx, month, version, monthly.digest, today, fineRate(law, view, month))
  const segments = law.pack.segments.filter(({ assessed }) => assessed === 'monthly')
  await addDueDays(
    tx,
    month,
    segments.map(({ code }) => ({ segment: code, due: law.pack.rules.dueDay(view, month, { segment: code }).due })),
  )
  return version
}

/** Programmes of a segment that is assessed by contract (those that the membership names, else all) hold for the contract's dates; no monthly line applies to them. */
function contractRange(law: Law, profile: Profile): ClassRange {
  const named = law.pack.segments.find(({ code }) => code === profile.segment)?.programmes ?? []
  const open = named.flatMap((code) => law.pack.funds.find((fund) => fund.code === code)?.programmes ?? [code])
  const chosen = profile.facts.programmes?.split(',').filter((code) => code !== '') ?? []
  // Savings are chosen by name; without a choice the contract insures.
  const insured = open.filter((code) => !law.pack.programmes.some((programme) => programme.code === code && programme.savings))
  const programmes = chosen.length === 0 ? insured : open.filter((code) => chosen.includes(code))
  return { bornFrom: '0001-01-01' as Day, bornUntil: '9999-12-31' as Day, lines: [], programmes }
}

const rangesFor = (law: Law, monthly: MonthLaw, profile: Profile): ClassRange[] =>
  profile.settlement === 'contract' ? [contractRange(law, profile)] : classRanges(monthly, profile.facts)

const digestOf = (profile: Profile, programmes: readonly string[], lines: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify([profile.segment, profile.settlement, programmes, lines], (_, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      ),
    )
    .digest('hex')

/**
 * The version of the month's tariff to use today, complete for the profiles given (null: for all). Safe to call at the same time
 * from several transactions: class numbers are given out under a lock.
 */
export async function ensureTariff(tx: Tx, law: Law, month: Month, profiles: readonly number[] | null): Promise<number> {
  const today = tx.today(law.pack.timeZone)
  const monthly = monthLawBy(law, month, today)
  const version = await currentVersion(tx, law, month, today, monthly)
  if ((await profilesWithoutRanges(tx, month, version, profiles)).length === 0) return version
  await lockMonthLaw(tx, month)
  const missing = await profilesWithoutRanges(tx, month, version, profiles)
  const classes = await classesOf(tx, month)
  const numbers = new Map(classes.filter((each) => each.version === version).map((each) => [each.digest, each.class]))
  let last = classes.reduce((highest, each) => Math.max(highest, each.class), 0)
  const newClasses: NewClass[] = []
  const ranges: NewRange[] = []
  for (const profile of missing) {
    for (const range of rangesFor(law, monthly, profile)) {
      const digest = digestOf(profile, range.programmes, range.lines)
      if (!numbers.has(digest)) {
        numbers.set(digest, ++last)
        newClasses.push({ class: last, digest, programmes: range.programmes.join(','), lines: range.lines.map(toRow) })
      }
      ranges.push({ profileId: profile.profile_id, bornFrom: range.bornFrom, bornUntil: range.bornUntil, class: numbers.get(digest) ?? 0 })
    }
  }
  await addClasses(tx, month, version, newClasses)
  await addRanges(tx, month, version, ranges)
  return version
}

const toRow = (line: MonthLaw['lines'][number]): NewClass['lines'][number] => ({
  programme: line.programme,
  kind: line.kind,
  from_programme: line.from ?? '',
  band_from: line.bandFrom,
  band_to: line.bandTo,
  nominal: line.nominal,
  floor: line.floor,
  ceiling: line.ceiling,
  rate: line.rate,
  fixed: line.fixed,
  rounding_mode: line.rounding.mode,
  rounding_unit: line.rounding.unit,
  entries: line.entries,
})
