// Whether payers are registered: nothing is calculated or issued for a number that is nobody's.
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { payersOf } from '../store/payers.ts'

export async function knowPayers(tx: Tx, payers: readonly bigint[]): Promise<Result<undefined>> {
  const known = await payersOf(tx, payers)
  const unknown = payers.find((payer) => !known.has(payer))
  return unknown === undefined
    ? ok(undefined)
    : refuse({
        code: 'payer-unknown',
        rule: 'A bill is for a registered payer.',
        data: { payer: unknown.toString() },
        next: 'It stands on each bill, and in the list of payers: GET /v1/payers.',
      })
}
