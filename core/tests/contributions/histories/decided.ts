// What the house itself decides at a step of a history, asked with the facts of the model: it must agree that the step may be done, with the
// rows the model means, and refuse what the model never does.
import type { Month } from '@payung/values'
import { decideSplit, refuseBill, type SplitBill } from '../../../src/contributions/domain/bill-split.ts'
import { type CorrectionState, correctionStep, decideRows } from '../../../src/contributions/domain/correction.ts'
import { type Ledger, openMonth, type Row, standing } from './model.ts'

const payer = 7n
const personAt = (place: number): bigint => BigInt(place + 1)
const numberAt = (place: number): string => `worker ${place}`
const disagree = (step: string, found: unknown): never => {
  throw new Error(`${step}: ${JSON.stringify(found, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}`)
}

/** A wage of a row that stands: taken with its entry named, refused when it is what stands, or when a later entry is not named. */
export function decideCorrect(row: Row, base: bigint): void {
  const facts = {
    personId: personAt(row.place),
    ordinal: 1,
    payerId: payer,
    entry: row.entry,
    base: row.base,
    billedTo: payer,
    pending: null,
  }
  const ask = (wage: bigint, replaces?: number) =>
    decideRows('wage', payer, [{ memberNumber: numberAt(row.place), base: wage, ...(replaces === undefined ? {} : { replaces }) }], [facts])
  const decided = ask(base, row.entry)
  const [only] = decided.ok ? decided.value : []
  if (only?.base !== base || only.replaces !== row.entry || only.personId !== facts.personId) disagree('a wage', decided)
  const [same, unnamed] = [ask(row.base, row.entry), ask(base)]
  if (same.ok || same.refusal.code !== 'same-wage') disagree('the same wage', same)
  if (row.entry > 0 && (unnamed.ok || unnamed.refusal.code !== 'replaces-missing')) disagree('a corrected month', unnamed)
  let state: CorrectionState = 'proposed'
  for (const deed of ['approve', 'finish'] as const) {
    const step = correctionStep(state, deed)
    state = step.ok ? step.value.to : disagree('the life of a correction', step)
  }
}

/** Workers who go to a bill of their own: taken as named, refused when everybody is named, or when the bill is paid. */
export function decideSplitOf(ledger: Ledger, month: Month, places: readonly number[]): void {
  const rows = standing(ledger, month)
  const bill: SplitBill = {
    payerId: payer,
    billId: (payer << 20n) | 1n,
    kind: 'month',
    state: openMonth(ledger, month) ? 'issued' : 'paid',
    reverses: false,
    writtenOff: false,
    members: rows.length,
  }
  const named = (of: readonly number[]) =>
    of.map((place) => ({
      memberNumber: numberAt(place),
      personId: personAt(place),
      rows: rows.filter((row) => row.place === place).map(({ entry }) => ({ ordinal: 1, entry, last: entry, pending: null })),
    }))
  const refused = refuseBill(bill, payer, bill.billId)
  if (refused) disagree('a bill', refused)
  const decided = decideSplit(bill, named(places))
  if (!decided.ok || decided.value.map(({ personId }) => personId).join() !== places.map(personAt).join()) disagree('a split', decided)
  const all = decideSplit(bill, named(rows.map(({ place }) => place)))
  if (all.ok || all.refusal.code !== 'everybody-named') disagree('everybody', all)
  const twice = decideSplit(bill, named([...places, ...places.slice(0, 1)]))
  if (twice.ok) disagree('somebody twice', twice)
  const paid = refuseBill({ ...bill, state: 'paid' }, payer, bill.billId)
  if (paid?.code !== 'bill-paid') disagree('a paid bill', paid)
}
