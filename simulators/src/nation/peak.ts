// `payung nation peak`: the day on which everybody pays. A third of those who pay at all do so within six hours, each by itself as a bank
// tells it, through the same door that takes payments in earnest; the six hours are played in a few seconds.
import type { Law } from '@payung/law'
import { type Day, ok, quantile, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  billingBy,
  type Caller,
  type CommandContext,
  checkControl,
  gatherPayments,
  inTransaction,
  misuse,
  type Platform,
  type Progress,
  paymentCode,
  readAs,
  systemActor,
} from './core.ts'
import { random } from './random.ts'

const hours = 6
const run = { role: 'run', actor: systemActor } as const
/** As a bank's own program pays: one payment in a request. */
const bank: Caller = { role: 'online', actor: { ...systemActor, kind: 'partner', role: 'partner', officeId: 1n } }

type Money = { readonly payerId: bigint; readonly amount: bigint }
export type Peak = {
  readonly day: Day
  readonly payments: number
  readonly booked: number
  readonly known: number
  /** Payments of each of the six hours. */
  readonly byHour: readonly number[]
  /** Seconds in which the six hours were played; latencies in milliseconds. */
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly difference: bigint
}

/** What each payer would pay today: all that he owes, or, who owes nothing by law, what he paid last. One payer in three, the same whenever asked. */
const moneyOfToday = (platform: Platform): Promise<Money[]> =>
  readAs(platform, run, async (tx) => {
    const rows = await tx.query<{ payer_id: bigint; amount: bigint }>(
      `with owed as (select payer_id, sum(amount - countered)::bigint as amount from payments.payable where settled_on is null group by payer_id having sum(amount - countered) > 0),
         usual as (select distinct on (p.payer_id) p.payer_id, p.amount from payments.payment p join registry.payer y using (payer_id) where y.settlement = 'offer' order by p.payer_id, p.day desc)
       select payer_id, coalesce(o.amount, u.amount) as amount from owed o full join usual u using (payer_id) where (hashint8(payer_id) & 2147483647) % 3 = 0 order by payer_id`,
    )
    return rows.map(({ payer_id, amount }) => ({ payerId: payer_id, amount }))
  })

/** Moments of arrival between 0 and 1: few at first, most in the middle, few at the end. */
const arrivals = (count: number): number[] => {
  const chance = random(1, 'peak')
  return Array.from({ length: count }, () => (chance.next() + chance.next()) / 2).sort((one, other) => one - other)
}

/** Twice on one day is once: each payment bears the day and its payer. */
export async function playPeak(platform: Platform, law: Law, day: Day, seconds: number, progress: Progress): Promise<Result<Peak>> {
  const money = await moneyOfToday(platform)
  const { take } = gatherPayments({ pack: law.pack, billing: billingBy(law) })
  const moments = arrivals(money.length)
  const latencies: number[] = []
  let booked = 0
  const began = performance.now()
  await Promise.all(
    money.map(async ({ payerId, amount }, place) => {
      await new Promise((resolve) => setTimeout(resolve, (moments[place] ?? 0) * seconds * 1000))
      const sent = performance.now()
      const [outcome] = await take(platform, bank, [
        { channel: 'bank', day, externalId: `peak-${day}-${payerId}`, code: paymentCode(payerId), amount: amount.toString() },
      ])
      latencies.push(performance.now() - sent)
      if (outcome?.outcome === 'booked') booked++
      progress.step('payments', latencies.length, money.length)
    }),
  )
  const took = (performance.now() - began) / 1000
  const control = await inTransaction(platform, run, { name: 'control', input: null }, async (tx) =>
    ok(await checkControl(tx, 'command', null)),
  )
  if (!control.ok) return control
  return ok({
    day,
    payments: money.length,
    booked,
    known: money.length - booked,
    byHour: Array.from(
      { length: hours },
      (_, hour) => moments.filter((moment) => Math.min(hours - 1, Math.floor(moment * hours)) === hour).length,
    ),
    seconds: took,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    difference: control.value.difference,
  })
}

export async function peak(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const seconds = Number(context.required('seconds'))
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600)
    return misuse(
      'The six hours are played in 1 to 3600 seconds.',
      { seconds: context.required('seconds') },
      'Write for instance --seconds 20.',
    )
  const platform = await context.platform()
  const today = await readAs(platform, run, async (tx) => tx.today(law.pack.timeZone))
  const played = await playPeak(platform, law, today, seconds, context.progress)
  if (!played.ok) return played
  const { payments, booked, known, byHour, p50, p99, difference } = played.value
  return answer(played.value, [
    `${today}: ${payments} payments in six hours, played in ${played.value.seconds.toFixed(0)} s; by hour: ${byHour.join(', ')}`,
    `booked: ${booked}${known > 0 ? `, known already or waiting for a code: ${known}` : ''}`,
    `answered within (median) ${p50.toFixed(0)} ms, (99 of 100) ${p99.toFixed(0)} ms`,
    `control's difference: ${difference}`,
  ])
}
