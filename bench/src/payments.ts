// Payments under load: 32 clients pay through the whole use case, each answer durable, bills of employers first and then months of members
// who pay for themselves (which also writes rows, bill and cover), divided by 32 clients who do the transaction that everybody measures with (TPC-B as pgbench does it: three updates, a select, an insert) through the same driver, on the
// same server.
import { checkControl } from '@payung/core/contributions'
import { billingBy, gatherPayments } from '@payung/core/payments'
import { type Caller, systemActor } from '@payung/core/platform'
import { paymentCode } from '@payung/core/registry'
import { addMonths, type Month, quantile } from '@payung/values'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { amountOf, plantPayers } from './plant-payers.ts'
import { plantSelfPayers } from './plant-self-payers.ts'

const [turns, clients, scale, mostPerTurn] = [5, 32, 50, 20_000]
const month = '2026-04' as Month
const today = '2026-05-14'

type Measured = { readonly perSecond: number; readonly p50: number; readonly p99: number }
type Run = {
  readonly yardstick: Measured
  readonly payments: Measured
  readonly selfPayers: Measured
  readonly ratio: number
  readonly selfRatio: number
}
export type PaymentsResult = {
  readonly benchmark: 'payments'
  readonly clients: number
  readonly payers: number
  readonly perTurn: number
  readonly runs: readonly Run[]
  readonly yardstick: Measured
  readonly payments: Measured
  readonly selfPayers: Measured
  readonly ratio: number
  readonly selfRatio: number
  readonly atLeast: number
  readonly goal: number
  readonly perTransaction: number
  readonly difference: string
  readonly machine: Machine
}

