// How the room's nouns look in the contract: money with its currency, months as text, identifiers as text.
import type { Bill } from '@payung/api'
import type { Assessment, Law, Pack } from '@payung/law'
import { type Day, monthFromNumber, monthOf, type Refusal } from '@payung/values'
import { payerOfBill } from './domain/bill-number.ts'
import type { BillRow, ControlRow, MonthSummary } from './store/reading.ts'
import type { RegisteredContract } from './use-cases/register-contracts.ts'

type Money = { amount: string; currency: string }
export const moneyIn =
  (law: Law) =>
  (amount: bigint): Money => ({ amount: amount.toString(), currency: law.pack.currency.code })

export const monthJson = (law: Law, row: MonthSummary) => ({
  month: monthFromNumber(row.month),
  state: row.state,
  openedOn: row.opened_on,
  closedOn: row.closed_on,
  bills: Number(row.bills),
  rows: Number(row.rows),
  total: moneyIn(law)(row.total),
  versions: Number(row.versions),
})

export function controlJson(law: Law, row: ControlRow) {
  const money = moneyIn(law)
  return {
    at: row.at.toISOString(),
    step: row.step,
    contributions: money(row.contributions),
    premiums: money(row.premiums),
    fines: money(row.fines),
    stateShare: money(row.state_share),
    billed: money(row.billed),
    booked: money(row.booked),
    bank: money(row.bank),
    statement: money(row.statement),
    difference: money(row.difference),
  }
}

export function rowBill(law: Law, row: BillRow, stale: boolean): Bill {
  const money = moneyIn(law)
  return {
    payerId: row.payer_id.toString(),
    billId: row.bill_id.toString(),
    month: monthFromNumber(row.month),
    kind: row.kind,
    state: row.state,
    employer: money(row.employer),
    worker: money(row.worker),
    state_share: money(row.state_share),
    fine: money(row.fine),
    correction: money(row.correction),
    total: money(row.total),
    members: row.members,
    carried: row.carried,
    stale,
    issuedOn: row.issued_on,
    due: row.due,
    paidOn: row.paid_on,
  }
}

/** The first bill of a contract that was registered just now; an offer is a draft before it is paid. */
export function billJson(
  law: Law,
  { contractId, parts, owed }: RegisteredContract,
  contract: { from: string; members: readonly unknown[] },
  today: Day,
): Bill {
  const money = moneyIn(law)
  const { employer, worker, due } = parts[0] ?? { employer: 0n, worker: 0n, due: null }
  return {
    payerId: payerOfBill(contractId).toString(),
    billId: contractId.toString(),
    month: monthOf(contract.from as Day),
    kind: 'contract',
    state: owed ? 'issued' : 'draft',
    employer: money(employer),
    worker: money(worker),
    state_share: money(0n),
    fine: money(0n),
    correction: money(0n),
    total: money(employer + worker),
    members: contract.members.length,
    carried: 0,
    stale: false,
    issuedOn: owed ? today : null,
    due,
    paidOn: null,
  }
}

/** The engine names a fact as the command line gives it, by its flag; over HTTP the same fact is a field. */
export function inFieldNames(pack: Pack, text: string): string {
  const fields = new Map(pack.facts.flatMap(({ flag, code }) => (flag ? [[flag, code] as const] : [])))
  return text.replaceAll(/--([a-z][a-z-]*)/g, (_, flag: string) => fields.get(flag) ?? flag)
}

/** A refusal of the engine, with the field that it is about. */
export function inFields(pack: Pack, { code, rule, data: { flag, ...data }, next }: Refusal): Refusal {
  const named = (text: string): string => inFieldNames(pack, text)
  return { code, rule: named(rule), data: { ...(flag === undefined ? {} : { field: named(flag) }), ...data }, next: named(next) }
}

export const assessmentJson = (pack: Pack, { programmes, totals, due, trace }: Assessment) => ({
  programmes: Object.fromEntries(
    Object.entries(programmes).map(([code, { base, employer, worker, state, taken }]) => [
      code,
      {
        base: base.toString(),
        employer: employer.toString(),
        worker: worker.toString(),
        state: state.toString(),
        ...Object.fromEntries(Object.entries(taken).map(([from, amount]) => [`from${from}`, amount.toString()])),
      },
    ]),
  ),
  totals: { employer: totals.employer.toString(), worker: totals.worker.toString(), billed: totals.billed.toString() },
  due,
  trace: trace.map((step) => ({ ...step, text: inFieldNames(pack, step.text) })),
})
