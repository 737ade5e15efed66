// Corrections: a whole month of N assessed anew after late law, divided by the month itself, as the role `run` with row security on. Two
// acts: the last one that the pack knows to have been published after its first month (the law as it happened), and one invented for the
// measuring that changes every amount of everybody, which no act did yet: the dearest that can come.
import { openMonth, reassessMonth, runMonth } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { type Entry, type Law, lawOf } from '@payung/law'
import { addMonths, type Day, firstDay, lastDay, type Month, monthOf } from '@payung/values'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { seconds } from './month.ts'
import { plantNation } from './plant-nation.ts'

const turns = 5

type Steps = Readonly<Record<string, number>>
type Run = { readonly month: number; readonly corrections: number; readonly ratio: number; readonly changed: number; readonly steps: Steps }
type Measured = {
  readonly runs: readonly Run[]
  readonly changed: number
  readonly ratio: number
  readonly month: number
  readonly corrections: number
}
export type CorrectionsResult = {
  readonly benchmark: 'corrections'
  readonly members: number
  readonly act: string
  readonly published: Measured
  readonly invented: Measured
  readonly atMost: number
  readonly difference: string
  readonly machine: Machine
}

/** The law before an act and after it. */
type Acts = { readonly before: Law; readonly after: Law }

/** The last act that came when a month of which it speaks had ended, and the first such month. */
function lastLateAct({ pack }: Law): { act: string; first: Month; entries: readonly Entry[] } {
  const late = pack.entries.filter(({ months, published }) => months?.from && published !== 'unknown' && published > lastDay(months.from))
  const last = [...late].sort((a, b) => (a.published < b.published ? -1 : 1)).at(-1)
  if (!last?.months?.from) throw new Error('no act of this pack was published late')
  return {
    act: last.act,
    first: last.months.from,
    entries: pack.entries.filter(({ act, published }) => act === last.act && published === last.published),
  }
}

const without = ({ pack }: Law, entries: readonly Entry[]): Law =>
  lawOf({ ...pack, entries: pack.entries.filter((entry) => !entries.includes(entry)) })

/** One more entry for a month: what savings cost as it stands, halved, promulgated on the day after the month. */
function inventedAct(law: Law, month: Month): Law {
  const { pack } = law
  const halved = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll(/(\d+(?:\.\d+)?)%/g, (_, rate: string) => `${Number(rate) / 2}%`))
  const standing = law.on(firstDay(month)).entryForMonth('savings-rate', month)
  if (!standing) throw new Error('the pack has no rate of savings to change')
  const published = firstDay(addMonths(month, 1))
  return lawOf({
    ...pack,
    entries: [
      ...pack.entries,
      {
        ...standing,
        value: halved(standing.value),
        from: published,
        published,
        months: { from: month, to: month },
        digest: `invented ${month}`,
      } as Entry,
    ],
  })
}

async function runWhole({ platform, admin }: Laboratory, law: Law, month: Month): Promise<number> {
  await admin.query('checkpoint')
  const time = await seconds(async () => {
    const done = await runMonth(platform, law, month, { actor: systemActor, chunk: Number.MAX_SAFE_INTEGER })
    if (!done.ok) throw new Error(done.refusal.rule)
  })
  // Everybody pays before the due day, so that each month is an ordinary one: arrears are not what is measured.
  await admin.query(`update contributions.bill set state = 'paid', paid_on = issued_on where state = 'issued'`)
  await admin.query('update payments.payable set settled_on = order_day where settled_on is null')
  await admin.query('vacuum analyze contributions.bill')
  return time
}

async function measureTurn(laboratory: Laboratory, { before, after }: Acts, month: Month): Promise<Run & { difference: bigint }> {
  const { platform } = laboratory
  laboratory.at(firstDay(month))
  await laboratory.run((tx) => openMonth(tx, before, month))
  laboratory.at(lastDay(month))
  const whole = await runWhole(laboratory, before, month)
  laboratory.at(`${addMonths(month, 1)}-10`)
  const steps: Record<string, number> = {}
  let last = performance.now()
  let told = { changed: 0, difference: 0n }
  await laboratory.admin.query('checkpoint')
  const corrections = await seconds(async () => {
    last = performance.now()
    const done = await reassessMonth(platform, after, month, {
      actor: systemActor,
      chunk: Number.MAX_SAFE_INTEGER,
      progress: (step) => {
        steps[step] = (steps[step] ?? 0) + (performance.now() - last) / 1000
        last = performance.now()
      },
    })
    if (!done.ok) throw new Error(done.refusal.rule)
    told = { changed: Number(done.value.memberships), difference: done.value.control.difference }
  })
  return { month: whole, corrections, ratio: corrections / whole, steps, ...told }
}

async function measure(
  laboratory: Laboratory,
  first: Month,
  actsOf: (month: Month) => Acts,
  say: (line: string) => void,
): Promise<Measured & { difference: bigint }> {
  const runs: Awaited<ReturnType<typeof measureTurn>>[] = []
  for (let turn = 0; turn < turns; turn++) {
    const month = addMonths(first, turn)
    const run = await measureTurn(laboratory, actsOf(month), month)
    runs.push(run)
    const steps = Object.entries(run.steps).map(([step, time]) => `${step} ${time.toFixed(2)}`)
    say(
      `${month}: month ${run.month.toFixed(2)} s, corrections ${run.corrections.toFixed(2)} s (${run.changed} changed), ratio ${run.ratio.toFixed(2)}; ${steps.join(', ')}`,
    )
  }
  return {
    runs: runs.map(({ month, corrections, ratio, changed, steps }) => ({ month, corrections, ratio, changed, steps })),
    changed: runs[0]?.changed ?? 0,
    month: median(runs.map(({ month }) => month)),
    corrections: median(runs.map(({ corrections }) => corrections)),
    ratio: median(runs.map(({ ratio }) => ratio)),
    difference: runs.reduce((sum, { difference }) => sum + difference, 0n),
  }
}

/** Five turns for each act; medians. Throws when a run refuses. */
export async function benchCorrections(members: number, packName: string, say: (line: string) => void): Promise<CorrectionsResult> {
  const laboratory = await openLaboratory('corrections', packName)
  try {
    const { law, admin } = laboratory
    const { act, first, entries } = lastLateAct(law)
    say(`planting ${members} memberships …`)
    await plantNation(laboratory, members, first)
    const published = await measure(laboratory, first, () => ({ before: without(law, entries), after: law }), say)
    const later = addMonths(
      monthOf(
        law.pack.entries.reduce(
          (last: Day, { months }) => (months?.to && lastDay(months.to) > last ? lastDay(months.to) : last),
          lastDay(addMonths(first, turns)),
        ),
      ),
      1,
    )
    const invented = await measure(laboratory, later, (month) => ({ before: law, after: inventedAct(law, month) }), say)
    const told = ({ difference: _, ...measured }: typeof published): Measured => measured
    return {
      benchmark: 'corrections',
      members,
      act,
      published: told(published),
      invented: told(invented),
      atMost: 1.5,
      difference: (published.difference + invented.difference).toString(),
      machine: await describeMachine(admin),
    }
  } finally {
    await laboratory.close()
  }
}
