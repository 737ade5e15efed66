// Registers premium contracts (a construction project on its value or wages, a migrant's contract): assessed once by the law of the
// month they are made for, billed in the parts that the law or the parties name, covering the memberships named in them (PP 44/2015 art 54; Permenaker 4/2023 art 18).
import { type Assessment, type ContractTerms, checkFacts, type Facts, type Law, refusePayerKind } from '@payung/law'
import { addDays, type Day, firstDay, isDay, monthOf, ok, type Result, refuse } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, servePayers } from '../../registry/index.ts'
import { billId } from '../domain/bill-number.ts'
import { type Part, partsOf } from '../domain/contract-parts.ts'
import { contractTransfers } from '../domain/contract-transfers.ts'
import { addParts, type PartRow, writePartBills } from '../store/contract-parts.ts'
import { addContracts, type NamedMember, type NewContractRow, nameMembers } from '../store/contracts.ts'
import { payersOf } from '../store/payers.ts'
import { nextRunning } from '../store/running-numbers.ts'
import { fundsOf } from './issue-bills.ts'

export type NewContract = {
  readonly payerId: bigint
  readonly segment: string
  readonly name: string
  readonly from: Day
  /** The first day outside. */
  readonly until: Day
  readonly facts: Facts
  /** The days of the later instalments, where it is paid in instalments. The first opens cover. */
  readonly instalments?: readonly string[]
  readonly members: readonly { readonly personId: bigint; readonly ordinal: number; readonly from?: Day; readonly until?: Day }[]
}
/** `parts`: its bills, or what they will be. `owed`: its bill is issued. Otherwise it is an offer, without a bill before somebody pays it. */
export type RegisteredContract = {
  readonly contractId: bigint
  readonly assessment: Assessment
  readonly parts: readonly PartRow[]
  readonly owed: boolean
}

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
  readonly row: Omit<NewContractRow, 'contractId'>
  readonly assessment: Assessment
  readonly terms: ContractTerms
  readonly parts: readonly Part[]
}

/** A contract by the law of its month, with its parts. */
function planContract(law: Law, contract: NewContract, kind: string, today: Day): Result<Assessed> {
  const assessed = assessContract(law, contract, kind, today)
  if (!assessed.ok) return assessed
  const month = monthOf(contract.from)
  const facts = { ...contract.facts, segment: contract.segment }
  const span = { from: contract.from, until: contract.until }
  const terms = law.pack.rules.contractTerms(law.asPublishedBy(today).on(contract.from), facts, assessed.value, {
    ...span,
    registered: today,
  })
  const parts = partsOf(terms, contract.instalments, span)
  if (!parts.ok) return parts
  const { totals, entries } = assessed.value
  const row = { ...contract, month, amounts: amountsOf(assessed.value), employer: totals.employer, worker: totals.worker, entries }
  return ok({ row, assessment: assessed.value, terms, parts: parts.value })
}

/** Every contract by the law of its month; the first that is refused, with its place. */
function planAll(
  law: Law,
  contracts: readonly NewContract[],
  payers: Awaited<ReturnType<typeof payersOf>>,
  today: Day,
): Result<Assessed[]> {
  const planned: Assessed[] = []
  for (const [place, contract] of contracts.entries()) {
    const data = { row: String(place + 1) }
    const payer = payers.get(contract.payerId)
    if (!payer) {
      const named = { ...data, payer: contract.payerId.toString() }
      return refuse({ code: 'payer-unknown', rule: 'A contract names a registered payer.', data: named, next: 'Register the payer first.' })
    }
    const plan = planContract(law, contract, payer.kind, today)
    if (!plan.ok) return refuse({ ...plan.refusal, data: { ...data, ...plan.refusal.data } })
    planned.push(plan.value)
  }
  return ok(planned)
}

