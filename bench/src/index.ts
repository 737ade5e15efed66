// `npm run bench [month] [--n 1000000]`: every benchmark with its own baseline in the same run, as a table and as JSON.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchMonth, type MonthResult } from './month.ts'

const root = path.resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
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

const show = (result: MonthResult): string[] => [
  `month, ${result.rows} rows: ${result.month.toFixed(2)} s ÷ bare insert ${result.bare.toFixed(2)} s = ${result.ratio.toFixed(2)} (at most ${result.atMost.toFixed(1)}, goal ${result.goal.toFixed(1)}; medians of ${result.runs.length} alternating runs)`,
  `rows per second: ${Math.round(result.rows / result.month)}; bytes per member-month with its key: ${result.bytesPerRow.toFixed(1)} (goal 110); control's difference: ${result.difference}`,
  `${result.machine.processor}, ${result.machine.cores} cores, ${result.machine.memoryGiB} GiB, ${result.machine.system}, PostgreSQL ${result.machine.postgres}, Node ${result.machine.node}`,
]

const result = await benchMonth(members, values.pack ?? payung.pack, (line) => process.stderr.write(`${line}\n`))
const folder = path.join(root, 'bench', 'results')
fs.mkdirSync(folder, { recursive: true })
const file = path.join(folder, `month-${members}.json`)
fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${show(result).join('\n')}\n${path.relative(root, file)}\n`)
process.exitCode = result.ratio <= result.atMost && result.difference === '0' ? 0 : 1
