// `npm test`: every check of the house, in parallel where the machine allows, a summary of each, and the sum as the last line.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

type Stage = { readonly name: string; readonly steps: readonly (readonly string[])[]; readonly folder?: string; readonly report?: string }
type Ended = { readonly name: string; readonly passed: number; readonly failed: number; readonly seconds: number; readonly said: string }

const tool = (...parts: string[]): string => path.join(root, 'node_modules', ...parts)
const program = (name: string): string => tool('.bin', name)

/** Ends with the exit code of a program and everything that it said. Vitest's words go to the terminal as they come. */
function runStep(
  command: readonly string[],
  folder: string,
  aloud: boolean,
  environment: Record<string, string>,
): Promise<{ code: number; said: string }> {
  const [file = '', ...parameters] = command
  const child = spawn(file, parameters, { cwd: folder, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  const pieces: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      pieces.push(piece)
      if (aloud) process.stdout.write(piece)
    })
  }
  return new Promise((ended) => {
    child.once('error', (error) => ended({ code: 1, said: String(error) }))
    child.once('close', (code) => ended({ code: code ?? 1, said: Buffer.concat(pieces).toString() }))
  })
}

/** The counts of a stage: those of its report, or one for the stage itself. A stage that failed without a failed test counts as one failure. */
function countsOf(report: string | undefined, well: boolean): { passed: number; failed: number } {
  if (!report) return well ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  try {
    const counts = JSON.parse(fs.readFileSync(report, 'utf8')) as { passed: number; failed: number }
    return !well && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } catch {
    return { passed: 0, failed: 1 }
  }
}

async function runStage({ name, steps, folder = root, report }: Stage): Promise<Ended> {
  const began = Date.now()
  let well = true
  let said = ''
  for (const step of steps) {
    const ended = await runStep(
      step,
      folder,
      report !== undefined,
      report ? { PAYUNG_REPORT: report, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' } : {},
    )
    said += ended.said
    well = ended.code === 0
    if (!well) break
  }
  return { name, ...countsOf(report, well), seconds: (Date.now() - began) / 1000, said }
}

function stages(report: string, filters: readonly string[]): { checks: Stage[]; tests: Stage } {
  const web = path.join(root, 'web')
  const checks: Stage[] = [
    { name: 'types', steps: [[program('tsc'), '--noEmit']] },
    {
      name: 'types of the pages',
      folder: web,
      steps: [
        [program('react-router'), 'typegen'],
        [program('tsc'), '--noEmit', '-p', web],
      ],
    },
    { name: 'format and lint', steps: [[program('biome'), 'check', '--error-on-warnings']] },
    { name: 'lint with types', steps: [[program('oxlint'), '--type-aware', '--deny-warnings']] },
  ]
  const tests: Stage = { name: 'tests', steps: [[process.execPath, tool('vitest', 'vitest.mjs'), 'run', ...filters]], report }
  return { checks: filters.length > 0 ? [] : checks, tests }
}

/** Runs all stages (with filters: only the tests whose files match) and gives the exit code. */
export async function test(filters: readonly string[]): Promise<number> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'payung-test-'))
  const { checks, tests } = stages(path.join(folder, 'counts.json'), filters)
  const inTurn = async (): Promise<Ended[]> => {
    const ended: Ended[] = []
    for (const check of checks) ended.push(await runStage(check))
    return ended
  }
  const [checked, tested] = await Promise.all([inTurn(), runStage(tests)])
  fs.rmSync(folder, { recursive: true, force: true })
  const all = [...checked, tested]
  for (const { name, failed, said } of checked) if (failed > 0) process.stdout.write(`\n${name}:\n${said.trim()}\n`)
  process.stdout.write('\n')
  for (const { name, passed, failed, seconds } of all)
    process.stdout.write(
      `${failed > 0 ? 'FAILED' : 'passed'}  ${name.padEnd(20)} ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s\n`,
    )
  const sum = (count: (ended: Ended) => number): number => all.reduce((total, ended) => total + count(ended), 0)
  const failed = sum((ended) => ended.failed)
  process.stdout.write(`${sum((ended) => ended.passed)} passed, ${failed} failed\n`)
  return failed > 0 ? 1 : 0
}
