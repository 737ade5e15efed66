// Savings: the close of a year for N accounts in its two large steps, each with a baseline of its own in the same run. Statements (written,
// keyed, summed) ÷ a bare INSERT … SELECT of as many rows of the same width; gathering the year's contributions ÷ a bare sum by person of
// the same rows. Then crediting a month to all of them, and the value of one account after thirty years.
import { systemActor } from '@payung/core/platform'
import { closeYear, creditMonth, readAccount } from '@payung/core/savings'
import { type Day, type Month, quantile } from '@payung/values'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { seconds } from './month.ts'
import { closedYear, plantSavings, veterans } from './plant-savings.ts'

const turns = 5

type Run = {
  readonly bare: number
  readonly bareSum: number
  readonly close: number
  readonly ratio: number
  readonly gatherRatio: number
  readonly steps: Readonly<Record<string, number>>
}
export type SavingsResult = {
  readonly benchmark: 'savings'
  readonly accounts: number
  readonly entries: number
  readonly runs: readonly Run[]
  readonly bare: number
  readonly statements: number
  readonly ratio: number
  readonly atMost: number
  readonly bareSum: number
  readonly gather: number
  readonly gatherRatio: number
  /** Both steps and everything else of the close. */
  readonly close: number
  /** Digits of a balance, of one in the middle. */
  readonly digits: number
  readonly credit: number
  readonly creditRows: number
  /** Milliseconds. */
  readonly account: { readonly asked: number; readonly median: number; readonly p99: number }
  readonly machine: Machine
}

/** Takes a close back, which nobody but the administrator of a benchmark can do. */
async function undo({ admin }: Laboratory): Promise<void> {
  await admin.query('set session_replication_role = replica')
  await admin.query(`drop table if exists savings.statement_${closedYear}`)
  for (const table of ['year', 'closing']) await admin.query(`delete from savings.${table} where year = ${closedYear}`)
  await admin.query('delete from savings.credit')
  await admin.query('set session_replication_role = default')
  await admin.query('checkpoint')
}

async function close(laboratory: Laboratory): Promise<Pick<Run, 'close' | 'steps'>> {
  const steps: Record<string, number> = {}
  let last = performance.now()
  const progress = (step: string): void => {
    steps[step] = (performance.now() - last) / 1000
    last = performance.now()
  }
  const time = await seconds(async () => {
    const done = await closeYear(laboratory.platform, laboratory.law, closedYear, { actor: systemActor, progress })
    if (!done.ok) throw new Error(done.refusal.rule)
  })
  return { close: time, steps }
}

/** The same rows as the close writes, ready made, into a table without a key. */
async function bareInsert({ admin, run }: Laboratory): Promise<number> {
  await admin.query('truncate bench.bare_statement')
  await admin.query('checkpoint')
  return seconds(() => run((tx) => tx.run('insert into bench.bare_statement select * from bench.statements')))
}

/** The least that reading a year of contributions can be: its rows summed by person, without a bill, a tariff or a rate. */
const bareSum = ({ run }: Laboratory): Promise<number> =>
  seconds(() =>
    run((tx) =>
      tx.run(
        `create temporary table bare_sum on commit drop as select person_id, sum(employer + worker) as amount, sum((employer + worker) * month) as earned
         from contributions.entry where month between ${closedYear * 12 - 1} and ${closedYear * 12 + 10} group by person_id`,
      ),
    ),
  )

async function askAccounts({ admin, run }: Laboratory, programme: string): Promise<SavingsResult['account']> {
  const persons = await admin.query<{ person_id: bigint }>(
    `select person_id from contributions.membership_fact order by person_id limit ${veterans}`,
  )
  const day = `${closedYear}-12-31` as Day
  const times: number[] = []
  for (const { person_id } of persons) times.push((await seconds(() => run((tx) => readAccount(tx, programme, [person_id], day)))) * 1000)
  return { asked: times.length, median: median(times), p99: quantile(times, 0.99) }
}

/** Five alternating runs; medians. */
export async function benchSavings(members: number, packName: string, say: (line: string) => void): Promise<SavingsResult> {
  const laboratory = await openLaboratory('savings', packName)
  try {
    const { admin, law } = laboratory
    const programme = law.pack.programmes.find(({ savings }) => savings)?.code
    if (programme === undefined) throw new Error('the pack has no savings')
    await plantSavings(laboratory, members, programme, say)
    await close(laboratory)
    await admin.query(
      `create schema bench; create table bench.statements as select * from savings.statement where year = ${closedYear};
       create table bench.bare_statement (like bench.statements); grant usage on schema bench to payung_run;
       grant select on bench.statements to payung_run; grant insert on bench.bare_statement to payung_run`,
    )
    const runs: Run[] = []
    for (let turn = 0; turn < turns; turn++) {
      const bare = await bareInsert(laboratory)
      await undo(laboratory)
      const closed = await close(laboratory)
      const sum = await bareSum(laboratory)
      const { gather = 0, statements = 0 } = closed.steps
      const run = { bare, bareSum: sum, ...closed, ratio: statements / bare, gatherRatio: gather / sum }
      runs.push(run)
      const steps = Object.entries(closed.steps).map(([step, time]) => `${step} ${time.toFixed(2)}`)
      say(
        `run ${turn + 1}: bare ${bare.toFixed(2)} s, bare sum ${sum.toFixed(2)} s, ratios ${run.ratio.toFixed(2)} and ${run.gatherRatio.toFixed(2)}; ${steps.join(', ')}`,
      )
    }
    const account = await askAccounts(laboratory, programme)
    laboratory.at(`${closedYear + 1}-02-02`)
    const credit = await seconds(() => laboratory.run((tx) => creditMonth(tx, law, `${closedYear + 1}-01` as Month)))
    const [size] = await admin.query<{ digits: number; rows: bigint; credits: bigint }>(
      `select length(translate(trim_scale(parts)::text, '.-', '')) as digits, (select count(*) from bench.statements) as rows,
         (select count(*) from savings.credit where step = 'month') as credits from bench.statements limit 1`,
    )
    return {
      benchmark: 'savings',
      accounts: Number(size?.rows ?? 0n),
      entries: members * 12,
      runs,
      bare: median(runs.map(({ bare }) => bare)),
      statements: median(runs.map(({ steps }) => steps.statements ?? 0)),
      ratio: median(runs.map(({ ratio }) => ratio)),
      atMost: 2,
      bareSum: median(runs.map((run) => run.bareSum)),
      gather: median(runs.map(({ steps }) => steps.gather ?? 0)),
      gatherRatio: median(runs.map(({ gatherRatio }) => gatherRatio)),
      close: median(runs.map((run) => run.close)),
      digits: size?.digits ?? 0,
      credit,
      creditRows: Number(size?.credits ?? 0n),
      account,
      machine: await describeMachine(admin),
    }
  } finally {
    await laboratory.close()
  }
}
