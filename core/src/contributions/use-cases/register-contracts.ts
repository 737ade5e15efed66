// Registers premium contracts (a construction project on its value or wages, a migrant's contract): assessed once by the law of the
// month they are made for, billed whole, covering the memberships named in them (PP 44/2015 art 54; Permenaker 4/2023 art 18).
import type { Assessment, Facts, Law } from '@payung/law'
import { type Day, firstDay, monthOf, ok, type Result, refuse } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { contractTransfers } from '../domain/contract-transfers.ts'
import { addContracts, issueContractBills, type NewContractRow, nameMembers } from '../store/contracts.ts'
import { payersOf } from '../store/payers.ts'
import { fundsOf } from './issue-bills.ts'

export type NewContract = {
  readonly payerId: bigint
  readonly segment: string
  readonly name: string
  readonly from: Day
  /** The first day outside. */
  readonly until: Day
  readonly facts: Facts
  readonly members: readonly { readonly personId: bigint; readonly ordinal: number; readonly from?: Day; readonly until?: Day }[]
}
export type RegisteredContract = { readonly contractId: bigint; readonly assessment: Assessment }

const amountsOf = ({ programmes }: Assessment): NewContractRow['amounts'] =>
  Object.fromEntries(
    Object.entries(programmes).map(([code, { employer, worker }]) => [code, { employer: employer.toString(), worker: worker.toString() }]),
  )

function assessContract(law: Law, contract: NewContract, kind: string, today: Day): Result<Assessment> {
  if (contract.until <= contract.from)
    return refuse({
      code: 'contract-dates',
      rule: 'A contract ends after it begins.',
      data: { from: contract.from, until: contract.until },
      next: 'Correct the dates.',
    })
  const month = monthOf(contract.from)
  return law.pack.rules.assessContract(
    law.asPublishedBy(today).on(firstDay(month)),
    { ...contract.facts, segment: contract.segment, payer: kind },
    month,
  )
}

/** All contracts of the set are assessed first; one that is refused refuses the set (its place is in the data), so nothing is half done. */
export async function registerContracts(tx: Tx, law: Law, contracts: readonly NewContract[]): Promise<Result<RegisteredContract[]>> {
  const today = tx.today(law.pack.timeZone)
  const payers = await payersOf(
    tx,
    contracts.map(({ payerId }) => payerId),
  )
  const rows: NewContractRow[] = []
  const assessments: Assessment[] = []
  for (const [place, contract] of contracts.entries()) {
    const payer = payers.get(contract.payerId)
    if (!payer)
      return refuse({
        code: 'payer-unknown',
        rule: 'A contract names a registered payer.',
        data: { row: String(place + 1), payer: contract.payerId.toString() },
        next: 'Register the payer first.',
      })
    const assessed = assessContract(law, contract, payer.kind, today)
    if (!assessed.ok) return refuse({ ...assessed.refusal, data: { row: String(place + 1), ...assessed.refusal.data } })
    const { totals, entries } = assessed.value
    assessments.push(assessed.value)
    rows.push({
      ...contract,
      month: monthOf(contract.from),
      amounts: amountsOf(assessed.value),
      employer: totals.employer,
      worker: totals.worker,
      entries,
    })
  }
  const ids = await addContracts(tx, rows)
  const registered = contracts.map((contract, place) => ({
    contract,
    contractId: ids[place] ?? 0n,
    amounts: rows[place]?.amounts ?? {},
    month: monthOf(contract.from),
  }))
  await nameMembers(
    tx,
    registered.flatMap(({ contract, contractId }) =>
      contract.members.map((member) => ({ from: contract.from, until: contract.until, ...member, payerId: contract.payerId, contractId })),
    ),
  )
  const owed = registered.filter(({ contract }) => payers.get(contract.payerId)?.settlement === 'receivable')
  await issueContractBills(
    tx,
    owed.map(({ contractId }) => contractId),
    today,
  )
  const booked = await postTransfers(
    tx,
    owed.flatMap(({ contract, contractId, amounts, month }) =>
      contractTransfers({ payerId: contract.payerId, contractId, amounts, month }, 'receivable', today, fundsOf(law)),
    ),
  )
  if (!booked.ok) return booked
  const total = rows.reduce((sum, { employer, worker }) => sum + employer + worker, 0n)
  await tx.emit({
    kind: 'contracts-registered',
    room: 'contributions',
    subject: `contracts:${rows.length}`,
    payload: { contracts: rows.length, total: total.toString() },
    detail: { contracts: ids },
  })
  if (owed.length > 0) {
    await tx.emit({
      kind: 'bills-issued',
      room: 'contributions',
      subject: `contracts:${owed.length}`,
      payload: { bills: owed.length },
      detail: { month: null, number: null, payers: [...new Set(owed.map(({ contract }) => contract.payerId))] },
    })
  }
  return ok(ids.map((contractId, place) => ({ contractId, assessment: assessments[place] as Assessment })))
}
