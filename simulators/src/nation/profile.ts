// The profile of a demonstration nation as its country pack gives it: counts with their sources, names, organisations, occupations.

import fs from 'node:fs'
import path from 'node:path'
import type { Day } from '@payung/values'
import { parse } from 'yaml'

export type Words = Readonly<Record<string, string>>
export type Facts = Readonly<Record<string, string>>

export const activeParts = ['wage-private', 'wage-public', 'self', 'sponsored', 'project', 'migrant'] as const
export const formerParts = ['wage-unpaid', 'wage-left', 'self-lapsed', 'sponsored-ended', 'project-ended', 'migrant-ended'] as const
/** What a person is on the last day. */
export type Part = (typeof activeParts)[number] | (typeof formerParts)[number]
export type Counts = Readonly<Record<Part, number>>

export const exceptionKinds = [
  'wage',
  'swap',
  'deactivation',
  'split',
  'taken-back',
  'reversal',
  'refund',
  'queued',
  'reopened',
  'reassessed',
  'death',
  'withdrawal',
  'opening',
  'move',
  'duplicate',
  'reinstatement',
  'instalments',
  'addendum',
  'extension',
  'member',
  'wrong-payer',
  'parts',
  'returned',
  'waiting',
  'waiver',
  'undone-merge',
] as const
export type ExceptionKind = (typeof exceptionKinds)[number]

type Range = readonly [from: number, to: number]

export type NationProfile = {
  readonly labels: Words
  readonly scale: number
  readonly parts: readonly { readonly part: Part; readonly count: number; readonly source: string }[]
  readonly segments: { readonly wage: string; readonly self: string; readonly project: string; readonly migrant: string }
  readonly groups: { readonly public: string }
  readonly coverage: {
    readonly middle: number
    readonly spread: number
    readonly published: Readonly<Record<string, { readonly rate: number }>>
  }
  readonly leanings: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly habits: {
    readonly wage: {
      readonly 'joined-later': number
      readonly 'changed-job': number
      readonly 'second-job': number
      readonly 'was-self-payer': number
      readonly 'promoted-a-month': number
    }
    readonly employer: {
      readonly 'began-later': number
      readonly behind: readonly number[]
      readonly partial: number
      readonly 'once-late': number
      readonly national: number
      readonly 'national-size': number
    }
    readonly self: {
      readonly 'joined-later': number
      readonly periods: Readonly<Record<string, number>>
      readonly behind: number
      readonly returned: number
      readonly 'with-savings': number
    }
    readonly sponsored: { readonly periods: Readonly<Record<string, number>> }
    readonly project: { readonly months: Range }
    readonly migrant: { readonly months: Range; readonly individual: number }
  }
  /** How many of each at the profile's scale. */
  readonly exceptions: Readonly<Record<ExceptionKind, number>>
  /** Acts that changed a month that was billed, or months that were paid ahead, when they were published. */
  readonly late_law: readonly { readonly published: Day; readonly changes: 'issued' | 'prepaid'; readonly act: string }[]
  /** Kinds of payers whose lapse may be undone. */
  readonly late_payers: readonly string[]
  /** Names of those who act for the offices. */
  readonly staff: { readonly officer: string; readonly branch: string; readonly head: string }
}
export type NamesProfile = {
  readonly female: readonly string[]
  readonly male: readonly string[]
  readonly family: readonly string[]
  readonly alone: number
  readonly provinces: readonly {
    readonly codes: readonly string[]
    readonly female?: readonly string[]
    readonly male?: readonly string[]
    readonly family?: readonly string[]
  }[]
}
export type OrganisationsProfile = {
  readonly mark: string
  readonly words: readonly string[]
  readonly employer_kind: string
  readonly sizes: readonly {
    readonly from: number
    readonly to: number
    readonly weight: number
    readonly form: readonly string[]
    readonly facts: Facts
  }[]
  readonly businesses: readonly { readonly name: string; readonly weight: number; readonly facts: Facts; readonly only_from?: number }[]
  readonly headcount_fact: string
  readonly unpaid_facts: Facts
  readonly state: { readonly kind: string; readonly name: string; readonly region: string }
  readonly public: {
    readonly kind: string
    readonly facts: Facts
    readonly names: { readonly province: string; readonly district: string }
    readonly size: Range
  }
  readonly contractors: {
    readonly kind: string
    readonly form: readonly string[]
    readonly business: string
    readonly size: Range
    readonly organisation_facts: Facts
    readonly facts: Facts
    readonly value_fact: string
    readonly value_per_worker: Range
  }
  readonly placement: {
    readonly kind: string
    readonly form: readonly string[]
    readonly business: string
    readonly size: Range
    readonly facts: Facts
  }
  readonly sponsors: readonly {
    readonly kind: string
    readonly weight: number
    readonly funding: string
    readonly names: readonly string[]
    readonly size: Range
  }[]
}
export type NumberPart = {
  readonly part: 'region' | 'counter' | 'day' | 'month' | 'year' | 'sequence'
  readonly digits: number
  readonly from?: number
  readonly to?: number
  readonly women_add?: number
}
export type WorkersProfile = {
  readonly born: { readonly from: Day; readonly to: Day }
  readonly female: { readonly wage: number; readonly self: number; readonly project: number; readonly migrant: number }
  readonly wages: {
    readonly small: readonly number[]
    readonly large: readonly number[]
    readonly public: readonly number[]
    readonly rounding: number
  }
  readonly incomes: Readonly<Record<string, number>>
  readonly occupations: readonly { readonly weight: number; readonly facts: Facts }[]
  readonly programmes: { readonly self: readonly string[]; readonly self_with_savings: readonly string[] }
  readonly migrant: { readonly facts: { readonly individual: Facts; readonly placement: Facts }; readonly months_fact: string }
  readonly price: Facts
  readonly national_number: readonly NumberPart[]
}
export type PopulationProfile = {
  readonly eligible_per_thousand: number
  readonly as_of: Day
  readonly source: Words
  readonly link: string
}

