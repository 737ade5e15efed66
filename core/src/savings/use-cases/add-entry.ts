// Books what is no contribution on an account: the opening balance from before our books, money paid out, a correction. None of them
// changes a rate or a statement: it is dated, and earns (or ceases to earn) from its month.
import { bearingOf, type Law, yearOf } from '@payung/law'
import { exact, firstDay, monthOf, ok, parseAmount, type Refusal, type Result, refuse, truncated } from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { dayAsked, yearMonth } from '../domain/days.ts'
import { programmeOf } from '../domain/programme.ts'
import { addEntry, findEntry, lockAccount } from '../store/entries.ts'
import { lastYearBegun } from '../store/rates.ts'
import { readAccount } from './read-account.ts'

export type EntryAsked = {
  /** One human being: the first is the person, the others were merged into him. */
  readonly persons: readonly bigint[]
  readonly programme?: string
  readonly kind: 'opening' | 'withdrawal' | 'correction'
  /** Minor units as text. Above zero for openings and withdrawals; a correction may be below. */
  readonly amount: string
  readonly day?: string
  /** Names the act for ever: the same reference told again is the same entry. */
  readonly reference: string
  /** What it rests on: the decision, the old system's document. */
  readonly act: string
}
export type EntryBooked = { readonly entryId: bigint | null; readonly already: boolean; readonly amount: bigint; readonly balance: bigint }

const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })

function checkAmount({ amount, kind }: EntryAsked): Result<bigint> {
  const parsed = parseAmount(amount)
  if (parsed === undefined || parsed === 0n || (kind !== 'correction' && parsed < 0n))
    return no(
      'wrong-amount',
      'An entry has a whole amount in minor units; only a correction may be below zero.',
      { amount },
      'Write for instance 1500000.',
    )
  return ok(kind === 'withdrawal' ? -parsed : parsed)
}

const others: Readonly<Record<EntryAsked['kind'], string>> = {
  opening: 'takeover',
  withdrawal: 'payouts',
  correction: 'savings-corrections',
}

/** Gives the entry and the balance after it, as it would be shown today. */
export async function bookEntry(tx: Tx, law: Law, asked: EntryAsked): Promise<Result<EntryBooked>> {
  const programme = programmeOf(law.pack, asked.programme)
  if (!programme.ok) return programme
  const amount = checkAmount(asked)
  if (!amount.ok) return amount
  const today = tx.today(law.pack.timeZone)
  const day = dayAsked(asked.day, today)
  if (!day.ok) return day
  if (asked.reference.trim() === '' || asked.act.trim() === '')
    return no(
      'source-missing',
      'An entry names its reference and the act that it rests on.',
      {},
      'Give both, for instance the number of the decision.',
    )
  const [person] = asked.persons
  if (person === undefined) throw new Error('an entry without a person')
  const { code } = programme.value
  const closed = await lastYearBegun(tx)
  await lockAccount(tx, person)
  const known = await findEntry(tx, person, code, asked.kind, asked.reference)
  const now = await readAccount(tx, code, asked.persons, today)
  if (known) {
    if (truncated(known.amount) !== amount.value)
      return no(
        'reference-used',
        'A reference belongs to one entry.',
        { reference: asked.reference, known: truncated(known.amount).toString(), amount: asked.amount },
        'Give this entry a reference of its own.',
      )
    return ok({ entryId: null, already: true, amount: amount.value, balance: truncated(now.balance) })
  }
  const month = monthOf(day.value)
  if (closed !== null && yearOf(month) <= closed)
    return no(
      'year-closed',
      'Nothing is added to a year whose statements are written.',
      { day: day.value, closed: String(closed) },
      `Book it from ${firstDay(yearMonth(closed + 1, 1))} on.`,
    )
  const then = day.value === today ? now : await readAccount(tx, code, asked.persons, day.value)
  const most = [now, then].map(({ balance }) => truncated(balance)).reduce((a, b) => (a < b ? a : b))
  if (amount.value < 0n && -amount.value > most)
    return no(
      'above-balance',
      'No more is taken from an account than it holds.',
      { amount: (-amount.value).toString(), balance: most.toString(), on: day.value },
      `Take at most ${most}.`,
    )
  const bearing = amount.value < 0n ? -bearingOf(-amount.value, then.balance, then.base) : amount.value
  const entryId = await addEntry(tx, {
    personId: person,
    programme: code,
    kind: asked.kind,
    amount: amount.value,
    bearing,
    day: day.value,
    month,
    reference: asked.reference,
    act: asked.act,
  })
  const [fund, other] = [fundsOf(law)(code), others[asked.kind]]
  const posted = await postTransfers(tx, [
    {
      payerId: 0n,
      ...(amount.value > 0n ? { debit: other, credit: fund, amount: amount.value } : { debit: fund, credit: other, amount: -amount.value }),
      day: day.value,
      month,
      reason: `savings-${asked.kind}`,
      sourceId: entryId,
    },
  ])
  if (!posted.ok) throw new Error(posted.refusal.rule)
  await tx.emit({
    kind: 'savings-entry-booked',
    room: 'savings',
    subject: `person:${person}`,
    payload: { programme: code, kind: asked.kind, amount: amount.value.toString(), day: day.value },
  })
  const balance = truncated({ ...exact(now.balance.over + amount.value * now.balance.under, now.balance.under) })
  return ok({ entryId, already: false, amount: amount.value, balance })
}
