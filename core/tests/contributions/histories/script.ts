// What happens in a history, drawn at random: who joins and leaves, what is reported and paid. Amounts that depend on what is owed
// are parts of it, so that a script makes sense whatever the law of its months is.
import fc from 'fast-check'

/** Parts of what is owed at that moment, in per cent: too little, just right, too much. */
const part = fc.constantFrom(20, 45, 100, 100, 100, 160, 300)
export type Pay = { readonly on: 'early' | 'late'; readonly part: number }
export type Step = {
  /** Bases of those who join: on the first day of the month, or in its middle. */
  readonly join: readonly { readonly base: number; readonly middle: boolean }[]
  /** Which of the workers who are there (by place, modulo) leaves; null: nobody. */
  readonly leave: number | null
  readonly report: { readonly worker: number; readonly base: number } | null
  readonly pay: readonly Pay[]
  /** Of the month before, when it was issued: which of its rows (by place, modulo) had another wage. */
  readonly correct: { readonly worker: number; readonly base: number } | null
  /** Of the month before, while it is open: how many of its workers get a bill of their own (modulo), or nobody. */
  readonly split: number | null
  /** Whether money that waits goes back where nothing is owed. */
  readonly refund: boolean
  /** Which of the workers is registered a second time, and goes by the second number after both were merged. */
  readonly merge: number | null
}
export type Script = {
  readonly kind: 'employer' | 'self'
  readonly size: string
  readonly risk: string
  /** What a relief asks for, which is published after its first month was billed. */
  readonly industry: 'none' | 'textile'
  readonly headcount: '20' | '80'
  readonly base: number
  readonly steps: readonly Step[]
}

const base = fc.integer({ min: 700_000, max: 15_000_000 })
const often = <Value>(arbitrary: fc.Arbitrary<Value>, freq: number): fc.Arbitrary<Value | null> => fc.option(arbitrary, { freq })
/** Once in so many steps. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>, once: number): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: once - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
const step: fc.Arbitrary<Step> = fc.record({
  join: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.record({ base, middle: fc.boolean() }), { minLength: 1, maxLength: 2 }) },
  ),
  leave: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(9) }),
  report: often(fc.record({ worker: fc.nat(9), base }), 2),
  pay: fc.uniqueArray(fc.record({ on: fc.constantFrom<'early' | 'late'>('early', 'late'), part }), {
    maxLength: 2,
    selector: ({ on }) => on,
  }),
  correct: seldom(fc.record({ worker: fc.nat(9), base }), 8),
  split: seldom(fc.nat(9), 3),
  refund: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  merge: seldom(fc.nat(9), 20),
})

/** Histories of so many months. The first month of an employer always has somebody in it. */
export const scriptOf = (months: number): fc.Arbitrary<Script> =>
  fc
    .record({
      kind: fc.constantFrom<'employer' | 'self'>('employer', 'employer', 'self'),
      size: fc.constantFrom('micro', 'small', 'medium', 'large'),
      risk: fc.constantFrom('I', 'II', 'III', 'IV', 'V'),
      industry: fc.constantFrom<'none' | 'textile'>('none', 'textile'),
      headcount: fc.constantFrom<'20' | '80'>('20', '80'),
      base,
      first: fc.array(fc.record({ base, middle: fc.constant(false) }), { minLength: 1, maxLength: 3 }),
      steps: fc.array(step, { minLength: months, maxLength: months }),
    })
    .map(({ first, steps, ...given }) => ({
      ...given,
      steps: steps.map((each, index) => (index === 0 ? { ...each, join: first, leave: null } : each)),
    }))
