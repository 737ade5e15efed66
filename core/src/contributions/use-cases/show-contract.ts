// A contract as its payer and the office see it: terms as they are now, parts with their bills, who works under it, and whether its
// certificate may be given (from the first payment on; Permenaker 5/2021).
import type { Law } from '@payung/law'
import { type Day, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { partsOfContract, type StandingPart } from '../store/contract-parts.ts'
import { type ContractMember, type ContractRow, membersOf } from '../store/contracts.ts'
import { contractOf } from './find-contract.ts'

export type PartState = 'offered' | 'issued' | 'late' | 'paid'
export type ShownContract = {
  readonly contract: ContractRow
  readonly parts: readonly (StandingPart & { readonly state: PartState })[]
  readonly members: readonly ContractMember[]
  readonly total: bigint
  readonly paid: bigint
  /** The day of the first payment, from which the certificate may be given; null before. */
  readonly certifiedOn: Day | null
}

const stateOf = (part: StandingPart, today: Day): PartState =>
  part.paidOn !== null ? 'paid' : part.due !== null && part.due < today ? 'late' : part.issued ? 'issued' : 'offered'

export async function showContract(tx: Tx, law: Law, contractId: bigint): Promise<Result<ShownContract>> {
  const found = await contractOf(tx, contractId)
  if (!found.ok) return found
  const contract = found.value
  const today = tx.today(law.pack.timeZone)
  const parts = (await partsOfContract(tx, contractId)).map((part) => ({ ...part, state: stateOf(part, today) }))
  const sum = (of: typeof parts): bigint => of.reduce((total, { employer, worker }) => total + employer + worker, 0n)
  return ok({
    contract,
    parts,
    members: await membersOf(tx, contractId),
    total: sum(parts),
    paid: sum(parts.filter(({ state }) => state === 'paid')),
    certifiedOn: parts.flatMap(({ from, paidOn }) => (from !== null && paidOn !== null ? [paidOn] : [])).sort()[0] ?? null,
  })
}
