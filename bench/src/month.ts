// The month: class, rows, bills, transfers, key and control check for every member of a nation of N, as the role `run` with row
// security on, divided by a bare INSERT … SELECT of as many rows of the same width on the same server, in one session each. Runs alternate; medians.
import { openMonth, runMonth } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { addMonths, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import { openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { plantNation } from './plant-nation.ts'

const seconds = (from: number): number => (performance.now() - from) / 1000
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export type MonthResult = {
  readonly benchmark: 'month'
  readonly members: number
  readonly rows: number
  readonly runs: readonly {
    readonly bare: number
    readonly month: number
    readonly ratio: number
    readonly steps: Readonly<Record<string, number>>
  }[]
  readonly bare: number
  readonly month: number
  readonly ratio: number
  readonly atMost: number
  readonly goal: number
  readonly bytesPerRow: number
  readonly difference: string
  readonly machine: Machine
}

const bare = `insert into bench.bare select person_id, (payer_id << 20) | 8, base, base / 20, base / 50, $1::smallint, 1::smallint, ordinal, 0::smallint from contributions.membership_fact`

export async function benchMonth(members: number, packName: string, say: (line: string) => void): Promise<MonthResult> {
  const laboratory = await openLaboratory('month', packName)
  try {
    const { admin, platform, law } = laboratory
    const first = '2026-04' as Month
    say(`planting ${members} memberships …`)
    await plantNation(laboratory, members, first)
    await admin.query(
      'create schema bench; create table bench.bare (person_id bigint not null, bill_id bigint not null, base bigint not null, employer bigint not null, worker bigint not null, month smallint not null, class smallint not null, ordinal smallint not null, entry smallint not null)',
    )
    await admin.query('grant usage on schema bench to payung_run; grant insert on bench.bare to payung_run')
    const runs: MonthResult['runs'][number][] = []
    let rows = 0
    let difference = 0n
    for (let turn = 0; turn < 5; turn++) {
      const month = addMonths(first, turn)
      await admin.query('truncate bench.bare')
      await admin.query('checkpoint')
      const bareFrom = performance.now()
      await laboratory.run((tx) => tx.run(bare, [monthNumber(month)]))
      const bareSeconds = seconds(bareFrom)
      laboratory.at(firstDay(month))
      await laboratory.run((tx) => openMonth(tx, law, month))
      laboratory.at(lastDay(month))
      await admin.query('checkpoint')
      const steps: Record<string, number> = {}
      const from = performance.now()
      let last = from
      const done = await runMonth(platform, law, month, {
        actor: systemActor,
        chunk: Math.max(members + 1, 1_000_000),
        progress: (step) => {
          steps[step] = (steps[step] ?? 0) + (performance.now() - last) / 1000
          last = performance.now()
        },
      })
      if (!done.ok) throw new Error(done.refusal.rule)
      const monthSeconds = seconds(from)
      // Everybody pays before the due day, so that each month is an ordinary one: arrears are not what is measured.
      await admin.query(`update contributions.bill set state = 'paid', paid_on = issued_on where state = 'issued'`)
      await admin.query('update payments.payable set settled_on = order_day where settled_on is null')
      rows = done.value.rows
      difference += done.value.control.difference
      runs.push({ bare: bareSeconds, month: monthSeconds, ratio: monthSeconds / bareSeconds, steps })
      say(
        `run ${turn + 1}: bare ${bareSeconds.toFixed(2)} s, month ${monthSeconds.toFixed(2)} s, ratio ${(monthSeconds / bareSeconds).toFixed(2)}; ${Object.entries(
          steps,
        )
          .map(([step, time]) => `${step} ${time.toFixed(2)}`)
          .join(', ')}`,
      )
    }
    const { rows: sizes } = await admin.query<{ bytes: bigint }>(
      `select (pg_total_relation_size('contributions.contribution_' || $1)) as bytes`,
      [monthNumber(first)],
    )
    return {
      benchmark: 'month',
      members,
      rows,
      runs,
      bare: median(runs.map((run) => run.bare)),
      month: median(runs.map((run) => run.month)),
      ratio: median(runs.map(({ ratio }) => ratio)),
      atMost: 3,
      goal: 2,
      bytesPerRow: Number(sizes[0]?.bytes ?? 0n) / rows,
      difference: difference.toString(),
      machine: await describeMachine(admin),
    }
  } finally {
    await laboratory.close()
  }
}