/** The provisional rate of savings, ours; it holds for some months beyond the history, so that the clock can be moved on. */
export type SavingsProfile = {
  readonly programme: string
  readonly provisional: string
  readonly months_after: number
  readonly act: string
  readonly article: string
  readonly link: string
  readonly status: 'unverified'
}

export type Profile = {
  readonly nation: NationProfile
  readonly names: NamesProfile
  readonly organisations: OrganisationsProfile
  readonly workers: WorkersProfile
  readonly population: PopulationProfile
  readonly savings: SavingsProfile
}

/** Reads the folder `demonstration` of a country pack. */
export function readProfile(packFolder: string): Profile {
  const read = <T>(name: string): T => parse(fs.readFileSync(path.join(packFolder, 'demonstration', `${name}.yaml`), 'utf8')) as T
  return {
    nation: read('nation'),
    names: read('names'),
    organisations: read('organisations'),
    workers: read('workers'),
    population: read('population'),
    savings: read('savings'),
  }
}

/** The profile's counts at another scale: active parts sum to the scaled total of active, former parts to the scaled rest. */
export function countsAt(nation: NationProfile, scale: number, share: (whole: number, weights: readonly number[]) => number[]): Counts {
  const countOf = (part: Part): number => nation.parts.find((entry) => entry.part === part)?.count ?? 0
  const scaled = (parts: readonly Part[]): [Part, number][] => {
    const counts = parts.map(countOf)
    const whole = Math.round((counts.reduce((sum, count) => sum + count, 0) * nation.scale) / scale)
    // Even the smallest nation has somebody of each part, where the total leaves room for it.
    const spare = whole >= parts.length * 2 ? 1 : 0
    return share(whole - spare * parts.length, counts).map((count, index) => [parts[index] as Part, count + spare])
  }
  if (scale === nation.scale) return Object.fromEntries([...activeParts, ...formerParts].map((part) => [part, countOf(part)])) as Counts
  return Object.fromEntries([...scaled(activeParts), ...scaled(formerParts)]) as Counts
}
