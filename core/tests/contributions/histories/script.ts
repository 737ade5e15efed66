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
}
export type Script = {
  readonly kind: 'employer' | 'self'
  readonly size: string
  readonly risk: string
  readonly base: number
  readonly steps: readonly Step[]
}

const base = fc.integer({ min: 700_000, max: 15_000_000 })
const often = <Value>(arbitrary: fc.Arbitrary<Value>, freq: number): fc.Arbitrary<Value | null> => fc.option(arbitrary, { freq })
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
})

/** Histories of so many months. The first month of an employer always has somebody in it. */
export const scriptOf = (months: number): fc.Arbitrary<Script> =>
  fc
    .record({
      kind: fc.constantFrom<'employer' | 'self'>('employer', 'employer', 'self'),
      size: fc.constantFrom('micro', 'small', 'medium', 'large'),
      risk: fc.constantFrom('I', 'II', 'III', 'IV', 'V'),
      base,
      first: fc.array(fc.record({ base, middle: fc.constant(false) }), { minLength: 1, maxLength: 3 }),
      steps: fc.array(step, { minLength: months, maxLength: months }),
    })
    .map(({ first, steps, ...given }) => ({
      ...given,
      steps: steps.map((each, index) => (index === 0 ? { ...each, join: first, leave: null } : each)),
    }))
