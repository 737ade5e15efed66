// When a debt ends without money: a fine is waived, or a receivable is written off. Whether it may is data of the pack (`fine-waivers`,
// `write-offs`; Peraturan 2/2020 art 7, 8). Neither pays anything: cover asks for money.
import { type Entry, type Law, listAt, numberAt, partOf, textAt, textsAt, valueAt } from '@payung/law'
import type { Day, Refusal } from '@payung/values'
import { monthsAfter } from './cover.ts'

export type EndOfDebt = 'fine-waiver' | 'write-off'
export type DebtFacts = {
  readonly payerId: bigint
  readonly billId: bigint
  /** The state and kind of the bill; null: there is none. */
  readonly state: string | null
  readonly kind: string
  readonly settlement: string
  readonly due: Day | null
  /** What is still owed on the bill, and the part of it that is a fine. */
  readonly owed: bigint
  readonly fine: bigint
  /** Begun months of lateness of the payer's oldest open bill. */
  readonly monthsLate: number
  /** When a fine of this payer was last waived. */
  readonly waivedOn: Day | null
  /** Money of the payer that waits. */
  readonly money: bigint
}

const parameters: Record<EndOfDebt, string> = { 'fine-waiver': 'fine-waivers', 'write-off': 'write-offs' }

/** The class of receivables of a debt so many months late, by its word; undefined: not late, or no source. */
export function classOf(law: Law, today: Day, months: number): string | undefined {
  const entry = law.asPublishedBy(today).on(today).entry('receivable-classes')
  if (!entry || months === 0) return undefined
  const rows = listAt(entry).map((row) => partOf(entry, row))
  const found = rows.find((row) => valueAt(row, 'up_to_months') === undefined || months <= numberAt(row, 'up_to_months'))
  return found && textAt(found, 'class')
}

type No = (code: string, rule: string, more: Record<string, string>, next: string) => Refusal

/** What only a waiver asks: a fine, the class of the debt, and no waiver not long ago. */
function refuseWaiver(law: Law, today: Day, entry: Entry, ground: string, facts: DebtFacts, no: No): Refusal | undefined {
  if (facts.fine <= 0n) return no('no-fine', 'No fine stands on this bill.', {}, 'Name the bill on which the fine stands.')
  const classes = textsAt(entry, 'grounds', ground)
  const now = classOf(law, today, facts.monthsLate) ?? ''
  if (classes.length > 0 && !classes.includes(now))
    return no(
      'class-too-good',
      'On this ground a fine is waived when the debt has come to a class that the rule names.',
      { class: now, needed: classes.join(', ') },
      'Let it be paid.',
    )
  const years = numberAt(entry, 'years')
  if (facts.waivedOn !== null && Number(facts.waivedOn.slice(0, 4)) > Number(today.slice(0, 4)) - years)
    return no(
      'waived-before',
      'A payer has one waiver in so many years.',
      { waivedOn: facts.waivedOn, years: String(years) },
      'Let the fine be paid.',
    )
  return undefined
}

/**
 * What only a write-off asks: that it is old, and that the payer has no money with us. Money that waits pays the oldest debt first and whole
 * (Perdir 22/2022); written off beside it, the debt would end and the money be free to go back to who owes it.
 */
function refuseWriteOff(today: Day, entry: Entry, { due, money }: DebtFacts, no: No): Refusal | undefined {
  const years = numberAt(entry, 'older_than_years')
  if (due === null || monthsAfter(due, years * 12) >= today)
    return no(
      'too-young',
      'A receivable is written off when it is older than the rule says.',
      { due: due ?? '', years: String(years) },
      'Go on collecting it.',
    )
  return money > 0n
    ? no(
        'money-waits',
        'Money that waits pays what is owed before a debt is written off.',
        { money: money.toString() },
        'Let what is missing be paid, or split the bill: the money pays for the workers who are named, and the rest is written off.',
      )
    : undefined
}

/** The first thing that forbids it, in a fixed order. */
export function refuseEndOfDebt(law: Law, today: Day, kind: EndOfDebt, ground: string, facts: DebtFacts): Refusal | undefined {
  const data = { kind, bill: facts.billId.toString(), payer: facts.payerId.toString() }
  const no: No = (code, rule, more, next) => ({ code, rule, data: { ...data, ...more }, next })
  const parameter = parameters[kind]
  const entry = law.asPublishedBy(today).on(today).entry(parameter)
  if (!entry)
    return no('no-source', 'No source says when such a debt ends.', { parameter }, 'Add a dated entry with its source to the pack.')
  if (facts.state === null || facts.settlement !== 'receivable' || facts.kind === 'state')
    return no('bill-unknown', 'A debt stands on a bill that an employer was sent.', {}, 'Look at the bills: payung bills.')
  if (facts.state !== 'issued' || facts.owed <= 0n)
    return no(
      'bill-not-open',
      'Only what is issued and still owed can end.',
      { state: facts.state, owed: facts.owed.toString() },
      'Nothing has to be done.',
    )
  const grounds = kind === 'write-off' ? textsAt(entry, 'grounds') : Object.keys(valueAt(entry, 'grounds') as object)
  if (!grounds.includes(ground))
    return no(
      'ground-not-allowed',
      'A debt ends on a ground that its rule names.',
      { ground, needed: grounds.join(', ') },
      'Name one of these, if it holds.',
    )
  return kind === 'write-off' ? refuseWriteOff(today, entry, facts, no) : refuseWaiver(law, today, entry, ground, facts, no)
}

type Booked = { readonly debit: string; readonly credit: string; readonly amount: bigint }

/** The transfers that take back what others have moved between each two accounts, in all. */
export function takeBackAll(booked: readonly Booked[]): Booked[] {
  const sums = new Map<string, bigint>()
  for (const { debit, credit, amount } of booked) {
    const [first, second] = debit < credit ? [debit, credit] : [credit, debit]
    const key = `${first} ${second}`
    sums.set(key, (sums.get(key) ?? 0n) + (debit < credit ? amount : -amount))
  }
  return [...sums].flatMap(([key, sum]) => {
    const [first = '', second = ''] = key.split(' ')
    if (sum === 0n) return []
    return [sum > 0n ? { debit: second, credit: first, amount: sum } : { debit: first, credit: second, amount: -sum }]
  })
}
