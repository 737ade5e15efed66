// What a membership is called once its cover has lapsed: ended, or inactive where savings were claimed before (Perdir 22/2022).
// A standing is an answer for a day, never a column.
import { type Law, textAt } from '@payung/law'
import type { Day } from '@payung/values'
import type { ProgrammeCover, Settlement } from './cover.ts'

export type Standing = 'ended' | 'inactive'

type Asked = {
  readonly segment: string
  readonly settlement: Settlement
  readonly programmes: readonly Pick<ProgrammeCover, 'reason'>[]
  readonly savingsClaimed: boolean
}

/** Null while the membership lives, for payers who owe, and where the pack names no end states. */
export function standingOf(law: Law, day: Day, { segment, settlement, programmes, savingsClaimed }: Asked): Standing | null {
  if (settlement !== 'offer' || programmes.length === 0 || programmes.some(({ reason }) => reason !== 'lapsed')) return null
  const entry = law.on(day).entry('lapse-end-states')
  if (!entry || !(segment in Object(entry.value))) return null
  return textAt(entry, segment, savingsClaimed ? 'after_savings_claim' : 'plain') as Standing
}
