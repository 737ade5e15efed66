// Books what is no contribution on an account: the opening balance from before our books, money paid out, a correction. None of them
// changes a rate or a statement: it is dated, and earns (or ceases to earn) from its month.
import { bearingOf, type Law, yearOf } from '@payung/law'
import { type Day, firstDay, monthOf, ok, parseAmount, type Refusal, type Result, refuse, truncated } from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { holdMerges, personsOfOne } from '../../registry/index.ts'
import { dayAsked, yearMonth } from '../domain/days.ts'
import { programmeOf } from '../domain/programme.ts'
import { addEntry, type Entry, findEntries, lockAccount, type NewEntry } from '../store/entries.ts'
import { lastYearBegun } from '../store/rates.ts'
import { readAccount } from './read-account.ts'

export type EntryAsked = {
  /** The person, or one whose number was merged into his: the entry is the person's. */
  readonly personId: bigint
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

type Checked = { readonly code: string; readonly amount: bigint; readonly day: Day; readonly today: Day }

/** What can be said of an entry without looking at the account. */
function check(law: Law, asked: EntryAsked, today: Day): Result<Checked> {
  const programme = programmeOf(law.pack, asked.programme)
  if (!programme.ok) return programme
  const amount = checkAmount(asked)
  if (!amount.ok) return amount
  const day = dayAsked(asked.day, today)
  if (!day.ok) return day
  // No rate is declared for an earlier month, so its year could never be closed, nor any year after it.
  if (day.value < law.pack.start)
    return no(
      'day-before-law',
      `Nothing is booked before the law that is known here, which begins on ${law.pack.start}.`,
      { day: day.value, start: law.pack.start },
      'Check the day; what is older is booked from that day on, with what it had earned until then.',
    )
  if (asked.reference.trim() === '' || asked.act.trim() === '')
    return no(
      'source-missing',
      'An entry names its reference and the act that it rests on.',
      {},
      'Give both, for instance the number of the decision.',
    )
  return ok({ code: programme.value.code, amount: amount.value, day: day.value, today })
}

const aboveBalance = ({ amount, day }: Checked, most: bigint): Result<never> =>
  no(
    'above-balance',
    'No more is taken from an account than it holds, without what the running month will earn.',
    { amount: (-amount).toString(), balance: most.toString(), on: day },
    `Take at most ${most}.`,
  )

/** The part of an entry that earns, when the account allows it. No more is taken than there was on its day, nor than there is now. */
async function bearingAllowed(tx: Tx, persons: readonly bigint[], checked: Checked): Promise<Result<bigint>> {
  const { code, amount, day, today } = checked
  if (amount > 0n) return ok(amount)
  const then = await readAccount(tx, code, persons, day, { beforeCredit: true })
  const now = day === today ? then : await readAccount(tx, code, persons, today, { beforeCredit: true })
  const most = [now, then].map(({ balance }) => truncated(balance)).reduce((a, b) => (a < b ? a : b))
  return -amount > most ? aboveBalance(checked, most) : ok(-bearingOf(-amount, then.balance, then.base))
}

async function move(tx: Tx, law: Law, kind: EntryAsked['kind'], { code, amount, day }: Checked, entryId: bigint): Promise<void> {
  const [fund, other] = [fundsOf(law)(code), others[kind]]
  const posted = await postTransfers(tx, [
    {
      payerId: 0n,
      ...(amount > 0n ? { debit: other, credit: fund, amount } : { debit: fund, credit: other, amount: -amount }),
      day,
      month: monthOf(day),
      reason: `savings-${kind}`,
      sourceId: entryId,
    },
  ])
  if (!posted.ok) throw new Error(posted.refusal.rule)
}

/** The same act told before, under whichever number; two persons who were merged since may each have an entry of one reference. */
function toldBefore(known: readonly Entry[], amount: bigint, reference: string): Result<boolean> {
  if (known.some((entry) => truncated(entry.amount) === amount)) return ok(true)
  const [other] = known
  if (!other) return ok(false)
  const data = { reference, known: truncated(other.amount).toString(), amount: amount.toString() }
  return no('reference-used', 'A reference belongs to one entry.', data, 'Give this entry a reference of its own.')
}

/** An entry that may be booked now: `already` where the same act was. */
export type EntryChecked = { readonly persons: readonly bigint[]; readonly entry: NewEntry; readonly already: boolean }

/**
 * Checks all that can be known before it is booked. What stands under any number of the person is one account; no merge comes between
 * this and the end of the transaction, and two who change one account come after each other.
 */
export async function checkEntry(tx: Tx, law: Law, asked: EntryAsked): Promise<Result<EntryChecked>> {
  const checked = check(law, asked, tx.today(law.pack.timeZone))
  if (!checked.ok) return checked
  const { code, amount, day } = checked.value
  const { kind, reference, act } = asked
  await holdMerges(tx)
  const persons = await personsOfOne(tx, asked.personId)
  const [person = asked.personId, ...beside] = persons
  const closed = await lastYearBegun(tx)
  await lockAccount(tx, person)
  const told = toldBefore(await findEntries(tx, persons, code, kind, reference), amount, reference)
  if (!told.ok) return told
  const month = monthOf(day)
  const entry = { personId: person, beside, programme: code, kind, amount, bearing: amount, day, month, reference, act }
  if (told.value) return ok({ persons, entry, already: true })
  if (closed !== null && yearOf(month) <= closed)
    return no(
      'year-closed',
      'Nothing is added to a year whose statements are written.',
      { day, closed: String(closed) },
      `Book it from ${firstDay(yearMonth(closed + 1, 1))} on.`,
    )
  const bearing = await bearingAllowed(tx, persons, checked.value)
  return bearing.ok ? ok({ persons, entry: { ...entry, bearing: bearing.value }, already: false }) : bearing
}

/** Gives the entry and the balance after it, as it would be shown today. An entry by hand is asked for and decided first (`ask-entry`). */
export async function bookEntry(tx: Tx, law: Law, asked: EntryAsked): Promise<Result<EntryBooked>> {
  const checked = await checkEntry(tx, law, asked)
  if (!checked.ok) return checked
  const { persons, entry, already } = checked.value
  const { programme, kind, amount, day } = entry
  const today = tx.today(law.pack.timeZone)
  const now = async (): Promise<bigint> => truncated((await readAccount(tx, programme, persons, today)).balance)
  if (already) return ok({ entryId: null, already, amount, balance: await now() })
  const entryId = await addEntry(tx, entry)
  await move(tx, law, kind, { code: programme, amount, day, today }, entryId)
  await tx.emit({
    kind: 'savings-entry-booked',
    room: 'savings',
    subject: `person:${entry.personId}`,
    payload: { programme, kind, amount: amount.toString(), day },
  })
  // Taken with an earlier day, it also takes away what it earned since: that may be more than there is, and then nothing is booked.
  const balance = await now()
  return balance < 0n
    ? aboveBalance({ code: programme, amount, day, today }, -amount + balance)
    : ok({ entryId, already: false, amount, balance })
}
