// An addendum of a premium contract: its value, months or dates change (PP 44/2015 art 54, handbook of the agency; Permenaker 4/2023
// art 18). More is a new part with its bill; less is given back to the payer's credit and pays what is still open; dates move cover.
import { type Assessment, checkFacts, type Facts, type Law } from '@payung/law'
import { type Day, firstDay, isDay, monthOf, ok, type Result, refuse } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, readPayers } from '../../registry/index.ts'
import { billId } from '../domain/bill-number.ts'
import { partOf } from '../domain/contract-parts.ts'
import { contractTransfers } from '../domain/contract-transfers.ts'
import type { MoneyReturned } from '../events.ts'
import {
  addAddendum,
  addParts,
  movePart,
  type PartRow,
  partsOfContract,
  type StandingPart,
  writePartBills,
} from '../store/contract-parts.ts'
import { type ContractRow, moveMembers } from '../store/contracts.ts'
import { nextRunning } from '../store/running-numbers.ts'
import { contractOf } from './find-contract.ts'
import { fundsOf } from './issue-bills.ts'
import { issueParts } from './register-contracts.ts'

export type Amendment = {
  readonly contractId: bigint
  readonly from?: string
  readonly until?: string
  /** The facts that change; the others stay. */
  readonly facts?: Facts
  readonly reason: string
}
/** `difference` is what the contract costs more, or less. `billId` is the part's bill; null where nothing is to be paid or given back. */
export type Amended = {
  readonly contractId: bigint
  readonly nth: number
  readonly difference: bigint
  readonly billId: bigint | null
  readonly owed: boolean
}

type Terms = { readonly from: Day; readonly until: Day; readonly facts: Facts }

/** The terms that are asked for, or the first thing that forbids them. */
function newTerms(law: Law, contract: ContractRow, asked: Amendment, today: Day): Result<Terms> {
  const data = { contract: contract.contractId.toString() }
  const wrong = [asked.from, asked.until].find((day) => day !== undefined && !isDay(day))
  if (wrong !== undefined)
    return refuse({ code: 'wrong-day', rule: 'A day is written YYYY-MM-DD.', data: { ...data, given: wrong }, next: 'Correct the date.' })
  const terms: Terms = {
    from: (asked.from as Day | undefined) ?? contract.from,
    until: (asked.until as Day | undefined) ?? contract.until,
    facts: { ...contract.facts, ...asked.facts },
  }
  if (terms.until <= terms.from)
    return refuse({
      code: 'contract-dates',
      rule: 'A contract ends after it begins.',
      data: { ...data, from: terms.from, until: terms.until },
      next: 'Correct the dates.',
    })
  if (contract.until <= today)
    return refuse({
      code: 'contract-ended',
      rule: 'A contract is changed while it lasts; afterwards a new one is registered.',
      data: { ...data, until: contract.until },
      next: 'Register a new contract.',
    })
  if (terms.from !== contract.from && (contract.from <= today || terms.from < today))
    return refuse({
      code: 'contract-begun',
      rule: 'Its beginning moves only before it has come, and not into the past.',
      data: { ...data, from: contract.from, asked: terms.from },
      next: 'Leave the first day as it is.',
    })
  if (terms.until < today)
    return refuse({
      code: 'end-in-the-past',
      rule: 'A contract does not end before today.',
      data: { ...data, until: terms.until },
      next: 'Choose today or a later day.',
    })
  const same = Object.entries(terms.facts).every(([code, value]) => contract.facts[code] === value)
  if (same && terms.from === contract.from && terms.until === contract.until)
    return refuse({ code: 'nothing-changed', rule: 'An addendum changes a fact or a date.', data, next: 'Say what changes.' })
  if (asked.reason.trim() === '')
    return refuse({
      code: 'no-reason',
      rule: 'An addendum names its reason or its paper.',
      data,
      next: 'Write the number and day of the addendum.',
    })
  const checked = checkFacts(law.pack, terms.facts)
  return checked.ok ? ok(terms) : checked
}

/** Moves what the parts cover: the end where it was the end, the beginning where it was the beginning, steps as the law cuts them now. */
async function moveCover(
  tx: Tx,
  law: Law,
  contract: ContractRow,
  terms: Terms,
  parts: readonly StandingPart[],
  bought: boolean,
): Promise<void> {
  const end = bought ? contract.until : terms.until
  const first = parts[0]
  const facts = { ...terms.facts, segment: contract.segment }
  const view = law.asPublishedBy(tx.today(law.pack.timeZone)).on(terms.from)
  const assessed = law.pack.rules.assessContract(view, { ...facts, payer: '' }, monthOf(terms.from))
  const steps =
    assessed.ok && first?.kind === 'step'
      ? law.pack.rules.contractTerms(view, facts, assessed.value, { from: terms.from, until: end, registered: first.madeOn }).steps
      : []
  for (const part of parts) {
    const { from, until } = part
    if (from === null || until === null) continue
    const step = part.kind === 'step' ? steps[part.nth] : undefined
    const span = step ?? { from: from === contract.from ? terms.from : from, until: until === contract.until ? end : until }
    if ((span.from !== from || span.until !== until) && span.until > span.from) await movePart(tx, part, span)
  }
  const began = parts.flatMap(({ from }) => from ?? []).sort()[0] ?? contract.from
  await moveMembers(
    tx,
    contract.contractId,
    { from: began, until: contract.until },
    { from: began === contract.from ? terms.from : began, until: terms.until },
  )
}

