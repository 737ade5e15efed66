// A payer was told that his surplus is set off against the next months, as the letter's telling would note it.
import type { Day } from '@payung/values'
import { addOffsetOffers } from '../core/src/payments/offset-store.ts'
import type { TestScheme } from './scheme.ts'

let letters = 900_000n

export const tellOffset = ({ run }: Pick<TestScheme, 'run'>, payerId: bigint, on: string): Promise<void> =>
  run((tx) => addOffsetOffers(tx, [{ payerId, letterId: ++letters, on: on as Day }]))