/** Gives each contract and each part the payer's next running numbers; the first part's bill has the number of the contract. */
async function numbered(tx: Tx, planned: readonly Assessed[]): Promise<PartRow[][]> {
  const payers = [...new Set(planned.map(({ row }) => row.payerId))]
  await lockPayers(tx, payers)
  const next = await nextRunning(tx, payers)
  return planned.map(({ row: { payerId, month }, parts }) => {
    const first = next.get(payerId) ?? 0
    next.set(payerId, first + parts.length)
    return parts.map((part, nth) => ({
      ...part,
      payerId,
      contractId: billId(payerId, first),
      nth,
      billId: billId(payerId, first + nth),
      month,
    }))
  })
}

/** Those named with the contract: from its first paid-for day unless they begin later; the window of reporting is that of the law. */
function membersOfContract(
  { members, until }: NewContract,
  { terms, parts }: Assessed,
  contractId: bigint,
  payerId: bigint,
  today: Day,
): NamedMember[] {
  const first = parts.flatMap(({ from }) => from ?? []).sort()[0]
  return members.map((member) => {
    const from = member.from ?? first ?? today
    const by = terms.reportBy(from)
    return {
      personId: member.personId,
      ordinal: member.ordinal,
      from,
      until: member.until ?? until,
      payerId,
      contractId,
      reportedOn: today,
      windowUntil: by === null ? null : addDays(by, 1),
    }
  })
}

/** Bills and books parts that their payer owes; what is offered waits for its money. Those below nothing give back at once. */
export async function issueParts(tx: Tx, law: Law, parts: readonly PartRow[]): Promise<Result<null>> {
  if (parts.length === 0) return ok(null)
  const today = tx.today(law.pack.timeZone)
  await writePartBills(
    tx,
    parts.map((part) => part.billId),
    today,
    'issued',
  )
  const booked = await postTransfers(
    tx,
    parts.flatMap((part) => contractTransfers(part, { debit: 'receivable', money: 'credit' }, today, fundsOf(law))),
  )
  if (!booked.ok) return booked
  const detail = { month: null, number: null, payers: [...new Set(parts.map(({ payerId }) => payerId))] }
  await tx.emit({
    kind: 'bills-issued',
    room: 'contributions',
    subject: `contracts:${parts.length}`,
    payload: { bills: parts.length },
    detail,
  })
  return ok(null)
}

/** One contract that is refused refuses the set (its place is in the data), so nothing is half done. */
export async function registerContracts(tx: Tx, law: Law, contracts: readonly NewContract[]): Promise<Result<RegisteredContract[]>> {
  const today = tx.today(law.pack.timeZone)
  const payers = await payersOf(
    tx,
    contracts.map(({ payerId }) => payerId),
  )
  const served = await servePayers(tx, [...payers.keys()])
  if (!served.ok) return served
  const planned = planAll(law, contracts, payers, today)
  if (!planned.ok) return planned
  const parts = await numbered(tx, planned.value)
  const idOf = (place: number): bigint => parts[place]?.[0]?.contractId ?? 0n
  const owed = (payerId: bigint): boolean => payers.get(payerId)?.settlement === 'receivable'
  const rows = planned.value.map(({ row }, place) => ({ ...row, contractId: idOf(place) }))
  await addContracts(tx, rows)
  await addParts(tx, parts.flat(), today)
  await nameMembers(
    tx,
    planned.value.flatMap((plan, place) =>
      contracts[place] ? membersOfContract(contracts[place], plan, idOf(place), plan.row.payerId, today) : [],
    ),
  )
  const total = rows.reduce((sum, { employer, worker }) => sum + employer + worker, 0n)
  await tx.emit({
    kind: 'contracts-registered',
    room: 'contributions',
    subject: `contracts:${rows.length}`,
    payload: { contracts: rows.length, total: total.toString() },
    detail: { contracts: rows.map(({ contractId }) => contractId) },
  })
  const issued = await issueParts(
    tx,
    law,
    parts.flat().filter(({ payerId }) => owed(payerId)),
  )
  if (!issued.ok) return issued
  return ok(
    planned.value.map(({ assessment, row }, place) => ({
      contractId: idOf(place),
      assessment,
      parts: parts[place] ?? [],
      owed: owed(row.payerId),
    })),
  )
}
