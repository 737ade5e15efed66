// A payer as far as the actor may see it: staff those whom their office serves, a member and an organisation their own, a partner none.
// Who is not staff and may not hears what is said of a payer that does not exist.
import { ok, type Refused, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { ownAmong } from '../merge-store.ts'
import { type Payer, readPayers } from '../organisation-store.ts'
import { servePayers } from './serve-payers.ts'

export const payerUnknown = (payerId: bigint): Refused =>
  refuse({
    code: 'payer-unknown',
    rule: 'A payer is one that exists; a member and an organisation see their own.',
    data: { payerId: payerId.toString() },
    next: 'Check the number of the payer.',
  })

const owns = async (tx: Tx, { personId, organisationId }: Payer): Promise<boolean> =>
  (organisationId !== null && organisationId === tx.actor.organisationId) ||
  (personId !== null && (await ownAmong(tx, [personId])).has(personId))

export async function findPayer(tx: Tx, payerId: bigint): Promise<Result<Payer>> {
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  if (!payer) return payerUnknown(payerId)
  if (tx.actor.kind === 'system' || (await owns(tx, payer))) return ok(payer)
  if (tx.actor.kind !== 'staff') return payerUnknown(payerId)
  const served = await servePayers(tx, [payerId])
  return served.ok ? ok(payer) : served
}
