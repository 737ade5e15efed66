// The front door of coverage: population, roll-ups of cover and contributions, and the public figures made from them.
import type { Law } from '@payung/law'
import { type Daily, inTransaction, type Room, systemActor } from '../platform/index.ts'
import { commandsFor } from './commands.ts'
import { handlersFor } from './routes.ts'
import { countCover } from './use-cases/count-cover.ts'
import { countMonths } from './use-cases/count-months.ts'

export { sponsored } from './domain/snapshot.ts'
export type { Nation } from './read-store.ts'
export { type CoverCount, countCover } from './use-cases/count-cover.ts'
export { countMonths } from './use-cases/count-months.ts'
export { type EligibleRule, installPopulation } from './use-cases/install-population.ts'
export { keepNation } from './use-cases/keep-nation.ts'
export { figureCsv, listFigures, readFigure } from './use-cases/read-figures.ts'
export { readOverview } from './use-cases/read-overview.ts'
export { readRegion, readRegions } from './use-cases/read-regions.ts'
export { readScheme } from './use-cases/read-scheme.ts'
export { rebuildCoverage } from './use-cases/rebuild-coverage.ts'

const caller = { role: 'run', actor: systemActor } as const

/** Every day, after the work of the rooms below: cover of the day, and the months that changed. */
const countDaily = (law: Law): Daily => ({
  name: 'count-coverage',
  due: () => true,
  run: async (platform, today) => {
    await inTransaction(platform, caller, { name: 'count-cover', input: today }, (tx, day) => countCover(tx, law.pack, day))
    await inTransaction(platform, caller, { name: 'count-months', input: today }, (tx, day) => countMonths(tx, day))
  },
})

export const roomWith = (law: Law): Room => ({
  name: 'coverage',
  commands: commandsFor(law),
  handlers: handlersFor(law),
  dailies: [countDaily(law)],
})
