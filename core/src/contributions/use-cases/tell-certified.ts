// Tells which contracts may have their certificate now, because the first part that covers days was paid (Permenaker 5/2021), and of which it
// is not in force any more, because that payment went back.
import type { Tx } from '../../platform/index.ts'
import { certificateNumber } from '../domain/contract-parts.ts'
import type { ContractsCertified } from '../events.ts'
import { certifiedBy } from '../store/contract-parts.ts'

const tell =
  (kind: 'contracts-certified' | 'certificates-revoked') =>
  async (tx: Tx, bills: readonly bigint[]): Promise<void> => {
    const contracts = await certifiedBy(tx, bills)
    if (contracts.length === 0) return
    await tx.emit({
      kind,
      room: 'contributions',
      subject: `contracts:${contracts.length}`,
      payload: { contracts: contracts.map(({ contractId }) => contractId.toString()).join(' ') },
      detail: contracts.map((row) => ({ ...row, number: certificateNumber(row.contractId) })) satisfies ContractsCertified,
    })
  }

/** `bills` are parts of contracts that were paid in this transaction. */
export const tellCertified = tell('contracts-certified')

/** `bills` are parts of contracts that were paid, and are open again since this transaction. */
export const tellRevoked = tell('certificates-revoked')
