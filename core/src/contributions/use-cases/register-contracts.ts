// Registers premium contracts (a construction project on its value or wages, a migrant's contract): assessed once by the law of the
// month they are made for, billed whole, covering the memberships named in them (PP 44/2015 art 54; Permenaker 4/2023 art 18).
import { type Assessment, checkFacts, type Facts, type Law, refusePayerKind } from '@payung/law'
import { type Day, firstDay, isDay, monthOf, ok, type Result, refuse } from '@payung/values'
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
/** `owed`: its bill is issued. Otherwise it is an offer, without a bill before somebody pays it. */
export type RegisteredContract = { readonly contractId: bigint; readonly assessment: Assessment; readonly owed: boolean }

const amountsOf = ({ programmes }: Assessment): NewContractRow['amounts'] =>
  Object.fromEntries(
    Object.entries(programmes).map(([code, { employer, worker }]) => [code, { employer: employer.toString(), worker: worker.toString() }]),
  )

function assessContract(law: Law, contract: NewContract, kind: string, today: Day): Result<Assessment> {
  const days = [contract, ...contract.members].flatMap(({ from, until }) => [from ?? contract.from, until ?? contract.until])
  const wrong = days.find((day) => !isDay(day))
  if (wrong !== undefined)
    return refuse({
      code: 'wrong-day',
      rule: 'The dates of a contract and of its members are existing days, written YYYY-MM-DD.',
      data: { given: wrong },
      next: 'Correct the date.',
    })
  if (contract.until <= contract.from)
    return refuse({
      code: 'contract-dates',
      rule: 'A contract ends after it begins.',
      data: { from: contract.from, until: contract.until },
      next: 'Correct the dates.',
    })
  const checked = checkFacts(law.pack, contract.facts)
  if (!checked.ok) return checked
  const month = monthOf(contract.from)
  const view = law.asPublishedBy(today).on(firstDay(month))
  const payer = refusePayerKind(view, contract.segment, kind)
  if (payer) return refuse(payer)
  return law.pack.rules.assessContract(view, { ...contract.facts, segment: contract.segment, payer: kind }, month)
}

type Assessed = {
  readonly rows: readonly NewContractRow[]
  readonly assessments: readonly Assessment[]
  readonly payers: Awaited<ReturnType<typeof payersOf>>
}

/** Every contract by the law of its month; the first that is refused, with its place. */
async function assessAll(tx: Tx, law: Law, contracts: readonly NewContract[]): Promise<Result<Assessed>> {
  const today = tx.today(law.pack.timeZone)
  const payers = await payersOf(
    tx,
    contracts.map(({ payerId }) => payerId),
  )
  const rows: NewContractRow[] = []
  const assessments: Assessment[] = []
  for (const [place, contract] of contracts.entries()) {
    const data = { row: String(place + 1) }
    const payer = payers.get(contract.payerId)
    if (!payer) {
      const named = { ...data, payer: contract.payerId.toString() }
      return refuse({ code: 'payer-unknown', rule: 'A contract names a registered payer.', data: named, next: 'Register the payer first.' })
    }
    const assessed = assessContract(law, contract, payer.kind, today)
    if (!assessed.ok) return refuse({ ...assessed.refusal, data: { ...data, ...assessed.refusal.data } })
    const { totals, entries } = assessed.value
    assessments.push(assessed.value)
    const month = monthOf(contract.from)
    rows.push({ ...contract, month, amounts: amountsOf(assessed.value), employer: totals.employer, worker: totals.worker, entries })
  }
  return ok({ rows, assessments, payers })
}

/** Bills and books the contracts whose payer owes them; what is offered waits for its money. */
async function issueOwed(tx: Tx, law: Law, rows: readonly (NewContractRow & { contractId: bigint })[]): Promise<Result<null>> {
  if (rows.length === 0) return ok(null)
  const today = tx.today(law.pack.timeZone)
  await issueContractBills(
    tx,
    rows.map(({ contractId }) => contractId),
    today,
  )
  const booked = await postTransfers(
    tx,
    rows.flatMap((row) => contractTransfers(row, 'receivable', today, fundsOf(law))),
  )
  if (!booked.ok) return booked
  const detail = { month: null, number: null, payers: [...new Set(rows.map(({ payerId }) => payerId))] }
  await tx.emit({
    kind: 'bills-issued',
    room: 'contributions',
    subject: `contracts:${rows.length}`,
    payload: { bills: rows.length },
    detail,
  })
  return ok(null)
}

/** One contract that is refused refuses the set (its place is in the data), so nothing is half done. */
export async function registerContracts(tx: Tx, law: Law, contracts: readonly NewContract[]): Promise<Result<RegisteredContract[]>> {
  const assessed = await assessAll(tx, law, contracts)
  if (!assessed.ok) return assessed
  const { rows, assessments, payers } = assessed.value
  const ids = await addContracts(tx, rows)
  const made = rows.map((row, place) => ({ ...row, contractId: ids[place] ?? 0n }))
  await nameMembers(
    tx,
    contracts.flatMap(({ from, until, members, payerId }, place) =>
      members.map((member) => ({ from, until, ...member, payerId, contractId: ids[place] ?? 0n })),
    ),
  )
  const total = rows.reduce((sum, { employer, worker }) => sum + employer + worker, 0n)
  const payload = { contracts: rows.length, total: total.toString() }
  await tx.emit({
    kind: 'contracts-registered',
    room: 'contributions',
    subject: `contracts:${rows.length}`,
    payload,
    detail: { contracts: ids },
  })
  const issued = await issueOwed(
    tx,
    law,
    made.filter(({ payerId }) => payers.get(payerId)?.settlement === 'receivable'),
  )
  if (!issued.ok) return issued
  const owed = (place: number): boolean => payers.get(contracts[place]?.payerId ?? 0n)?.settlement === 'receivable'
  return ok(assessments.map((assessment, place) => ({ contractId: ids[place] ?? 0n, assessment, owed: owed(place) })))
}
