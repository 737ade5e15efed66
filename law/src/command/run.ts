#!/usr/bin/env node
// Runs `payung law` alone, without the system of record: node law/src/command/run.ts contribution …
import { lawCommand } from './index.ts'

process.exitCode = await lawCommand(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(`${text}\n`)
  },
  err: (text) => {
    process.stderr.write(`${text}\n`)
  },
})
