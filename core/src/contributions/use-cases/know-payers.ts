// Whether payers are registered, and served by the office of the one who acts: nothing is calculated or issued for a number that is
// nobody's, nor by an office whose payer it is not.
import { type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { payersOf } from '../store/payers.ts'

export async function knowPayers(tx: Tx, payers: readonly bigint[]): Promise<Result<undefined>> {
  const known = await payersOf(tx, payers)
  const unknown = payers.find((payer) => !known.has(payer))
  return unknown === undefined
    ? servePayers(tx, payers)
    : refuse({
        code: 'payer-unknown',
        rule: 'A bill is for a registered payer.',
        data: { payer: unknown.toString() },
        next: 'It stands on each bill, and in the list of payers: GET /v1/payers.',
      })
}
