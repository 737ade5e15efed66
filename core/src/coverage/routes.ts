// The public routes: each opens a transaction as the role `public`, which may read roll-ups and the one cover function, and nothing else.
import type { Law } from '@payung/law'
import { type Day, isDay, ok, refuse } from '@payung/values'
import { publicCover } from '../contributions/index.ts'
import { type Handlers, readAs } from '../platform/index.ts'
import { figureCsv, listFigures, readFigure } from './use-cases/read-figures.ts'
import { readOverview } from './use-cases/read-overview.ts'
import { readRegion, readRegions } from './use-cases/read-regions.ts'
import { readScheme } from './use-cases/read-scheme.ts'

function dayOf(text: string | undefined, today: Day) {
  if (text === undefined) return ok(today)
  return isDay(text)
    ? ok(text)
    : refuse({
        code: 'wrong-day',
        rule: 'A day is written YYYY-MM-DD.',
        data: { on: text.slice(0, 20) },
        next: 'Write for instance 2026-10-31.',
      })
}

export const handlersFor = (law: Law): Handlers => ({
  scheme: (_, { platform, public: caller }) => readAs(platform, caller, (tx) => readScheme(tx, law)),
  overview: (_, { platform, public: caller }) => readAs(platform, caller, (tx) => readOverview(tx, law)),
  regions: (_, { platform, public: caller }) => readAs(platform, caller, (tx) => readRegions(tx, law)),
  region: ({ params }, { platform, public: caller }) => readAs(platform, caller, (tx) => readRegion(tx, law, params.code)),
  figures: (_, { platform, public: caller }) => readAs(platform, caller, (tx) => listFigures(tx, law)),
  figure: ({ params, query }, { platform, public: caller }) => readAs(platform, caller, (tx) => readFigure(tx, law, params.id, query.lang)),
  figureCsv: ({ params, query }, { platform, public: caller }) =>
    readAs(platform, caller, (tx) => figureCsv(tx, law, params.id, query.lang)),
  publicCover: ({ params, query }, { platform, public: caller }) =>
    readAs(platform, caller, async (tx) => {
      const on = dayOf(query.on, tx.today(law.pack.timeZone))
      return on.ok ? ok(await publicCover(tx, law, params.number, on.value)) : on
    }),
})
