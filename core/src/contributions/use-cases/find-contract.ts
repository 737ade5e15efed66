// The contract behind a number, as far as it is there for the one who acts: an office acts for the payers whom it serves.
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { type ContractRow, findContract } from '../store/contracts.ts'

export async function contractOf(tx: Tx, contractId: bigint): Promise<Result<ContractRow>> {
  const contract = await findContract(tx, contractId)
  if (!contract)
    return refuse({
      code: 'contract-unknown',
      rule: 'Only a registered contract is changed or shown.',
      data: { contract: contractId.toString() },
      next: 'Check the number of the contract: it is that of its first bill.',
    })
  const served = await servePayers(tx, [contract.payerId])
  return served.ok ? ok(contract) : served
}
