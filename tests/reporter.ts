// Writes how many tests passed and failed where the command that runs all stages reads it. A skipped test counts as failed: none may be.
import fs from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.PAYUNG_REPORT
    if (!file) return
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      // A file that cannot even be loaded has no tests, but it has failed.
      if (module.state() === 'failed' && tests.every((test) => test.result().state !== 'failed')) failed++
      for (const test of tests) {
        if (test.result().state === 'passed') passed++
        else failed++
      }
    }
    fs.writeFileSync(file, JSON.stringify({ passed, failed }))
  }
}
