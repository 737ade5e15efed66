// Writes the pack's cover rule as dated rows: one set for each day on which a parameter behind it changed.
import type { Law } from '@payung/law'
import type { Tx } from '../../platform/index.ts'
import { addCoverRules } from '../store/cover.ts'

const behindCover = ['grace-months', 'cover-beyond-grace', 'death-grant-waiting-months', 'cover-of-contracts']

/** Doing it twice does it once; a new act adds rows from its day on. */
export async function installCoverRules(tx: Tx, law: Law): Promise<void> {
  const days = [
    ...new Set([law.pack.start, ...law.pack.entries.filter(({ parameter }) => behindCover.includes(parameter)).map(({ from }) => from)]),
  ].sort()
  for (const day of days) if (day >= law.pack.start) await addCoverRules(tx, day, law.pack.rules.coverRules(law.on(day)))
}
