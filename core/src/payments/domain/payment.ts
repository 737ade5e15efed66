// A payment as a bank or a counter tells it. Its key (channel, day, external id) is natural and permanent: told twice, it is booked once.
import { addDays, type Day, ok, parseAmount, parseDay, type Refusal, type Result, refuse } from '@payung/values'
import type { Sender } from '../sender.ts'

export type NewPayment = {
  readonly channel: string
  readonly day: string
  readonly externalId: string
  readonly code: string /** Minor units, as typed. */
  readonly amount: string
  readonly sender?: Sender | undefined
}
export type CheckedPayment = {
  readonly channel: string
  readonly day: Day
  readonly externalId: string
  readonly code: string
  readonly amount: bigint
  readonly sender: Sender | null
}

const fault = (code: string, field: string, given: string, rule: string, next: string): Refusal => ({
  code,
  rule,
  data: { field, given: given.slice(0, 100) },
  next,
})

/** A code as it is compared and stored: without spaces, dots and hyphens. */
export const plainCode = (text: string): string => text.replaceAll(/[\s.\-\u00a0]/g, '').slice(0, 40)

/** The most digits of an amount: SQL sums it with millions of others in 64 bits. */
const amountDigits = 15

/** The money of a payment in minor units, above zero. */
function checkAmount(text: string): Result<bigint> {
  const no = (rule: string, next: string) => refuse(fault('wrong-amount', 'amount', text, rule, next))
  const amount = parseAmount(text)
  if (amount === undefined || amount <= 0n) return no('An amount is above zero, in whole units and digits only.', 'Correct the amount.')
  return amount.toString().length > amountDigits
    ? no(
        `An amount has at most ${amountDigits} digits; this one has ${amount.toString().length}.`,
        'Compare it with the statement of the bank; a code or a reference may stand where the amount belongs.',
      )
    : ok(amount)
}

/** The day on which the channel booked the money. `daysBack`: how many days ago it may lie; null where the law sets no limit. */
function checkDay(text: string, today: Day, daysBack: number | null): Result<Day> {
  const no = (rule: string, next: string) => refuse(fault('wrong-day', 'day', text, rule, next))
  const day = parseDay(text)
  if (!day) return no('The day is an existing day written YYYY-MM-DD.', 'Write the booking day as YYYY-MM-DD.')
  // A channel east of us may already write tomorrow.
  if (day > addDays(today, 1)) return no(`Today is ${today}; money is recorded when it has come.`, 'Check the booking day.')
  if (daysBack !== null && day < addDays(today, -daysBack))
    return no(
      `The booking day lies at most ${daysBack} days back, so not before ${addDays(today, -daysBack)}: what is late is counted by it.`,
      'Compare the day with the statement of the bank. Money that really came earlier is recorded with the first day that is allowed.',
    )
  return ok(day)
}

export function checkPayment(payment: NewPayment, today: Day, daysBack: number | null): Result<CheckedPayment> {
  const { channel, externalId } = { channel: payment.channel.trim(), externalId: payment.externalId.trim() }
  if (channel === '' || channel.length > 40)
    return refuse(
      fault(
        'wrong-channel',
        'channel',
        channel,
        'A payment names the channel it came by, in 1 to 40 characters.',
        'Name the bank or counter.',
      ),
    )
  if (externalId === '' || externalId.length > 100)
    return refuse(
      fault(
        'wrong-external-id',
        'externalId',
        externalId,
        'A payment carries the id that its channel gave it, in 1 to 100 characters.',
        'Copy the reference of the bank or counter.',
      ),
    )
  const day = checkDay(payment.day, today, daysBack)
  if (!day.ok) return day
  const amount = checkAmount(payment.amount)
  if (!amount.ok) return amount
  return ok({ channel, day: day.value, externalId, code: plainCode(payment.code), amount: amount.value, sender: payment.sender ?? null })
}

/** One text for the key, to find two rows of a set that tell the same payment. */
export const keyOf = ({ channel, day, externalId }: Pick<CheckedPayment, 'channel' | 'day' | 'externalId'>): string =>
  JSON.stringify([channel, day, externalId])

type Content = Pick<CheckedPayment, 'amount' | 'code'>

/** A key that is known with another content is refused: one of the two is wrong, and money is not guessed. */
export function refuseOtherContent(payment: CheckedPayment, known: Content): Refusal | undefined {
  if (payment.amount === known.amount && payment.code === known.code) return undefined
  return {
    code: 'payment-key-reused',
    rule: 'A channel, day and external id name one payment for ever.',
    data: {
      field: payment.amount === known.amount ? 'code' : 'amount',
      given: payment.amount === known.amount ? payment.code : payment.amount.toString(),
      channel: payment.channel,
      day: payment.day,
      externalId: payment.externalId,
      amount: payment.amount.toString(),
      bookedAmount: known.amount.toString(),
      code: payment.code,
      bookedCode: known.code,
    },
    next: 'Ask the channel which of the two is right; a second payment needs an id of its own.',
  }
}
