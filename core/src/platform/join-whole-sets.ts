// For transactions whose statements join whole sets with each other.
import type { Tx } from './transaction.ts'

/**
 * Until the transaction ends, nothing is looked up row by row. Without this the planner, which knows nothing yet of rows written a moment
 * ago or of how many bills one payer has, takes them for a handful and looks each of a million up by itself.
 */
export const joinWholeSets = (tx: Tx): Promise<number> => tx.run('set local enable_nestloop = off')
