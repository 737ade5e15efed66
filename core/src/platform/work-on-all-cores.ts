// For transactions that write many wide rows which cost much to compute.
import type { Tx } from './transaction.ts'

/**
 * Until the transaction ends, the planner takes handing a row from one process to another as cheap as reading it. By default it takes it for
 * ten times that, and computes a million balances of a hundred digits on one core while the others wait. Which statements may use several
 * cores, and how many there are, stays as it is.
 */
export const workOnAllCores = (tx: Tx): Promise<number> => tx.run(`select set_config('parallel_tuple_cost', '0.01', true)`)
