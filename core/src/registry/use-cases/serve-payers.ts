// Whether the one who acts may act for payers: staff for those whom their office serves (its districts and those of the offices below it;
// the head office serves all), the program itself for everybody. Every use case that an office asks for a payer asks this first.
import { ok, type Refusal, type Result, refuse } from '@payung/values'
import { officeOf, type Tx } from '../../platform/index.ts'
import { payersElsewhere } from '../office-store.ts'

export const payerNotYours = (payer: bigint): Refusal => ({
  code: 'payer-not-yours',
  rule: 'An office acts for and sees the payers in the districts that it and the offices below it serve; the head office all.',
  data: { payer: payer.toString() },
  next: 'Ask the office that serves the payer, or the head office.',
})

/** The payers, of those named, whom the office of the one who acts does not serve. Payer 0, who is nobody, is never among them. */
export const foreignPayers = async (tx: Tx, payers: readonly bigint[]): Promise<ReadonlySet<bigint>> =>
  new Set(tx.actor.kind === 'staff' && payers.length > 0 ? await payersElsewhere(tx, officeOf(tx.actor), payers) : [])

/** The first that is not served refuses all. An unknown payer is for the use case to refuse. */
export async function servePayers(tx: Tx, payers: readonly bigint[]): Promise<Result<undefined>> {
  const [foreign] = await foreignPayers(tx, payers)
  return foreign === undefined ? ok(undefined) : refuse(payerNotYours(foreign))
}
