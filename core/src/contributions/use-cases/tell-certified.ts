// Tells which contracts may have their certificate now, because the first part that covers days was paid (Permenaker 5/2021).
import type { Tx } from '../../platform/index.ts'
import { certificateNumber } from '../domain/contract-parts.ts'
import type { ContractsCertified } from '../events.ts'
import { certifiedBy } from '../store/contract-parts.ts'

/** `bills` are parts of contracts that were paid in this transaction. */
export async function tellCertified(tx: Tx, bills: readonly bigint[]): Promise<void> {
  const certified = await certifiedBy(tx, bills)
  if (certified.length === 0) return
  await tx.emit({
    kind: 'contracts-certified',
    room: 'contributions',
    subject: `contracts:${certified.length}`,
    payload: { contracts: certified.map(({ contractId }) => contractId.toString()).join(' ') },
    detail: certified.map((row) => ({ ...row, number: certificateNumber(row.contractId) })) satisfies ContractsCertified,
  })
}
