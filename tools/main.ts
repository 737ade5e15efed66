// Where the bootstrap hands over: the server, the tests, the benchmarks, or the command line for everything else.
const [command = 'help', ...rest] = process.argv.slice(2)

/** What is no command of a room says itself what it is for, and asking does not start it. */
const help: Readonly<Record<string, string>> = {
  serve: `payung serve   (npm start)

Serves everything on http://localhost:3000 until Ctrl-C. The first start founds a nation of made-up people.
Settings are environment variables: PORT, HOST, DATABASE_URL, PAYUNG_HOME, PAYUNG_PACK, PAYUNG_KEY, PAYUNG_PROXIES; see README.md.
`,
  test: `payung test [files]   (npm test)

Runs every check, or the tests of the files that are named.
`,
  bench: `payung bench [name]   (npm run bench)

Measures a month of a million members, or what is named (payments), each against a baseline of its own; see bench/README.md.
`,
}

const asked = rest.includes('--help') || rest.includes('-h') ? help[command] : undefined
if (asked !== undefined) {
  process.stdout.write(asked)
} else if (command === 'serve') {
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
