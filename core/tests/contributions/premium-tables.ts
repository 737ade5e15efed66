// Premium contracts drawn at random, and what the published tables say of them: PP 44/2015 art 54 and 55 (projects), Permenaker 4/2023
// art 18 (migrants). Shaped otherwise than the pack's rule, so that one mistake is not made twice: what lies below a slice is a known sum.
import { addDays, addMonths, type Day, firstDay, monthOf } from '@payung/values'
import fc from 'fast-check'

export const registered = '2026-10-01' as Day

type Project = { readonly kind: 'project'; readonly by: 'value' | 'wages'; readonly amount: bigint; readonly employer: number }
type Migrant = {
  readonly kind: 'migrant'
  readonly months: number
  readonly via: 'placement' | 'individual'
  readonly savings: number | null
}
export type Drawn = (Project | Migrant) & {
  readonly starts: number
  readonly lasts: number
  readonly members: number
  readonly pays: boolean
}

export const employers = 12
/** Values around the edges of the slices are as likely as any. */
const value = fc.oneof(
  fc.bigInt({ min: 100_000n, max: 9_000_000_000n }),
  fc
    .tuple(fc.constantFrom(100_000_000n, 500_000_000n, 1_000_000_000n, 5_000_000_000n), fc.integer({ min: -60, max: 60 }))
    .map(([edge, off]) => edge + BigInt(off)),
)
const times = { starts: fc.integer({ min: -60, max: 90 }), lasts: fc.integer({ min: 1, max: 700 }), pays: fc.boolean() }
export const drawn: fc.Arbitrary<Drawn> = fc.oneof(
  fc.record({
    kind: fc.constant('project' as const),
    by: fc.constantFrom('value' as const, 'wages' as const),
    amount: value,
    employer: fc.integer({ min: 0, max: employers - 1 }),
    members: fc.integer({ min: 0, max: 3 }),
    ...times,
  }),
  fc.record({
    kind: fc.constant('migrant' as const),
    months: fc.integer({ min: 6, max: 60 }),
    via: fc.constantFrom('placement' as const, 'individual' as const),
    savings: fc.option(fc.integer({ min: 50_000, max: 600_000 })),
    members: fc.constant(1),
    ...times,
  }),
)

/** Ten-thousandths of an amount, half up. */
const share = (amount: bigint, tenThousandths: bigint): bigint => (amount * tenThousandths + 5_000n) / 10_000n

/** Above this value, what all slices below it come to, and the rate of the slice above. */
const accident = [
  [5_000_000_000n, 5_940_000n, 9n],
  [1_000_000_000n, 1_540_000n, 11n],
  [500_000_000n, 890_000n, 13n],
  [100_000_000n, 210_000n, 17n],
  [0n, 0n, 21n],
] as const
const death = [
  [5_000_000_000n, 610_000n, 1n],
  [1_000_000_000n, 210_000n, 1n],
  [500_000_000n, 110_000n, 2n],
  [100_000_000n, 30_000n, 2n],
  [0n, 0n, 3n],
] as const
const onValue = (amount: bigint, table: typeof accident | typeof death): bigint => {
  const [edge, below, rate] = table.find(([from]) => amount > from) ?? table[4]
  return below + share(amount - edge, rate)
}

/** The published amounts by fund. */
export function published(contract: Drawn): Record<string, bigint> {
  if (contract.kind === 'project') {
    const { by, amount } = contract
    return by === 'wages'
      ? { JKK: share(amount, 174n), JKM: share(amount, 30n) }
      : { JKK: onValue(amount, accident), JKM: onValue(amount, death) }
  }
  const { months, via, savings } = contract
  const table =
    months < 12 ? 108_000 + (months - 6) * 13_500 : months < 24 ? 189_000 + (months - 12) * 13_500 : 332_500 + (months - 24) * 13_500
  return {
    'JKK+JKM': BigInt(table + (via === 'placement' ? 37_500 : 0)),
    ...(savings === null ? {} : { JHT: BigInt(savings) * BigInt(months) }),
  }
}
export const sum = (amounts: Record<string, bigint>): bigint => Object.values(amounts).reduce((total, amount) => total + amount, 0n)

export const fromOf = ({ starts }: Drawn): Day => addDays(registered, starts)
export const untilOf = (contract: Drawn): Day =>
  contract.kind === 'project' ? addDays(fromOf(contract), contract.lasts) : firstDay(addMonths(monthOf(fromOf(contract)), contract.months))
