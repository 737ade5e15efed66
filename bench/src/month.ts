// The month: class, rows, bills, transfers, key and control check for every member of a nation of N, as the role `run` with row
// security on, divided by a bare INSERT … SELECT of as many rows of the same width on the same server, in one session each.
import { openMonth, runMonth } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { addMonths, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { plantNation } from './plant-nation.ts'

const turns = 5

type Run = { readonly bare: number; readonly month: number; readonly ratio: number; readonly steps: Readonly<Record<string, number>> }
export type MonthResult = {
  readonly benchmark: 'month'
  readonly members: number
  readonly rows: number
  readonly runs: readonly Run[]
  readonly bare: number
  readonly month: number
  readonly ratio: number
  readonly atMost: number
  readonly goal: number
  readonly bytesPerRow: number
  readonly difference: string
  readonly machine: Machine
}

const columns =
  'person_id bigint not null, bill_id bigint not null, base bigint not null, employer bigint not null, worker bigint not null, month smallint not null, class smallint not null, ordinal smallint not null, entry smallint not null'
const bareInsert = `insert into bench.bare select person_id, (payer_id << 20) | 8, base, base / 20, base / 50, $1::smallint, 1::smallint, ordinal, 0::smallint from contributions.membership_fact`

export const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

async function measureTurn(laboratory: Laboratory, month: Month, members: number): Promise<Run & { rows: number; difference: bigint }> {
  const { admin, law, platform } = laboratory
  await admin.query('truncate bench.bare')
  await admin.query('checkpoint')
  const bare = await seconds(() => laboratory.run((tx) => tx.run(bareInsert, [monthNumber(month)])))
  laboratory.at(firstDay(month))
  await laboratory.run((tx) => openMonth(tx, law, month))
  laboratory.at(lastDay(month))
  await admin.query('checkpoint')
  const steps: Record<string, number> = {}
  let last = performance.now()
  const progress = (step: string): void => {
    steps[step] = (steps[step] ?? 0) + (performance.now() - last) / 1000
    last = performance.now()
  }
  let told = { rows: 0, difference: 0n }
  const whole = await seconds(async () => {
    const done = await runMonth(platform, law, month, { actor: systemActor, chunk: Math.max(members + 1, 1_000_000), progress })
    if (!done.ok) throw new Error(done.refusal.rule)
    told = { rows: done.value.rows, difference: done.value.control.difference }
  })
  // Everybody pays before the due day, so that each month is an ordinary one: arrears are not what is measured.
  await admin.query(`update contributions.bill set state = 'paid', paid_on = issued_on where state = 'issued'`)
  await admin.query('update payments.payable set settled_on = order_day where settled_on is null')
  return { bare, month: whole, ratio: whole / bare, steps, ...told }
}

/** Five alternating runs; medians. Throws when the run refuses. */
export async function benchMonth(members: number, packName: string, say: (line: string) => void): Promise<MonthResult> {
  const laboratory = await openLaboratory('month', packName)
  try {
    const { admin } = laboratory
    const first = '2026-04' as Month
    say(`planting ${members} memberships …`)
    await plantNation(laboratory, members, first)
    await admin.query(
      `create schema bench; create table bench.bare (${columns}); grant usage on schema bench to payung_run; grant insert on bench.bare to payung_run`,
    )
    const runs: Awaited<ReturnType<typeof measureTurn>>[] = []
    for (let turn = 0; turn < turns; turn++) {
      const run = await measureTurn(laboratory, addMonths(first, turn), members)
      runs.push(run)
      const steps = Object.entries(run.steps).map(([step, time]) => `${step} ${time.toFixed(2)}`)
      say(
        `run ${turn + 1}: bare ${run.bare.toFixed(2)} s, month ${run.month.toFixed(2)} s, ratio ${run.ratio.toFixed(2)}; ${steps.join(', ')}`,
      )
    }
    const rows = runs[0]?.rows ?? 0
    const [size] = await admin.query<{ bytes: bigint }>(
      `select sum(pg_total_relation_size(inhrelid))::bigint as bytes from pg_inherits where inhparent = ('contributions.entry_' || $1)::regclass`,
      [monthNumber(first)],
    )
    return {
      benchmark: 'month',
      members,
      rows,
      runs: runs.map(({ bare, month, ratio, steps }) => ({ bare, month, ratio, steps })),
      bare: median(runs.map(({ bare }) => bare)),
      month: median(runs.map(({ month }) => month)),
      ratio: median(runs.map(({ ratio }) => ratio)),
      atMost: 3,
      goal: 2,
      bytesPerRow: Number(size?.bytes ?? 0n) / rows,
      difference: runs.reduce((sum, { difference }) => sum + difference, 0n).toString(),
      machine: await describeMachine(admin),
    }
  } finally {
    await laboratory.close()
  }
}
