// Takes over a folder of another system's records: whole or not at all, once, and on from where it was cut short.
import type { Law } from '@payung/law'
import { addMonths, dayInZone, monthOf, ok, type Refusal, type Result, refuse } from '@payung/values'
import { monthsAhead } from '../../contributions/index.ts'
import {
  type Actor,
  type Caller,
  forgetSteps,
  inTransaction,
  type Platform,
  type Progress,
  readAs,
  runSteps,
  silent,
  type Tx,
} from '../../platform/index.ts'
import { readRegionCodes } from '../../registry/index.ts'
import { awaitBalances, endAwaiting } from '../../savings/index.ts'
import { type FileName, fileNamed } from '../domain/dictionary.ts'
import { compareTotals, type Totals } from '../domain/totals.ts'
import type { Folder, FolderFile } from '../folder.ts'
import { compareStaged, redrawTaken } from '../store/compare.ts'
import { abandonChecking, beginImport, findImport, type ImportRow, setState, unfinishedImport } from '../store/imports.ts'
import { countFaults, countRows, createStaging, dropStaging, type Fault, indexStaging, readFaults, sumOf } from '../store/staging.ts'
import { type Mark, mostFaults, type Staging, stageBlock } from './stage-file.ts'
import { type Taken, takeChunk, takes } from './take-staged.ts'

export type ImportOptions = {
  readonly actor: Actor
  readonly progress?: Progress
  /** Bytes of a file that are staged in one step, and rows that are written in one. */
  readonly block?: number
  readonly chunk?: number
}
export type Imported = {
  readonly importId: bigint /** This content was taken over before. */
  readonly already: boolean
  readonly counts: Readonly<Record<string, string>>
}
/** Rows that were wrong; nothing was taken. */
export type BadRows = { readonly faults: readonly Fault[]; readonly count: number }

type Work = {
  readonly platform: Platform
  readonly law: Law
  readonly caller: Caller
  readonly options: ImportOptions
  readonly row: ImportRow
}

const workOf = (digest: Buffer): string => `import:${digest.toString('hex').slice(0, 24)}`
const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })

/** A step that is done once for this folder; what it gave is remembered. */
async function once<Value>({ platform, options, row }: Work, key: string, run: (tx: Tx) => Promise<Value>): Promise<Value> {
  const [value] = await runSteps(platform, options.actor, workOf(row.digest), '', [{ key, run }], silent)
  return value as Value
}

const say = ({ options }: Work, label: string, done: number, total: number): void => options.progress?.step(label, done, total)

/** Where this folder stands; a new one begins, and what another one staged without being taken is let go. */
async function begin(tx: Tx, { digest, path }: Folder): Promise<Result<ImportRow>> {
  const known = await findImport(tx, digest)
  if (known && known.state !== 'refused' && known.state !== 'checking') return ok(known)
  const other = await unfinishedImport(tx)
  if (other)
    return no(
      'import-unfinished',
      'One folder is taken over to its end before another begins.',
      { folder: other.folder },
      'Run: payung import --continue',
    )
  for (const abandoned of await abandonChecking(tx, digest)) await forgetSteps(tx, workOf(abandoned))
  if (known?.state === 'checking') return ok(known)
  const row = await beginImport(tx, digest, path)
  if (!row) throw new Error('an import could not begin')
  await forgetSteps(tx, workOf(digest))
  return ok(row)
}

async function stageFile(work: Work, staging: Staging, file: FolderFile, total: number): Promise<void> {
  const { name, head } = file
  let mark: Mark = { next: head.next, line: head.line, place: 0 }
  while (mark.next < head.size) {
    const from = mark
    mark = await once(work, `stage ${name} ${from.next}`, (tx) => stageBlock(tx, staging, file, from, work.options.block ?? 1 << 25))
    say(work, `Reading ${name}.csv`, mark.place, total)
  }
}

async function countedTotals(tx: Tx, names: readonly FileName[]): Promise<Totals> {
  const counted = new Map<string, bigint>()
  for (const name of names) {
    counted.set(`${name}.rows`, BigInt(await countRows(tx, name)))
    for (const column of fileNamed(name).sums) counted.set(`${name}.${column}`, await sumOf(tx, name, column))
  }
  return counted
}

async function stage(work: Work, folder: Folder): Promise<void> {
  const { platform, law, caller, row } = work
  await once(work, 'make staging', createStaging)
  const [regions, districts] = await readAs(
    platform,
    caller,
    async (tx) => [await readRegionCodes(tx), await readRegionCodes(tx, 'district')] as const,
  )
  const today = dayInZone(row.begun, law.pack.timeZone)
  const furthestPaid = addMonths(monthOf(today), monthsAhead(law, today))
  const staging = { platform, caller, pack: law.pack, today, furthestPaid, regions, districts }
  for (const file of folder.files) await stageFile(work, staging, file, Number(folder.totals.get(`${file.name}.rows`) ?? 0n))
  work.options.progress?.note('Comparing rows …')
  await once(work, 'index', indexStaging)
  const payerKinds = law.pack.facts.find(({ code }) => code === 'payer')?.choices ?? law.pack.payerKinds.map(({ code }) => code)
  await once(work, 'compare', async (tx) => {
    await redrawTaken(tx, platform.encryption)
    await compareStaged(tx, payerKinds)
  })
}

