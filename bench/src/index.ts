// `npm run bench [month|savings] [--n 1000000]`: every benchmark with its own baseline in the same run, as a table and as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchMonth, type MonthResult } from './month.ts'
import { benchSavings, type SavingsResult } from './savings.ts'

const root = path.resolve(import.meta.dirname, '../..')
const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  options: { n: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false }, pack: { type: 'string' } },
  allowPositionals: true,
})
const members = Number(values.n)
if (!Number.isInteger(members) || members < 1000) {
  process.stderr.write('--n is a whole number of members, 1000 or more.\n')
  process.exit(2)
}
const { payung } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { payung: { pack: string } }
const pack = values.pack ?? payung.pack
const say = (line: string): void => void process.stderr.write(`${line}\n`)

const machineLine = ({ machine }: MonthResult | SavingsResult): string =>
  `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, PostgreSQL ${machine.postgres}, Node ${machine.node}`

const showMonth = (result: MonthResult): string[] => [
  `month, ${result.rows} rows: ${result.month.toFixed(2)} s ÷ bare insert ${result.bare.toFixed(2)} s = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}, goal ${result.goal.toFixed(1)}; medians of ${result.runs.length} alternating runs)`,
  `rows per second: ${Math.round(result.rows / result.month)}; bytes per member-month with its key: ${result.bytesPerRow.toFixed(1)} (goal 110); control's difference: ${result.difference}`,
  machineLine(result),
]
const showSavings = (result: SavingsResult): string[] => [
  `statements of ${result.accounts} accounts: ${result.statements.toFixed(2)} s ÷ bare insert ${result.bare.toFixed(2)} s = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}; medians of ${result.runs.length} alternating runs); ${result.digits} digits a balance`,
  `gathering ${result.entries} contributions: ${result.gather.toFixed(2)} s ÷ bare sum by person ${result.bareSum.toFixed(2)} s = ${result.gatherRatio.toFixed(2)}; the whole close ${result.close.toFixed(2)} s`,
  `crediting a month to all of them: ${result.creditRows} row, ${(result.credit * 1000).toFixed(1)} ms; one account of 30 years on a day: median ${result.account.median.toFixed(1)} ms, p99 ${result.account.p99.toFixed(1)} ms`,
  machineLine(result),
]

const benchmarks = {
  month: async () => {
    const result = await benchMonth(members, pack, say)
    return { result, lines: showMonth(result), good: result.ratio <= result.atMost && result.difference === '0' }
  },
  savings: async () => {
    const result = await benchSavings(members, pack, say)
    return { result, lines: showSavings(result), good: result.ratio <= result.atMost }
  },
} as const

const name = positionals[0] ?? 'month'
if (name !== 'month' && name !== 'savings') {
  process.stderr.write(`There is no benchmark "${name}": month or savings.\n`)
  process.exit(2)
}
const { result, lines, good } = await benchmarks[name]()
const folder = path.join(root, 'bench', 'results')
fs.mkdirSync(folder, { recursive: true })
const file = path.join(folder, `${name}-${members}.json`)
fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n${path.relative(root, file)}\n`)
process.exitCode = good ? 0 : 1
