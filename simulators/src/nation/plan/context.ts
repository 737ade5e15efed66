// What every part of the plan is made with: the profile, the places, and the chances of a seed.
import type { Profile } from '../profile.ts'
import { type Random, random } from '../random.ts'
import type { Draft } from './nouns.ts'
import type { PlannedPerson, Work } from './people.ts'
import type { District, Residence } from './residence.ts'

export type Region = { readonly code: string; readonly name: string }

export type Planning = {
  readonly profile: Profile
  readonly residence: Residence
  readonly draft: Draft
  /** The last month, the one in which the nation is counted. */
  readonly last: number
  readonly dice: (name: string) => Random
  readonly districtOf: (code: string) => District
  readonly provinceName: (code: string) => string
  /** Adds a person who lives there, and says which number in the plan. */
  readonly addPerson: (region: string, work: Work) => number
}

export function planning(input: {
  profile: Profile
  districts: readonly District[]
  provinces: readonly Region[]
  residence: Residence
  draft: Draft
  seed: number
  makePerson: (region: string, province: string, work: Work) => PlannedPerson
}): Planning {
  const { profile, residence, draft, seed } = input
  const districts = new Map(input.districts.map((district) => [district.code, district]))
  const provinces = new Map(input.provinces.map(({ code, name }) => [code, name]))
  const districtOf = (code: string): District => {
    const district = districts.get(code)
    if (!district) throw new RangeError(`the district ${code} is not in the plan`)
    return district
  }
  return {
    profile,
    residence,
    draft,
    districtOf,
    last: draft.months - 1,
    dice: (name) => random(seed, name),
    provinceName: (code) => provinces.get(code) ?? code,
    addPerson: (region, work) => draft.persons.push(input.makePerson(region, districtOf(region).province, work)) - 1,
  }
}

/** The people of a part by province, in the order of the districts. */
export function byProvince(regions: readonly string[], { districtOf }: Pick<Planning, 'districtOf'>): Map<string, string[]> {
  const provinces = new Map<string, string[]>()
  for (const region of regions) {
    const { province } = districtOf(region)
    const list = provinces.get(province)
    if (list) list.push(region)
    else provinces.set(province, [region])
  }
  return provinces
}

/** Cuts a number of people into groups of sizes drawn by `draw`; the last group takes what is left. */
export function cut(count: number, draw: () => number): number[] {
  const sizes: number[] = []
  for (let left = count; left > 0; ) {
    const size = Math.max(1, Math.min(draw(), left))
    sizes.push(size)
    left -= size
  }
  return sizes
}