/** So many clients do `count` pieces of work between them, each the next one as soon as the last is answered. Latencies in milliseconds. */
async function measure(count: number, work: (place: number, client: number) => Promise<void>): Promise<Measured> {
  const latencies: number[] = []
  let next = 0
  const from = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let place = next++; place < count; place = next++) {
        const began = performance.now()
        await work(place, client)
        latencies.push(performance.now() - began)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  return { perSecond: count / seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}

async function plantYardstick({ admin }: Laboratory): Promise<void> {
  for (const statement of [
    'create schema tpcb',
    'create table tpcb.branches (bid integer primary key, bbalance integer, filler char(88)) with (fillfactor = 100)',
    'create table tpcb.tellers (tid integer primary key, bid integer, tbalance integer, filler char(84)) with (fillfactor = 100)',
    'create table tpcb.accounts (aid integer primary key, bid integer, abalance integer, filler char(84)) with (fillfactor = 100)',
    'create table tpcb.history (tid integer, bid integer, aid integer, delta integer, mtime timestamp, filler char(22))',
    `insert into tpcb.branches select g, 0 from generate_series(1, ${scale}) g`,
    `insert into tpcb.tellers select g, (g - 1) / 10 + 1, 0 from generate_series(1, ${scale * 10}) g`,
    `insert into tpcb.accounts select g, (g - 1) / 100000 + 1, 0, '' from generate_series(1, ${scale * 100_000}) g`,
    'vacuum analyze',
  ])
    await admin.query(statement)
}

const upTo = (limit: number): number => 1 + Math.floor(Math.random() * limit)

async function yardstick(lines: Awaited<ReturnType<Laboratory['clients']>>, count: number): Promise<Measured> {
  return measure(count, async (_, client) => {
    const line = lines[client]
    if (!line) throw new Error('a client has no connection')
    const [aid, bid, tid, delta] = [upTo(scale * 100_000), upTo(scale), upTo(scale * 10), upTo(10_000) - 5000]
    await line.query('begin')
    await line.query('update tpcb.accounts set abalance = abalance + $1 where aid = $2', [delta, aid])
    await line.query('select abalance from tpcb.accounts where aid = $1', [aid])
    await line.query('update tpcb.tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid])
    await line.query('update tpcb.branches set bbalance = bbalance + $1 where bid = $2', [delta, bid])
    await line.query('insert into tpcb.history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)', [
      tid,
      bid,
      aid,
      delta,
    ])
    await line.query('commit')
  })
}

/** As a bank's own program pays: one payment in a request. */
const bank: Caller = { role: 'online', actor: { ...systemActor, kind: 'partner', role: 'partner', officeId: 1n } }

/** Payers of numbers, `apart` from each other, each with what it pays. */
function payer({ law, platform }: Laboratory, apart: number, amount: (number: number) => number | bigint) {
  const { take } = gatherPayments({ pack: law.pack, billing: billingBy(law) }, (error) => {
    throw error
  })
  return (count: number, from: number): Promise<Measured> =>
    measure(count, async (place) => {
      const number = from + place * apart
      const [outcome] = await take(platform, bank, [
        { channel: 'bank', day: today, externalId: `bench-${number}`, code: paymentCode(BigInt(number)), amount: String(amount(number)) },
      ])
      if (outcome?.outcome !== 'booked' || outcome.settled.length !== 1) throw new Error(`payment ${number} did not pay what was due`)
    })
}

const middle = (runs: readonly Run[], of: 'yardstick' | 'payments' | 'selfPayers'): Measured => ({
  perSecond: median(runs.map((run) => run[of].perSecond)),
  p50: median(runs.map((run) => run[of].p50)),
  p99: median(runs.map((run) => run[of].p99)),
})

/** Five alternating runs of at most 20,000 payments among so many payers; medians. Throws when a payment does not pay its bill. */
export async function benchPayments(payers: number, packName: string, say: (line: string) => void): Promise<PaymentsResult> {
  const perTurn = Math.min(mostPerTurn, Math.floor(payers / (turns + 1)))
  const apart = Math.floor(payers / ((turns + 1) * perTurn))
  const laboratory = await openLaboratory('payments', packName)
  const lines = await laboratory.clients(clients)
  try {
    laboratory.at(today)
    say(`planting ${payers} payers with a bill each …`)
    await plantPayers(laboratory, payers, month)
    await plantYardstick(laboratory)
    const pay = payer(laboratory, apart, amountOf)
    const price = await plantSelfPayers(laboratory, payers + 1, (turns + 1) * perTurn, addMonths(month, 1))
    const payAlone = payer(laboratory, 1, () => price)
    // One turn that is not counted: caches, plans and the compiler of Node are warm in both.
    await yardstick(lines, perTurn)
    await pay(perTurn, 1)
    await payAlone(perTurn, payers + 1)
    const runs: Run[] = []
    for (let turn = 1; turn <= turns; turn++) {
      await laboratory.admin.query('checkpoint')
      const measured = {
        yardstick: await yardstick(lines, perTurn),
        payments: await pay(perTurn, turn * perTurn * apart + 1),
        selfPayers: await payAlone(perTurn, payers + turn * perTurn + 1),
      }
      const over = ({ perSecond }: Measured): number => perSecond / measured.yardstick.perSecond
      const run = { ...measured, ratio: over(measured.payments), selfRatio: over(measured.selfPayers) }
      runs.push(run)
      say(
        `run ${turn}: yardstick ${Math.round(run.yardstick.perSecond)}, payments ${Math.round(run.payments.perSecond)} a second, ratio ${run.ratio.toFixed(2)}; of self-payers ${Math.round(run.selfPayers.perSecond)}, ratio ${run.selfRatio.toFixed(2)}`,
      )
    }
    const control = await laboratory.run((tx) => checkControl(tx, 'bench', null))
    const [groups] = await laboratory.admin.query<{ groups: bigint }>(
      `select count(*) as groups from platform.event where kind = 'payments-recorded'`,
    )
    return {
      benchmark: 'payments',
      clients,
      payers,
      perTurn,
      runs,
      yardstick: middle(runs, 'yardstick'),
      payments: middle(runs, 'payments'),
      selfPayers: middle(runs, 'selfPayers'),
      ratio: median(runs.map(({ ratio }) => ratio)),
      selfRatio: median(runs.map(({ selfRatio }) => selfRatio)),
      atLeast: 1,
      goal: 2,
      perTransaction: (2 * (turns + 1) * perTurn) / Number(groups?.groups ?? 1n),
      // Bills were planted without rows, so only what payments touch is compared: bills = transfers, bank = statement.
      difference: (control.billed - control.booked + control.bank - control.statement).toString(),
      machine: await describeMachine(laboratory.admin),
    }
  } finally {
    await Promise.all(lines.map((line) => line.end()))
    await laboratory.close()
  }
}
