// The import of another system's folder: read, checked, encrypted, compared, its totals reconciled and written through the whole use case, as
// the role `run` with row security on; divided into a bare COPY of the same files over the same driver into tables without keys. The
// figure is rows per second ÷ rows per second of the bare COPY: 1 would be an import that checks and links nothing.
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { checkControl } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { importFolder, openFolder } from '@payung/core/takeover'
import { type Laboratory, openLaboratory } from './laboratory.ts'
import { describeMachine, type Machine } from './machine.ts'
import { median } from './median.ts'
import { type PlantedFolder, plantFolder } from './plant-folder.ts'

const turns = 5
const today = '2026-09-15'

type Run = { readonly bare: number; readonly import: number; readonly ratio: number; readonly steps: Readonly<Record<string, number>> }
export type ImportResult = {
  readonly benchmark: 'import'
  readonly persons: number
  readonly rows: number
  readonly runs: readonly Run[]
  readonly bare: number
  readonly import: number
  readonly ratio: number
  readonly atLeast: number
  readonly goal: number
  readonly difference: string
  readonly machine: Machine
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

/** Tables of text columns as wide as the files, made anew for each turn. */
async function copyBare({ admin, run }: Laboratory, folder: PlantedFolder): Promise<number> {
  await admin.query('drop schema if exists bench cascade; create schema bench; grant usage on schema bench to payung_run')
  const heads = new Map<string, string>()
  for (const file of folder.files) {
    let head = ''
    for await (const part of createReadStream(path.join(folder.path, `${file}.csv`), { start: 0, end: 1000 })) head += String(part)
    const columns = (head.split('\n')[0] ?? '').split(',').map((column) => `"${column}" text`)
    heads.set(file, columns.join(', '))
    await admin.query(`create table bench.${file} (${columns.join(', ')}); grant insert on bench.${file} to payung_run`)
  }
  return seconds(() =>
    run(async (tx) => {
      for (const file of folder.files)
        await tx.copyIn(`copy bench.${file} from stdin (format csv, header)`, createReadStream(path.join(folder.path, `${file}.csv`)))
    }),
  )
}

/** Between the turns everything that the import wrote goes, so that each turn meets the same empty scheme. */
async function empty({ admin }: Laboratory): Promise<void> {
  const kept = ['registry.region', 'registry.office', 'registry.office_district']
  const tables = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('registry', 'takeover')
     union all select unnest(array['contributions.membership_fact', 'contributions.wage_report', 'contributions.cover_period', 'contributions.paid_span', 'platform.progress'])`,
  )
  const names = tables.map(({ name }) => name).filter((name) => !kept.includes(name))
  await admin.query(`set session_replication_role = replica; truncate ${names.join(', ')} cascade; set session_replication_role = default`)
}

async function measureTurn(laboratory: Laboratory, folder: PlantedFolder): Promise<Run & { difference: bigint }> {
  const { admin, law, platform } = laboratory
  await empty(laboratory)
  await admin.query('checkpoint')
  const bare = await copyBare(laboratory, folder)
  await admin.query('checkpoint')
  const steps: Record<string, number> = {}
  let last = performance.now()
  const step = (label: string): void => {
    steps[label] = (steps[label] ?? 0) + (performance.now() - last) / 1000
    last = performance.now()
  }
  const whole = await seconds(async () => {
    const opened = await openFolder(law.pack, folder.path)
    if (!opened.ok) throw new Error(opened.refusal.rule)
    step('digest')
    const progress = { step, note: () => {}, end: () => {} }
    const done = await importFolder(platform, law, opened.value, { actor: systemActor, progress })
    if (!done.ok || 'faults' in done.value) throw new Error(done.ok ? 'rows were bad' : done.refusal.rule)
  })
  const { difference } = await laboratory.run((tx) => checkControl(tx, 'bench', null))
  return { bare, import: whole, ratio: bare / whole, steps, difference }
}

/** Five alternating runs; medians. Throws when a row is refused. */
export async function benchImport(persons: number, packName: string, say: (line: string) => void): Promise<ImportResult> {
  const laboratory = await openLaboratory('import', packName)
  const place = await mkdtemp(path.join(os.tmpdir(), 'payung-bench-import-'))
  try {
    laboratory.at(today)
    say(`writing a folder of ${persons} persons …`)
    const folder = await plantFolder(place, persons)
    await laboratory.admin.query(
      `insert into registry.region (region_code, level, kind, name, short_name) select code, 'district', 'city', code, code from unnest(array['31.71', '31.72', '31.73', '31.74', '31.75']) code`,
    )
    const runs: Awaited<ReturnType<typeof measureTurn>>[] = []
    for (let turn = 1; turn <= turns; turn++) {
      const run = await measureTurn(laboratory, folder)
      runs.push(run)
      const steps = Object.entries(run.steps).map(([step, time]) => `${step} ${time.toFixed(2)}`)
      say(
        `run ${turn}: bare ${run.bare.toFixed(2)} s, import ${run.import.toFixed(2)} s, ratio ${run.ratio.toFixed(3)}; ${steps.join(', ')}`,
      )
    }
    return {
      benchmark: 'import',
      persons,
      rows: folder.rows,
      runs: runs.map(({ difference: _, ...run }) => run),
      bare: median(runs.map(({ bare }) => bare)),
      import: median(runs.map((run) => run.import)),
      ratio: median(runs.map(({ ratio }) => ratio)),
      atLeast: 0.02,
      goal: 0.1,
      difference: runs.reduce((sum, { difference }) => sum + difference, 0n).toString(),
      machine: await describeMachine(laboratory.admin),
    }
  } finally {
    await laboratory.close()
    await rm(place, { recursive: true })
  }
}
