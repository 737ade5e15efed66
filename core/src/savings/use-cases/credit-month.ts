// Credits a month: the return of all accounts together, moved to what the scheme owes its savers by one transfer, whatever their number.
// Returns are linear in balances, so the total is computed from totals: nobody's account is read. Whole units are moved; what is left
// of the exact return is carried, because each month the sum so far is compared with what was moved so far.
import { type Law, savingsYears, yearOf } from '@payung/law'
import {
  type Exact,
  exact,
  exactFromDecimal,
  lastDay,
  type Month,
  minus,
  nothing,
  ok,
  plus,
  type Result,
  refuse,
  sumOf,
  truncated,
} from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import { joinWholeSets, type Tx } from '../../platform/index.ts'
import { yearMonth } from '../domain/days.ts'
import { programmeOf } from '../domain/programme.ts'
import { closedYears, lockSavings, readRates } from '../store/rates.ts'
import { addCredit, bookedByMonth, entrySums, findCredit, firstBooked, movedSoFar } from '../store/totals.ts'
import { balanceOf } from './read-account.ts'

export type Credited = { readonly programme: string; readonly month: Month; readonly moved: bigint; readonly already: boolean }

/** Moves the return up to a total, and notes it; `exactly` is the total that savers have earned since the first entry. */
export async function moveReturns(
  tx: Tx,
  law: Law,
  programme: string,
  month: Month,
  step: 'month' | 'year',
  exactly: Exact,
): Promise<bigint> {
  const moved = truncated(exactly) - (await movedSoFar(tx, programme))
  const fund = fundsOf(law)(programme)
  if (moved !== 0n) {
    const posted = await postTransfers(tx, [
      {
        payerId: 0n,
        ...(moved > 0n ? { debit: 'returns', credit: fund, amount: moved } : { debit: fund, credit: 'returns', amount: -moved }),
        day: lastDay(month),
        month,
        reason: 'savings-return',
        sourceId: BigInt(yearOf(month)),
      },
    ])
    if (!posted.ok) throw new Error(posted.refusal.rule)
  }
  await addCredit(tx, programme, month, step, moved, tx.today(law.pack.timeZone))
  return moved
}

/** What all accounts have earned up to the end of a month, exactly, since the first entry of all. */
async function earnedBy(tx: Tx, law: Law, programme: string, month: Month): Promise<Exact> {
  const closed = await closedYears(tx, programme)
  const last = closed.at(-1)
  const first = last ? yearMonth(last.year + 1, 1) : await firstBooked(tx, programme)
  if (first === undefined || first > month) return nothing
  const after = last ? yearMonth(last.year, 12) : yearMonth(1, 12)
  await joinWholeSets(tx)
  const contributions = await bookedByMonth(tx, fundsOf(law)(programme), after, month)
  const others = await entrySums(tx, programme, after, month)
  const rates = await readRates(tx, programme, first, month)
  const entries = [...contributions.map(({ month: booked, amount }) => ({ month: booked, amount: exact(amount), money: true })), ...others]
  const opening = last ? balanceOf(last.parts, last) : nothing
  const years = savingsYears({ year: yearOf(first) - 1, balance: opening }, entries, (each) => rates.get(each)?.rate ?? null, {
    last: month,
    credited: month,
  })
  const put = plus(
    sumOf(closed.flatMap(({ contributed, entered }) => [exactFromDecimal(contributed), exactFromDecimal(entered)])),
    sumOf(entries.flatMap(({ money, amount }) => (money ? [amount] : []))),
  )
  return minus(years.at(-1)?.closing ?? opening, put)
}

export async function creditMonth(tx: Tx, law: Law, month: Month, asked?: string): Promise<Result<Credited>> {
  const programme = programmeOf(law.pack, asked)
  if (!programme.ok) return programme
  const { code } = programme.value
  const today = tx.today(law.pack.timeZone)
  if (lastDay(month) >= today)
    return refuse({
      code: 'month-not-over',
      rule: 'A month is credited when it has ended.',
      data: { month, today },
      next: `Credit it after ${lastDay(month)}.`,
    })
  await lockSavings(tx)
  const known = await findCredit(tx, code, month, 'month')
  const closed = (await closedYears(tx, code)).at(-1)
  if (known !== undefined || (closed && closed.year >= yearOf(month)))
    return ok({ programme: code, month, moved: known ?? 0n, already: true })
  const moved = await moveReturns(tx, law, code, month, 'month', await earnedBy(tx, law, code, month))
  await tx.emit({
    kind: 'savings-month-credited',
    room: 'savings',
    subject: `month:${month}`,
    payload: { programme: code, month, moved: moved.toString() },
  })
  return ok({ programme: code, month, moved, already: false })
}
