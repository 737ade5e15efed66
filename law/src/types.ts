// The nouns of the law engine: a pack, its dated parameters, the law of a month, and an assessment with its trace.

import type { Currency, Day, Month } from '@payung/values'
import type { ContractChange, ContractSpan, ContractTerms } from './contract-types.ts'

/** A text in each language of the pack, by language code. */
export type Words = Readonly<Record<string, string>>

export type Status = 'verified' | 'one-source' | 'unverified'

/** One dated value of a parameter, together with where it comes from. */
export type Entry = {
  readonly parameter: string
  readonly from: Day
  /** Contribution months for which alone it holds, both ends included; absent: from `from` until the next entry. */
  readonly months?: { readonly from: Month; readonly to: Month }
  /** Day of promulgation; an entry of unknown day counts as published on `from`. */
  readonly published: Day | 'unknown'
  readonly act: string
  readonly article: string
  readonly link: string
  readonly status: Status
  readonly value: unknown
  readonly note?: string
  /** Digest of an earlier entry that this one corrects, and the day on which we entered it. */
  readonly corrects?: string
  readonly entered?: Day
  /** SHA-256 over all of the above: decisions keep it. */
  readonly digest: string
  /** Where it was read, for messages about it; the law is the same wherever it stands. */
  readonly place?: { readonly file: string; readonly line: number | undefined }
}

/** A parameter as a whole: its name (the file's name), what it is called, and the file it was read from. */
export type ParameterInfo = {
  readonly name: string
  readonly title: Words
  readonly file: string
  readonly note?: string
  /** What each value must look like; see `value-shape.ts`. */
  readonly shape?: import('./value-shape.ts').Shape
  /** The law asks for a new value every so many months after the last: beyond them an entry is not known to hold. */
  readonly renewed?: Pick<Entry, 'act' | 'article' | 'link' | 'status'> & { readonly months: number }
}

export type FactType = 'choice' | 'count' | 'amount' | 'day' | 'flag' | 'programmes'

/** A fact about membership, employer, person or payer that the law may ask for; flags, API fields and forms are made from it. */
export type FactInfo = {
  readonly code: string
  readonly type: FactType
  readonly choices?: readonly string[]
  readonly default?: string
  /** The command line's flag without dashes, where the fact can be given there. */
  readonly flag?: string
  readonly labels: Words
  /** For choices: what each is called. */
  readonly choiceLabels?: Readonly<Record<string, Words>>
  /** The segments in which the law asks for it; absent: all. In other segments a profile holds its default. */
  readonly segments?: readonly string[]
  /** Computed by `rules.deriveFacts`, never given. */
  readonly derived?: boolean
  /** For counts: the only thresholds that predicates may use. A profile stores the bucket, not the number. */
  readonly cuts?: readonly number[]
  /** For counts: more is taken for a mistake of typing, for the reason given. */
  readonly limit?: { readonly most: number; readonly why: Words }
  /** For counts: less is computed as it is given, and warned of, for the reason given. */
  readonly doubt?: { readonly below: number; readonly why: Words }
  /** What the rules take where the fact is absent and has no default, in words. */
  readonly assumed?: Words
  /** Part of a membership's profile (interned combination of discrete facts). */
  readonly profile: boolean
}

export type ProgrammeInfo = {
  readonly code: string
  readonly labels: Words
  /** The name in the law, where `labels` say it more plainly. */
  readonly official?: Words
  readonly sentence: Words
  readonly pictogram: string
  readonly savings: boolean /** Not billed by itself: split from others and paid by the State. */
  readonly splitOnly: boolean /** The programmes that a split may take from. */
  readonly takesFrom?: readonly string[]
}
/** `monthly`: one contribution per membership and month. `contract`: a premium assessed once for the contract's dates. */
export type SegmentInfo = {
  readonly code: string
  readonly labels: Words
  /** The name in the law, where `labels` say it more plainly. */
  readonly official?: Words
  readonly sentence: Words
  readonly assessed: 'monthly' | 'contract'
  readonly pictogram: string /** The facts that can carry the base; the first given counts. A monthly segment has exactly one. */
  readonly base: readonly string[] /** The payer kind where none is named. */
  readonly payer: string /** Programmes (or funds of undivided programmes) that can apply. */
  readonly programmes: readonly string[]
}
/** `receivable`: an issued bill is owed. `offer`: nothing is booked until it is paid. */
export type PayerKindInfo = {
  readonly code: string
  readonly labels: Words
  readonly settlement: 'receivable' | 'offer'
  readonly holder: 'person' | 'organisation' | 'state'
}
/** Where money of a programme is booked. A group holds several programmes that no source splits. */
export type FundInfo = { readonly code: string; readonly programmes: readonly string[]; readonly labels: Words; readonly savings: boolean }

