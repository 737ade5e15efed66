// For transactions whose statements join whole sets with each other.
import type { How, Tx } from './transaction.ts'

/**
 * Until the transaction ends, nothing is looked up row by row. Without this the planner, which knows nothing yet of rows written a moment
 * ago or of how many bills one payer has, takes them for a handful and looks each of a million up by itself. No plan that was made so is kept for
 * later transactions of the connection.
 */
export const joinWholeSets = (tx: Tx): Promise<number> =>
  tx.run(`select set_config('enable_nestloop', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`)

/** From so many given rows on, they are a set: below, looking each up costs less than reading what they are joined with. */
const set = 1000

/**
 * The same for a statement that joins rows which the program gives as arrays, before it runs. The planner does not know how many open bills
 * or payables there are on a day when all had been paid at its last count, and would compare each given row with each of them.
 */
export const joinAsSet = async (tx: Tx, rows: number): Promise<void> => {
  if (rows >= set) await joinWholeSets(tx)
}

/** How a statement over given rows is run: for a few, as requests bring them, planned once; for a set, planned for it. */
export const repeatedFor = (rows: number): How => ({ repeated: rows < set })
