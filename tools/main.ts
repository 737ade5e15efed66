// Where the bootstrap hands over: the server, the tests, the benchmarks, or the command line for everything else.
const [command = 'help', ...rest] = process.argv.slice(2)

if (command === 'serve') {
  const { serve } = await import('../core/src/channels/serve.ts')
  const { firstStart } = await import('@payung/simulators')
  await serve({ firstStart })
} else if (command === 'test') {
  const { test } = await import('./test.ts')
  process.exitCode = await test(rest)
} else if (command === 'bench') {
  await import('@payung/bench')
} else {
  const { runCommandLine } = await import('../core/src/channels/command-line.ts')
  const { commandsFor } = await import('@payung/simulators')
  process.exitCode = await runCommandLine(process.argv.slice(2), undefined, { commandsFor })
}
