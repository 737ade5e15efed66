// How bills are numbered: bill_id = payer_id * 2^20 + n, so that a bill's payer (and its shard) is known without a look-up.
// Below 2^19, n is (month − 24000) * 32 + k: the k-th bill of that payer for that month; month 24000 is January 2000.
// From 2^19 on, n is the payer's running number, given out by one function for all who ask (`contributions.next_running`): for the parts of
// contracts, the instalments of what was deferred, and bills beyond the numbers of their month: each correction of a month may bill the State once
// more, and joiners may be billed or paid one by one. They take no number of any month's own bills.
import { type Month, monthNumber } from '@payung/values'

export const billsPerMonth = 32
/** Of these so many are left for what is written in steps, its bill last: the run, and law that is published late. What is done at once runs on before. */
const keptForSteps = 4
export const billsAtOnce = billsPerMonth - keptForSteps
export const firstMonth = 24_000
export const firstRunning = 2 ** 19
/** How many numbers a payer has. */
export const billNumbers = 2 ** 20

/** The kinds of bills that are numbered within their month, as SQL; contracts and instalments run on, and the State has a payer of its own. */
export const numberedKinds = `('month', 'supplement', 'fine', 'correction', 'split')`

/** n of the first bill (k = 0) of a month. */
export const monthlyNumber = (month: Month): number => (monthNumber(month) - firstMonth) * billsPerMonth

export const billId = (payerId: bigint, n: number): bigint => (payerId << 20n) | BigInt(n)

export const payerOfBill = (bill: bigint): bigint => bill >> 20n
