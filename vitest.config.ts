// All tests of the house: those beside the code, those of core/tests, and those of tests/. Each file may have its own database.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{values,law,api,core,simulators,bench,web,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'web/build/**', '**/.react-router/**'],
    pool: 'forks',
    // A test waits for its database as long as it works itself: two at once fill two cores.
    maxWorkers: 2,
    // Files of one worker share what they import, which is a quarter of the time. So a test leaves nothing changed behind: no module keeps state but
    // caches of what never changes, and what is patched or set is put back.
    isolate: false,
    globalSetup: ['tests/cluster.ts'],
    // What is slow is not wrong: a limit only ends what hangs.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: process.env.PAYUNG_REPORT ? ['default', 'tests/reporter.ts'] : ['default'],
  },
})
