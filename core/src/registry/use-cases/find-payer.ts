// A payer as far as the actor may see it: staff see all, a member and an organisation their own. Who may not hears what is said of a
// payer that does not exist.
import { ok, type Refused, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type Payer, readPayers } from '../organisation-store.ts'

export const payerUnknown = (payerId: bigint): Refused =>
  refuse({
    code: 'payer-unknown',
    rule: 'A payer is one that exists; a member and an organisation see their own.',
    data: { payerId: payerId.toString() },
    next: 'Check the number of the payer.',
  })

const owns = ({ actor }: Tx, { personId, organisationId }: Payer): boolean =>
  (personId !== null && personId === actor.personId) || (organisationId !== null && organisationId === actor.organisationId)

export async function findPayer(tx: Tx, payerId: bigint): Promise<Result<Payer>> {
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  const sees = tx.actor.kind === 'system' || tx.actor.officeId !== null
  return payer && (sees || owns(tx, payer)) ? ok(payer) : payerUnknown(payerId)
}