export type Pack = {
  readonly code: string
  readonly labels: Words
  readonly currency: Currency & { readonly symbol: string }
  readonly timeZone: string
  readonly languages: readonly string[]
  readonly shares: readonly string[]
  readonly programmes: readonly ProgrammeInfo[]
  readonly segments: readonly SegmentInfo[]
  readonly payerKinds: readonly PayerKindInfo[]
  readonly funds: readonly FundInfo[]
  readonly facts: readonly FactInfo[]
  /** The first day of the first month for which the pack knows the law. */
  readonly start: Day
  readonly parameters: readonly ParameterInfo[]
  readonly entries: readonly Entry[]
  readonly rules: PackRules
  /** Tables of the pack's data folder by file name without ending (`provinces`, `districts`…), each a list of rows by column. */
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>
  /** The pack's folder, for its data files. */
  readonly folder: string
}

/** Facts as given: all strings, by fact code; amounts in minor units, days as YYYY-MM-DD, flags yes|no. Absent facts take their default. */
export type Facts = Readonly<Record<string, string>>

/** `has` is for the set of programmes: it contains the value. */
export type Predicate = {
  readonly fact: string
  readonly is: '=' | '!=' | 'in' | 'not-in' | '<' | '>=' | 'has'
  readonly value: string | number | readonly string[]
  /** Digest of the entry that sets the condition, so that a programme that does not apply can name its article. */
  readonly entry?: string
}

export type Rounding = { readonly mode: 'half-up' | 'down' | 'up'; readonly unit: bigint }

/**
 * One line of a month's law: for whom (`where`), what programme and share, and how it is computed:
 * round(min(max(nominal ?? base, floor), ceiling) × rate ÷ 1,000,000) + fixed. Rate and fixed already hold the relief.
 */
export type Line = {
  readonly programme: string
  /**
   * employer | worker are billed; state is the State's share; split is taken out of `from`'s employer amount and moved to
   * `programme`; deferred is not billed now and owed later.
   */
  readonly kind: 'employer' | 'worker' | 'state' | 'split' | 'deferred'
  readonly from?: string
  readonly where: readonly Predicate[]
  /** The band of the base, [bandFrom, bandTo); bandTo null is open. */
  readonly bandFrom: bigint
  readonly bandTo: bigint | null
  readonly nominal: bigint | null
  readonly floor: bigint | null
  readonly ceiling: bigint | null
  readonly rate: bigint
  readonly fixed: bigint
  readonly rounding: Rounding
  /** Digests of the entries used, the main one first. */
  readonly entries: readonly string[]
}

/** The law of one contribution month, resolved: every line that can apply, with its predicates. */
export type MonthLaw = {
  readonly month: Month
  readonly publishedBy: Day | null
  readonly lines: readonly Line[]
  readonly compulsory: readonly {
    readonly programme: string
    readonly where: readonly Predicate[]
  }[] /** Parameters that had no entry for the month, by the programme that cannot be computed without them. */
  readonly missing: readonly { readonly programme: string; readonly parameter: string }[] /** Digest over everything above. */
  readonly digest: string
}

/** The lines that hold for one profile of facts and one range of birth days; what the database's tariff rows are made of. */
export type ClassRange = {
  readonly bornFrom: Day /** Exclusive. */
  readonly bornUntil: Day
  readonly lines: readonly Line[]
  readonly programmes: readonly string[]
}

export type TraceStep = {
  readonly text: string
  readonly programme?: string
  readonly amount?: string
  readonly act?: string
  readonly article?: string
  readonly link?: string
  readonly status?: Status
  readonly entry?: string
  readonly warning?: boolean
  /** The code of a fact that was not given and for which this step names what was taken. */
  readonly assumed?: string
  readonly share?: string
  readonly base?: string /** In millionths. */
  readonly rate?: string
}

export type ProgrammeAmount = {
  readonly base: bigint
  readonly employer: bigint
  readonly worker: bigint
  readonly state: bigint /** Taken out of other programmes' employer amounts, by programme. */
  readonly taken: Readonly<Record<string, bigint>> /** Waived for now and owed later (2020 pension relief); zero otherwise. */
  readonly deferred: bigint
}

