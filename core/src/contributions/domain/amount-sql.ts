// Writes the SQL of a wide tariff: which columns its rows need, and the expression of each slot over a base. A value that is
// the same in every row stands in the statement as a constant, so that the common case costs one multiplication.
import { openEnd, type Slot, type WideTariff } from './wide-tariff.ts'

const parts = ['rate', 'ceiling', 'floor', 'fixed', 'add', 'unit'] as const
type Part = (typeof parts)[number]
type Cells = WideTariff['rows'][number]['cells']

export type AmountSql = {
  /** Columns beside profile_id, born_from, born_until, band_from, band_to, class; all bigint. */
  readonly columns: readonly string[]
  /** Values of those columns, row by row, in the order of the tariff's rows. */
  readonly values: readonly (readonly bigint[])[]
  /** The amount of a slot, given the SQL of the base and the alias of the tariff's rows. */
  readonly slot: (index: number, base: string, alias: string) => string
  /** The sum of the slots of a kind (employer, worker, state). */
  readonly sumOf: (kind: Slot['kind'], base: string, alias: string) => string
}

export function amountSql({ slots, rows }: WideTariff): AmountSql {
  // Rows of one class share their cells: what is the same in all is found by looking at each class once.
  const kinds = [...new Set(rows.map(({ cells }) => cells))]
  const columns: string[] = []
  const readers: ((cells: Cells) => bigint)[] = []
  const place = slots.map(
    (_, index) =>
      Object.fromEntries(
        parts.map((part): [Part, string | bigint] => {
          const first = kinds[0]?.[index]?.[part] ?? 0n
          if (kinds.every((cells) => cells[index]?.[part] === first)) return [part, first]
          const column = `${part}_${index}`
          columns.push(column)
          readers.push((cells) => cells[index]?.[part] ?? 0n)
          return [part, column]
        }),
      ) as Record<Part, string | bigint>,
  )
  const slot = (index: number, base: string, alias: string): string => {
    const at = (part: Part): string => {
      const value = place[index]?.[part] ?? 0n
      return typeof value === 'bigint' ? value.toString() : `${alias}.${value}`
    }
    const constant = (part: Part, value: bigint): boolean => place[index]?.[part] === value
    if (constant('rate', 0n)) return constant('fixed', 0n) ? '0' : at('fixed')
    const capped = constant('ceiling', openEnd) ? base : `least(${base}, ${at('ceiling')})`
    const bounded = constant('floor', 0n) ? capped : `greatest(${capped}, ${at('floor')})`
    const product = `(${bounded} * ${at('rate')} + ${at('add')})`
    const rounded = constant('unit', 1n) ? `${product} / 1000000` : `${product} / (1000000 * ${at('unit')}) * ${at('unit')}`
    return constant('fixed', 0n) ? rounded : `${rounded} + ${at('fixed')}`
  }
  const sumOf = (kind: Slot['kind'], base: string, alias: string): string => {
    const terms = slots.flatMap((each, index) => (each.kind === kind ? [slot(index, base, alias)] : [])).filter((term) => term !== '0')
    return terms.length ? terms.join(' + ') : '0::bigint'
  }
  const values = new Map(kinds.map((cells) => [cells, readers.map((read) => read(cells))]))
  return { columns, values: rows.map(({ cells }) => values.get(cells) ?? []), slot, sumOf }
}
