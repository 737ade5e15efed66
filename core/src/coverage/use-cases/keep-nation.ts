// Keeps the exact counts of a demonstration nation on the day of its creation, so that pages can show them when the clock has moved on.
import { ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Nation } from '../read-store.ts'
import { keepNation as write } from '../store.ts'

/** Work for inTransaction, as role `run`. */
export async function keepNation(tx: Tx, nation: Nation): Promise<Result<undefined>> {
  await write(tx, nation)
  return ok(undefined)
}
