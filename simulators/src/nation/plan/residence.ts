// Where people live: each part of the nation over the districts, by workers × coverage, exact to the total of each part.
import { apportion, fitTable } from '../apportion.ts'
import { activeParts, type Counts, formerParts, type NationProfile, type Part } from '../profile.ts'
import { random } from '../random.ts'

/** A district with its province. `eligible` counts, in thousands of parts of a person, the workers who could be insured at the nation's scale. */
export type District = {
  readonly code: string
  readonly name: string
  readonly province: string
  readonly city: boolean
  readonly eligible: number
}

/** The district codes in which the people of each part live, one entry per person. */
export type Residence = Readonly<Record<Part, readonly string[]>>

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** A part whose people are gone leans as its living counterpart does. */
const leaningOf: Readonly<Record<Part, Part>> = {
  'wage-private': 'wage-private',
  'wage-public': 'wage-public',
  self: 'self',
  sponsored: 'sponsored',
  project: 'project',
  migrant: 'migrant',
  'wage-unpaid': 'wage-private',
  'wage-left': 'wage-private',
  'self-lapsed': 'self',
  'sponsored-ended': 'sponsored',
  'project-ended': 'project',
  'migrant-ended': 'migrant',
}

/** Active people of each province: the published rate where there is one, elsewhere around the middle, scaled so that the sum is right. */
function activeByProvince(nation: NationProfile, provinces: ReadonlyMap<string, number>, active: number, seed: number): number[] {
  const dice = random(seed, 'coverage')
  const wanted = [...provinces].map(([code, eligible]) => {
    const published = nation.coverage.published[code]?.rate
    const guess = nation.coverage.middle + nation.coverage.spread * (dice.next() * 2 - 1)
    return { people: eligible * (published ?? guess), fixed: published !== undefined }
  })
  const fixed = sum(wanted.filter((entry) => entry.fixed).map(({ people }) => people))
  const free = sum(wanted.filter((entry) => !entry.fixed).map(({ people }) => people))
  // A nation too small for the published rates scales them too.
  const factor = active > fixed && free > 0 ? (active - fixed) / free : active / (fixed + free)
  return wanted.map(({ people, fixed: kept }) => people * (kept && active > fixed && free > 0 ? 1 : factor))
}

/** The people of one part in every district, given how many live in each province (not rounded). */
function overDistricts(
  nation: NationProfile,
  districts: readonly District[],
  part: Part,
  count: number,
  byProvince: ReadonlyMap<string, number>,
): number[] {
  const lean = nation.leanings.city?.[leaningOf[part]] ?? 1
  const weight = (district: District): number => district.eligible * (district.city ? lean : 1)
  const whole = new Map<string, number>()
  for (const district of districts) whole.set(district.province, (whole.get(district.province) ?? 0) + weight(district))
  return apportion(
    count,
    districts.map((district) => ((byProvince.get(district.province) ?? 0) * weight(district)) / (whole.get(district.province) || 1)),
  )
}

export function placeResidents(nation: NationProfile, districts: readonly District[], counts: Counts, seed: number): Residence {
  const provinces = new Map<string, number>()
  for (const { province, eligible } of districts) provinces.set(province, (provinces.get(province) ?? 0) + eligible)
  const codes = [...provinces.keys()]
  const leaning = (part: Part, province: string): number => nation.leanings[leaningOf[part]]?.[province] ?? 1
  const active = activeByProvince(nation, provinces, sum(activeParts.map((part) => counts[part])), seed)
  const table = fitTable(
    codes.map((code) => activeParts.map((part) => (provinces.get(code) ?? 0) * leaning(part, code))),
    active,
    activeParts.map((part) => counts[part]),
  )
  const residence = {} as Record<Part, readonly string[]>
  const place = (part: Part, column: readonly number[]): void => {
    const shares = new Map(codes.map((code, index) => [code, column[index] ?? 0]))
    const whole = overDistricts(nation, districts, part, counts[part], shares)
    residence[part] = districts.flatMap(({ code }, index) => Array<string>(whole[index] ?? 0).fill(code))
  }
  for (const [column, part] of activeParts.entries())
    place(
      part,
      table.map((row) => row[column] ?? 0),
    )
  for (const part of formerParts)
    place(
      part,
      codes.map((code, index) => (active[index] ?? 0) * leaning(part, code)),
    )
  return residence
}