/** Lets go of what was staged, and notes that nothing was taken. */
async function giveUp(
  tx: Tx,
  { importId, digest }: { importId: bigint; digest: Buffer },
  counts: Readonly<Record<string, string>>,
): Promise<void> {
  await setState(tx, importId, 'refused', counts)
  await dropStaging(tx)
  await forgetSteps(tx, workOf(digest))
}

/** Bad rows first, then the totals; when both are right the import may write. */
async function judge(tx: Tx, law: Law, row: ImportRow, folder: Folder): Promise<Result<BadRows | null>> {
  const given = { importId: row.import_id, digest: row.digest }
  const count = await countFaults(tx)
  if (count > 0) {
    const faults = await readFaults(tx, mostFaults)
    await giveUp(tx, given, { faults: String(count) })
    return ok({ faults, count })
  }
  const names = folder.files.map(({ name }) => name)
  const differing = compareTotals(folder.totals, await countedTotals(tx, names))
  if (!differing) {
    const awaited = await awaitBalances(tx, row.import_id, tx.today(law.pack.timeZone))
    if (!awaited.ok) return awaited
    await setState(tx, row.import_id, 'taking')
    return ok(null)
  }
  return refuse(differing)
}

const add = (sums: Record<string, number>, taken: Taken): void => {
  for (const [what, many] of Object.entries(taken)) sums[what] = (sums[what] ?? 0) + many
}

async function takeAll(work: Work): Promise<Imported> {
  const { law, row, options } = work
  const taking = { law, importId: row.import_id, on: dayInZone(row.begun, law.pack.timeZone) }
  const counts: Record<string, number> = {}
  for (const each of takes) {
    const rows = await once(work, `count ${each.name}`, (tx) => countRows(tx, each.name))
    const chunk = each.whole ? Math.max(rows, 1) : (options.chunk ?? 100_000)
    for (let first = 1; first <= rows; first += chunk) {
      const places = [first, Math.min(rows, first + chunk - 1)] as const
      add(counts, await once(work, `take ${each.name} ${first}`, (tx) => takeChunk(tx, taking, each, places)))
      say(work, `Writing ${each.name}`, places[1], rows)
    }
  }
  const told = Object.fromEntries(Object.entries(counts).map(([what, many]) => [what, String(many)]))
  await once(work, 'end', async (tx) => {
    await setState(tx, row.import_id, 'done', told)
    await endAwaiting(tx, row.import_id)
    await dropStaging(tx)
    await tx.emit({ kind: 'folder-taken-over', room: 'takeover', subject: `import:${row.import_id}`, payload: told })
  })
  return { importId: row.import_id, already: false, counts: told }
}

/** Holds one lock for the whole work: two at once would stage into the same tables. It falls with the connection. */
async function alone<Value>({ database }: Platform, run: () => Promise<Result<Value>>): Promise<Result<Value>> {
  const client = await database.work.connect()
  let lost = true
  try {
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(hashtextextended('payung import', 0)) as got`)
    if (rows[0]?.got !== true) {
      lost = false
      return no('import-running', 'One import runs at a time.', {}, 'Wait until it has ended; start it again if it was cut short.')
    }
    const result = await run()
    await client.query(`select pg_advisory_unlock(hashtextextended('payung import', 0))`)
    lost = false
    return result
  } finally {
    // A connection that may still hold the lock is not given back.
    client.release(lost)
  }
}

/** Takes over what was checked already and was cut short while it was written. */
export const continueImport = (platform: Platform, law: Law, options: ImportOptions): Promise<Result<Imported>> => {
  const caller: Caller = { role: 'run', actor: options.actor }
  return alone(platform, async () => {
    const row = await readAs(platform, caller, unfinishedImport)
    return row
      ? ok(await takeAll({ platform, law, caller, options, row }))
      : no('nothing-unfinished', 'Only an import that was cut short goes on.', {}, 'Name a folder to take over.')
  })
}

export const importFolder = (platform: Platform, law: Law, folder: Folder, options: ImportOptions): Promise<Result<Imported | BadRows>> => {
  const caller: Caller = { role: 'run', actor: options.actor }
  return alone<Imported | BadRows>(platform, async () => {
    const begun = await inTransaction(platform, caller, { name: 'begin-import', input: folder }, begin)
    if (!begun.ok) return begun
    const row = begun.value
    const work: Work = { platform, law, caller, options, row }
    if (row.state === 'done') return ok({ importId: row.import_id, already: true, counts: row.counts })
    if (row.state === 'checking') {
      await stage(work, folder)
      const judged = await inTransaction(platform, caller, { name: 'judge-import', input: row }, (tx, given) =>
        judge(tx, law, given, folder),
      )
      if (!judged.ok) {
        await inTransaction(platform, caller, { name: 'refuse-import', input: row }, async (tx) =>
          ok(await giveUp(tx, { importId: row.import_id, digest: row.digest }, judged.refusal.data)),
        )
        return judged
      }
      if (judged.value) return ok(judged.value)
    }
    return ok(await takeAll(work))
  })
}
