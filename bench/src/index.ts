// `npm run bench [month | cover | corrections | payments | savings | import] [--n 1000000]`: every benchmark with its own baseline in the same run, as a table and as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchCorrections, type CorrectionsResult } from './corrections.ts'
import { benchCover, type CoverResult } from './cover.ts'
import { benchImport, type ImportResult } from './import.ts'
import type { Machine } from './machine.ts'
import { benchMonth, type MonthResult } from './month.ts'
import { benchPayments, type PaymentsResult } from './payments.ts'
import { benchSavings, type SavingsResult } from './savings.ts'

const root = path.resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  options: { n: { type: 'string' }, json: { type: 'boolean', default: false }, pack: { type: 'string' } },
  allowPositionals: true,
})

/** What a benchmark tells: its figures, how they read, and whether they are good enough. */
type Told = { readonly result: object; readonly lines: readonly string[]; readonly good: boolean }
type Say = (line: string) => void

const machineLine = ({ processor, cores, memoryGiB, system, postgres, node }: Machine): string =>
  `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, PostgreSQL ${postgres}, Node ${node}`

async function month(n: number, pack: string, say: Say): Promise<Told> {
  const result: MonthResult = await benchMonth(n, pack, say)
  const lines = [
    `month, ${result.rows} rows: ${result.month.toFixed(2)} s ÷ bare insert ${result.bare.toFixed(2)} s = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}, goal ${result.goal.toFixed(1)}; medians of ${result.runs.length} alternating runs)`,
    `rows per second: ${Math.round(result.rows / result.month)}; bytes per member-month with its key: ${result.bytesPerRow.toFixed(1)} (goal 110); control's difference: ${result.difference}`,
    machineLine(result.machine),
  ]
  return { result, lines, good: result.ratio <= result.atMost && result.difference === '0' }
}

async function corrections(n: number, pack: string, say: Say): Promise<Told> {
  const result: CorrectionsResult = await benchCorrections(n, pack, say)
  const line = (act: string, { changed, corrections: anew, month: whole, ratio, runs }: CorrectionsResult['published']): string =>
    `${act}, ${changed} of ${result.members} changed: ${anew.toFixed(2)} s ÷ the month ${whole.toFixed(2)} s = ${ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}; medians of ${runs.length} turns)`
  const lines = [
    line(`corrections by ${result.act}`, result.published),
    line('corrections by an invented act', result.invented),
    `control's difference: ${result.difference}`,
    machineLine(result.machine),
  ]
  return { result, lines, good: Math.max(result.published.ratio, result.invented.ratio) <= result.atMost && result.difference === '0' }
}

async function cover(n: number, pack: string, say: Say): Promise<Told> {
  const result: CoverResult = await benchCover(n, pack, say)
  const speed = ({ perSecond, p50, p99 }: CoverResult['cover']): string =>
    `${Math.round(perSecond)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
  const lines = [
    `cover of ${result.members} members over HTTP, ${result.clients} clients: ${speed(result.cover)}`,
    `bare key read and grouped insert, ${result.clients} clients: ${speed(result.bare)}`,
    `p99 ÷ p99 = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}; medians of ${result.runs.length} alternating runs of ${result.perTurn}); ${result.looks} lines in the access trail`,
    machineLine(result.machine),
  ]
  return { result, lines, good: result.ratio <= result.atMost && result.looks === String(result.perTurn * (result.runs.length + 1) * 2) }
}

async function payments(n: number, pack: string, say: Say): Promise<Told> {
  const result: PaymentsResult = await benchPayments(n, pack, say)
  const speed = ({ perSecond, p50, p99 }: PaymentsResult['payments']): string =>
    `${Math.round(perSecond)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
  const lines = [
    `payments of bills by ${result.payers} payers, ${result.clients} clients: ${speed(result.payments)}`,
    `payments of members who pay for themselves: ${speed(result.selfPayers)}; ratio ${result.selfRatio.toFixed(2)}`,
    `TPC-B-like, ${result.clients} clients: ${speed(result.yardstick)}`,
    `ratio ${result.ratio.toFixed(2)} (at least ${result.atLeast.toFixed(1)}, goal ${result.goal.toFixed(1)}; medians of ${result.runs.length} alternating runs of ${result.perTurn}); ${result.perTransaction.toFixed(1)} payments to a transaction; difference of bills, transfers and bank: ${result.difference}`,
    machineLine(result.machine),
  ]
  return { result, lines, good: result.ratio >= result.atLeast && result.difference === '0' }
}

async function importing(n: number, pack: string, say: Say): Promise<Told> {
  const result: ImportResult = await benchImport(n, pack, say)
  const perSecond = (time: number): string => `${Math.round(result.rows / time)} rows a second`
  const lines = [
    `import, ${result.persons} persons, ${result.rows} rows: ${perSecond(result.import)} (${result.import.toFixed(2)} s)`,
    `bare COPY of the same files: ${perSecond(result.bare)} (${result.bare.toFixed(2)} s)`,
    `ratio ${result.ratio.toFixed(3)} (at least ${result.atLeast}, goal ${result.goal}; medians of ${result.runs.length} alternating runs); control's difference: ${result.difference}`,
    machineLine(result.machine),
  ]
  return { result, lines, good: result.ratio >= result.atLeast && result.difference === '0' }
}

async function savings(n: number, pack: string, say: Say): Promise<Told> {
  const result: SavingsResult = await benchSavings(n, pack, say)
  const lines = [
    `statements of ${result.accounts} accounts: ${result.statements.toFixed(2)} s ÷ bare insert ${result.bare.toFixed(2)} s = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}; medians of ${result.runs.length} alternating runs); ${result.digits} digits a balance`,
    `gathering ${result.entries} contributions: ${result.gather.toFixed(2)} s ÷ bare sum by person ${result.bareSum.toFixed(2)} s = ${result.gatherRatio.toFixed(2)}; the whole close ${result.close.toFixed(2)} s`,
    `crediting a month to all of them: ${result.creditRows} row, ${(result.credit * 1000).toFixed(1)} ms; one account of 30 years on a day: median ${result.account.median.toFixed(1)} ms, p99 ${result.account.p99.toFixed(1)} ms`,
    machineLine(result.machine),
  ]
  return { result, lines, good: result.ratio <= result.atMost }
}

const benchmarks = {
  month: { bench: month, n: 1_000_000, what: 'members' },
  cover: { bench: cover, n: 1_000_000, what: 'members' },
  corrections: { bench: corrections, n: 1_000_000, what: 'members' },
  import: { bench: importing, n: 1_000_000, what: 'persons' },
  payments: { bench: payments, n: 1_000_000, what: 'payers' },
  savings: { bench: savings, n: 1_000_000, what: 'accounts' },
} as const
const name = (positionals[0] ?? 'month') as keyof typeof benchmarks
const chosen = benchmarks[name]
const n = Number(values.n ?? chosen?.n)
if (!chosen || !Number.isInteger(n) || n < 1000) {
  process.stderr.write(
    `Name one of ${Object.keys(benchmarks).join(', ')}; --n is a whole number of ${chosen?.what ?? 'rows'}, 1000 or more.\n`,
  )
  process.exit(2)
}
const { payung } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { payung: { pack: string } }
const { result, lines, good } = await chosen.bench(n, values.pack ?? payung.pack, (line) => process.stderr.write(`${line}\n`))
const folder = path.join(root, 'bench', 'results')
fs.mkdirSync(folder, { recursive: true })
const file = path.join(folder, `${name}-${n}.json`)
fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n${path.relative(root, file)}\n`)
process.exitCode = good ? 0 : 1