export type Assessment = {
  readonly programmes: Readonly<Record<string, ProgrammeAmount>>
  readonly totals: { readonly employer: bigint; readonly worker: bigint; readonly state: bigint; readonly billed: bigint }
  readonly due: Day | null
  readonly trace: readonly TraceStep[]
  readonly entries: readonly string[]
}

/** What a pack contributes as code: pure functions, each named by the date of effect of its wording inside the pack. */
export type PackRules = {
  /** The lines of a month, from the parameters in force on its first day (and those bound to the month). */
  readonly monthLines: (view: LawView, month: Month) => Pick<MonthLaw, 'lines' | 'compulsory' | 'missing'>
  /** Facts that follow from others and are kept in the profile, for instance the age bucket on the day of joining. */
  readonly deriveFacts: (view: LawView, facts: Facts) => Facts
  /** A premium assessed once for a contract (construction, migrants). */
  readonly assessContract: (view: LawView, facts: Facts, month: Month) => import('@payung/values').Result<Assessment>
  /** In which parts a contract's premium is paid, and until when its workers may be reported. */
  readonly contractTerms: (view: LawView, facts: Facts, assessed: Assessment, span: RegisteredSpan) => ContractTerms
  /** Until when the certificate of a contract is to reach its payer, counted from its first payment; null: no source says. */
  readonly certificateBy?: (view: LawView, segment: string, paidOn: Day) => Day | null
  /** What a change of a contract's terms costs; below nothing where it gives back. */
  readonly assessChange: (view: LawView, change: ContractChange, month: Month) => import('@payung/values').Result<Assessment>
  readonly dueDay: (view: LawView, month: Month, facts: Facts) => { readonly due: Day | null; readonly trace: readonly TraceStep[] }
  /** So many working days after a day; absent: weekends alone are counted out. */
  readonly workingDaysFrom?: (view: LawView, from: Day, count: number) => Day
  /** What cover allows while contributions are unpaid and in the first months, as in force on the view's day. */
  readonly coverRules: (view: LawView) => readonly CoverRuleRow[]
  /** The published yearly rates of the savings programmes for a month, in millionths; absent where the pack has no savings. */
  readonly savingsRates?: (
    view: LawView,
    month: Month,
  ) => readonly { readonly programme: string; readonly rate: bigint; readonly entry: Entry }[]
  /** Checks a national identity number against what is known of the person; absent where the pack has none. */
  readonly identityNumber?: (pack: Pack, text: string, given: IdentityGiven) => import('@payung/values').Result<IdentityNumber>
}

/** One row of the cover rule: for a segment, the way its money comes, and a programme. */
export type CoverRuleRow = {
  readonly segment: string
  readonly settlement: 'receivable' | 'offer' | 'contract'
  readonly programme: string
  /** Months that may be unpaid before `beyond` follows. */
  readonly graceMonths: number
  readonly beyond: 'employer pays first' | 'not covered' | 'covered, contribution outstanding'
  /** Codes of limits (parameter `cover-limits`): while a contribution is outstanding, and in the first `waitingMonths` of a period. */
  readonly arrearsLimit: string
  readonly waitingMonths: number
  readonly waitingLimit: string
  readonly act: string
  readonly article: string
  readonly status: Status
  readonly entries: readonly string[]
}

type RegisteredSpan = ContractSpan & { readonly registered: Day }
export type IdentityGiven = {
  readonly born?: Day
  readonly sex?: 'female' | 'male' /** The day of the check: nobody is born after it. */
  readonly on: Day
}
/** `born` is null where the number alone leaves the century open. */
export type IdentityNumber = {
  readonly number: string
  readonly born: Day | null
  readonly sex: 'female' | 'male'
  readonly area: string
  readonly notes: readonly Words[]
}

/** The law as in force on one day, and as known by one day. */
export type LawView = {
  readonly pack: Pack
  readonly day: Day
  readonly publishedBy: Day | null
  /** The entry in force; undefined when there is none on that day (the caller makes the refusal). */
  readonly entry: (parameter: string) => Entry | undefined
  /** As `entry`, but for a contribution month: an entry bound to months wins over an open one. */
  readonly entryForMonth: (parameter: string, month: Month) => Entry | undefined
  /** Every entry known by the day of knowledge, in order of effect: for rules that look at a whole series. */
  readonly series: (parameter: string) => readonly Entry[]
}
export type Law = { readonly pack: Pack; readonly on: (day: Day) => LawView; readonly asPublishedBy: (day: Day) => Law }