/** The part that the difference makes: a bill of its own in the month of today. */
async function differencePart(
  tx: Tx,
  today: Day,
  contract: ContractRow,
  assessed: Assessment,
  terms: Terms,
  nth: number,
  offered: boolean,
): Promise<PartRow | null> {
  const amounts = Object.fromEntries(
    Object.entries(assessed.programmes).map(([code, { employer, worker }]) => [code, { employer, worker }]),
  )
  const covers = offered && terms.until > contract.until ? { from: contract.until, until: terms.until } : null
  const part = partOf('addendum', amounts, covers, null)
  if (part.employer + part.worker === 0n) return null
  const number = (await nextRunning(tx, [contract.payerId])).get(contract.payerId) ?? 0
  return {
    ...part,
    payerId: contract.payerId,
    contractId: contract.contractId,
    nth,
    billId: billId(contract.payerId, number),
    month: monthOf(today),
  }
}

/** What is given back is the payer's money at once; whoever listens lets it pay what is open. */
async function giveBack(tx: Tx, law: Law, part: PartRow, money: 'credit' | 'trust'): Promise<Result<null>> {
  const today = tx.today(law.pack.timeZone)
  await writePartBills(tx, [part.billId], today, 'paid')
  const booked = await postTransfers(tx, contractTransfers(part, { debit: 'receivable', money }, today, fundsOf(law)))
  return booked.ok ? ok(null) : booked
}

function settledBefore(contractId: bigint, parts: readonly StandingPart[], until: Day): Result<null> {
  const open = parts.find(({ due, paidOn }) => due !== null && paidOn === null && due >= until)
  if (!open) return ok(null)
  return refuse({
    code: 'instalment-after-end',
    rule: 'All instalments are settled before the end of the works.',
    data: { contract: contractId.toString(), due: open.due ?? '', until },
    next: 'Settle that instalment first.',
  })
}

/** Runs as the role `run`. */
export async function amendContract(tx: Tx, law: Law, asked: Amendment): Promise<Result<Amended>> {
  const today = tx.today(law.pack.timeZone)
  await lockPayers(tx, [asked.contractId >> 20n])
  const found = await contractOf(tx, asked.contractId)
  if (!found.ok) return found
  const contract = found.value
  const terms = newTerms(law, contract, asked, today)
  if (!terms.ok) return terms
  const parts = await partsOfContract(tx, contract.contractId)
  const settled = settledBefore(contract.contractId, parts, terms.value.until)
  if (!settled.ok) return settled
  const [payer] = [...(await readPayers(tx, [contract.payerId])).values()]
  if (!payer) throw new Error(`contract ${contract.contractId} has no payer`)
  const withSegment = (facts: Facts): Facts => ({ ...facts, segment: contract.segment, payer: payer.kind })
  const change = {
    before: { from: contract.from, until: contract.until, facts: withSegment(contract.facts) },
    after: { ...terms.value, facts: withSegment(terms.value.facts) },
  }
  const assessed = law.pack.rules.assessChange(law.asPublishedBy(today).on(firstDay(contract.month)), change, contract.month)
  if (!assessed.ok) return assessed
  const offered = payer.settlement === 'offer'
  const part = await differencePart(tx, today, contract, assessed.value, terms.value, parts.length, offered)
  const difference = part ? part.employer + part.worker : 0n
  await moveCover(tx, law, contract, terms.value, parts, part?.from != null)
  if (part) await addParts(tx, [part], today)
  const booked =
    part && difference < 0n
      ? await giveBack(tx, law, part, moneyAccount(payer))
      : part && !offered
        ? await issueParts(tx, law, [part])
        : ok(null)
  if (!booked.ok) return booked
  const nth = contract.addenda + 1
  const { employer, worker } = assessed.value.totals
  const row = {
    ...terms.value,
    payerId: contract.payerId,
    contractId: contract.contractId,
    nth,
    employer,
    worker,
    reason: asked.reason.trim(),
    entries: assessed.value.entries,
  }
  await addAddendum(tx, row, today)
  await tx.emit({
    kind: 'contract-amended',
    room: 'contributions',
    subject: `contract:${contract.contractId}`,
    payload: {
      nth,
      difference: difference.toString(),
      bill: part?.billId.toString() ?? null,
      from: terms.value.from,
      until: terms.value.until,
    },
    detail: (difference < 0n ? [contract.payerId] : []) satisfies MoneyReturned,
  })
  return ok({ contractId: contract.contractId, nth, difference, billId: part?.billId ?? null, owed: !offered && difference > 0n })
}
