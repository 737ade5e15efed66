// The law of a month in the shape that one SQL statement can apply: one row per profile, range of birth days and band of the base,
// with rate, ceiling, floor and fixed amount for each slot (programme and share). A nominal base makes the amount a constant.
import { roundRatio } from '@payung/values'

/** A line of a class as the database keeps it. */
export type TariffLine = {
  readonly programme: string
  readonly kind: 'employer' | 'worker' | 'state' | 'split' | 'deferred'
  readonly from_programme: string
  readonly band_from: bigint
  readonly band_to: bigint | null
  readonly nominal: bigint | null
  readonly floor: bigint | null
  readonly ceiling: bigint | null
  readonly rate: bigint
  readonly fixed: bigint
  readonly rounding_mode: string
  readonly rounding_unit: bigint
}
export type ClassOfRange = {
  readonly profile_id: number
  readonly born_from: string
  readonly born_until: string
  readonly class: number
  readonly lines: readonly TariffLine[]
}

/** One column group of the wide rows. Lines of one programme, share and source that hold together stand beside each other, counted by `nth`. */
export type Slot = { readonly programme: string; readonly kind: TariffLine['kind']; readonly from: string; readonly nth: number }
type Cell = {
  readonly rate: bigint
  readonly ceiling: bigint
  readonly floor: bigint
  readonly fixed: bigint
  readonly add: bigint
  readonly unit: bigint
}
export type WideRow = {
  readonly profileId: number
  readonly bornFrom: string
  readonly bornUntil: string
  readonly class: number
  readonly bandFrom: bigint
  readonly bandTo: bigint
  readonly cells: readonly Cell[]
}
export type WideTariff = { readonly slots: readonly Slot[]; readonly rows: readonly WideRow[] }

/** Larger than any base; still far from overflowing when multiplied by a rate in millionths. */
export const openEnd = 1_000_000_000_000n
const nothing: Cell = { rate: 0n, ceiling: openEnd, floor: 0n, fixed: 0n, add: 500_000n, unit: 1n }

const slotKey = ({ programme, kind, from, nth }: Slot): string => `${programme} ${kind} ${from} ${nth}`

/** The lines that hold together, each with its slot. */
function placed(lines: readonly TariffLine[]): Map<string, { slot: Slot; line: TariffLine }> {
  const places = new Map<string, { slot: Slot; line: TariffLine }>()
  for (const line of lines) {
    let slot: Slot = { programme: line.programme, kind: line.kind, from: line.from_programme, nth: 0 }
    while (places.has(slotKey(slot))) slot = { ...slot, nth: slot.nth + 1 }
    places.set(slotKey(slot), { slot, line })
  }
  return places
}

const additions: Record<string, (unit: bigint) => bigint> = {
  'half-up': (unit) => 500_000n * unit,
  down: () => 0n,
  up: (unit) => 1_000_000n * unit - 1n,
}

function cellOf(line: TariffLine): Cell {
  const mode = line.rounding_mode
  const unit = line.rounding_unit
  const add = additions[mode]?.(unit)
  if (add === undefined) throw new RangeError(`unknown rounding mode ${mode}`)
  if (line.nominal === null)
    return { rate: line.rate, ceiling: line.ceiling ?? openEnd, floor: line.floor ?? 0n, fixed: line.fixed, add, unit }
  const amount = roundRatio(line.nominal * line.rate, 1_000_000n, mode as 'half-up' | 'down' | 'up', unit)
  return { rate: 0n, ceiling: openEnd, floor: 0n, fixed: amount + line.fixed, add, unit }
}

/** The elementary bands of a class: no line changes within one of them. */
function bandsOf(lines: readonly TariffLine[]): [bigint, bigint][] {
  const edges = [...new Set([0n, openEnd, ...lines.flatMap((line) => [line.band_from, line.band_to ?? openEnd])])].sort((a, b) =>
    a < b ? -1 : 1,
  )
  return edges.slice(0, -1).map((edge, index) => [edge, edges[index + 1] ?? openEnd])
}

type Band = Pick<WideRow, 'bandFrom' | 'bandTo'> & { readonly places: ReturnType<typeof placed> }

const placedBands = (lines: readonly TariffLine[]): Band[] =>
  bandsOf(lines).map(([bandFrom, bandTo]) => ({
    bandFrom,
    bandTo,
    places: placed(lines.filter((line) => line.band_from <= bandFrom && (line.band_to ?? openEnd) >= bandTo)),
  }))

/** Turns the classes of a month into wide rows. Ranges of one class share its lines, and what is made of them. */
export function wideTariff(ranges: readonly ClassOfRange[]): WideTariff {
  const bands = new Map<readonly TariffLine[], Band[]>()
  for (const { lines } of ranges) if (!bands.has(lines)) bands.set(lines, placedBands(lines))
  const slots = new Map([...bands.values()].flat().flatMap(({ places }) => [...places].map(([key, { slot }]) => [key, slot] as const)))
  const ordered = [...slots].sort(([a], [b]) => (a < b ? -1 : 1))
  const cellsOf = ({ places }: Band): Cell[] =>
    ordered.map(([key]) => {
      const found = places.get(key)
      return found ? cellOf(found.line) : nothing
    })
  const wide = new Map([...bands].map(([lines, each]) => [lines, each.map((band) => ({ ...band, cells: cellsOf(band) }))]))
  const rows = ranges.flatMap((range): WideRow[] =>
    (wide.get(range.lines) ?? []).map(({ bandFrom, bandTo, cells }) => ({
      profileId: range.profile_id,
      bornFrom: range.born_from,
      bornUntil: range.born_until,
      class: range.class,
      bandFrom,
      bandTo,
      cells,
    })),
  )
  return { slots: ordered.map(([, slot]) => slot), rows }
}
