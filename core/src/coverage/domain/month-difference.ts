// What lies between a month as computed, as billed and as booked: the sum of the distances, so that two errors never cancel out.
export type MonthSums = { readonly computed: bigint; readonly billed: bigint; readonly booked: bigint }

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

export const monthDifference = ({ computed, billed, booked }: MonthSums): bigint => distance(computed, billed) + distance(billed, booked)
