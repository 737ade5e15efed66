// What lies between a month as computed, as billed and as booked: the sum of the distances, so that two errors never cancel out.
export type MonthSums = { readonly computed: bigint; readonly billed: bigint; readonly booked: bigint }

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

export type BillParts = {
  readonly contributions: bigint
  readonly premiums: bigint
  readonly fines: bigint
  readonly state_share: bigint
}

export const monthDifference = ({ computed, billed, booked }: MonthSums): bigint => distance(computed, billed) + distance(billed, booked)

/** The same for all bills of a month, whose parts are counted from rows of their own. */
export const billsDifference = (row: BillParts & Pick<MonthSums, 'billed' | 'booked'>): bigint =>
  monthDifference({ ...row, computed: row.contributions + row.premiums + row.fines + row.state_share })
