// The roll-ups of one day as public pages read them: sums by province, segment, programme and group, with small cells hidden everywhere alike.
import type { Pack } from '@payung/law'
import type { Day } from '@payung/values'
import type { CountRow, Nation, PopulationInfo, ProvinceRow } from '../read-store.ts'
import { groupsOf } from './groups.ts'
import { type Count, countOf, countsOf, partsOf, suppressList, suppressTable, uncounted } from './suppress.ts'

export type Snapshot = {
  readonly day: Day
  /** False before the first count: then nothing is known, which is not 0. */
  readonly counted: boolean
  readonly provinces: readonly ProvinceRow[]
  readonly counts: readonly CountRow[]
  readonly population: PopulationInfo | undefined
  readonly nation: Nation | undefined
  readonly demonstration: boolean
}

const active = ({ programme }: CountRow): boolean => programme === ''
const covered = ({ state }: CountRow): boolean => state.startsWith('covered')
const sumOf = (rows: readonly CountRow[]): number => rows.reduce((sum, { members }) => sum + Number(members), 0)

/** Sums by a key, in the order of `keys`; a key without rows is 0. */
function sumBy(rows: readonly CountRow[], keys: readonly string[], keyOf: (row: CountRow) => string): number[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + Number(row.members))
  return keys.map((key) => sums.get(key) ?? 0)
}

export const activePersons = ({ counted, counts }: Snapshot): Count => (counted ? small(sumOf(counts.filter(active))) : uncounted)

/** Covered persons of each province; the national sum is published. */
export function coveredByProvince({ counted, counts, provinces }: Snapshot): Count[] {
  if (!counted) return provinces.map(() => uncounted)
  return countsOf(
    sumBy(
      counts.filter(active),
      provinces.map(({ code }) => code),
      ({ province }) => province,
    ),
  )
}

export const bySegment = ({ counted, counts }: Snapshot, pack: Pack): { segment: string; members: Count }[] => {
  if (!counted) return []
  const codes = pack.segments.map(({ code }) => code)
  const cells = countsOf(sumBy(counts.filter(active), codes, ({ segment }) => segment))
  return codes.map((segment, index) => ({ segment, members: cells[index] ?? countOf(0, false) }))
}

/** Persons covered in each programme; these sums stand beside each other and add up to nothing published. */
export const byProgramme = ({ counted, counts }: Snapshot, pack: Pack): { programme: string; members: Count }[] => {
  if (!counted) return []
  const codes = pack.programmes.map(({ code }) => code)
  const sums = sumBy(
    counts.filter((row) => covered(row) && !active(row)),
    codes,
    ({ programme }) => programme,
  )
  return codes.map((programme, index) => ({ programme, members: small(sums[index] ?? 0) }))
}

const small = (value: number): Count => countOf(value, suppressList([value])[0] ?? false)

/** Persons ever registered in each province; the national sum is published. */
export const registeredByProvince = ({ counted, provinces }: Snapshot): Count[] =>
  counted ? countsOf(provinces.map(({ registered }) => Number(registered))) : provinces.map(() => uncounted)

/** The groups that the pack declares, and those whose payer is neither themselves nor who employs them. */
export function byGroup({ counted, counts }: Snapshot, pack: Pack): { group: string; members: Count }[] {
  if (!counted) return []
  const whole = counts.filter(active)
  const declared = groupsOf(pack).map(({ code }) => ({
    group: code,
    members: small(sumOf(whole.filter(({ employer_group }) => employer_group === code))),
  }))
  const offered = pack.payerKinds
    .filter(({ holder, settlement }) => holder === 'organisation' && settlement === 'offer')
    .map(({ code }) => code)
  return [...declared, { group: sponsored, members: small(sumOf(whole.filter(({ payer_kind }) => offered.includes(payer_kind)))) }]
}
/** The group of everybody for whom a sponsor or a public line pays. */
export const sponsored = 'sponsored'

/** One province by segment, and by segment and programme. What is hidden is the same whichever province is asked for. */
export function segmentsOf(
  snapshot: Snapshot,
  pack: Pack,
  province: string,
): { segment: string; members: Count; programmes: { programme: string; members: Count }[] }[] {
  const { counted, counts, provinces } = snapshot
  if (!counted) return []
  const segments = pack.segments.map(({ code }) => code)
  const row = provinces.findIndex(({ code }) => code === province)
  const table = provinces.map(({ code }) =>
    sumBy(
      counts.filter((count) => active(count) && count.province === code),
      segments,
      ({ segment }) => segment,
    ),
  )
  // Where the province's own count is hidden, the sum of its segments would tell it.
  const whole = coveredByProvince(snapshot)[row]?.hidden != null
  const hidden = (suppressTable(table)[row] ?? []).map((gone, column) => gone || (whole && (table[row]?.[column] ?? 0) > 0))
  const parts = programmesOf(snapshot, pack, segments)
  return segments.map((segment, column) => ({
    segment,
    members: countOf(table[row]?.[column] ?? 0, hidden[column] ?? false),
    programmes: pack.programmes.flatMap(({ code }) => {
      const part = parts.get(`${province}/${segment}/${code}`)
      // A hidden segment hides its programmes: one of them would be equal to it.
      return part === undefined || part.value === 0
        ? []
        : [{ programme: code, members: hidden[column] ? { value: null, hidden: part.hidden ?? 'protecting' } : part }]
    }),
  }))
}

/** Every province × segment cell of each programme; their sum over the nation is published. */
function programmesOf({ counts, provinces }: Snapshot, pack: Pack, segments: readonly string[]): Map<string, Count> {
  const cells = new Map<string, Count>()
  for (const { code } of pack.programmes) {
    const rows = counts.filter((row) => row.programme === code && covered(row))
    const keys = provinces.flatMap((province) => segments.map((segment) => `${province.code}/${segment}`))
    const found = countsOf(sumBy(rows, keys, ({ province, segment }) => `${province}/${segment}`))
    for (const [index, key] of keys.entries()) cells.set(`${key}/${code}`, found[index] ?? countOf(0, false))
  }
  return cells
}

const states = ['covered', 'covered, contribution outstanding', 'employer pays first', 'not covered'] as const

/** Persons of a province by the best state they are in. The first two add up to the covered, which are published. */
export function statesOf({ counted, counts }: Snapshot, province: string, whole: Count): { state: string; members: Count }[] {
  if (!counted) return []
  const rows = counts.filter((row) => row.province === province && (row.programme === '' || row.programme === '-'))
  const sums = sumBy(rows, states, ({ state }) => state)
  const covered = partsOf(sums.slice(0, 2), whole)
  const cells = [...covered, ...sums.slice(2).map(small)]
  return states.map((state, index) => ({ state, members: cells[index] ?? countOf(0, false) }))
}
