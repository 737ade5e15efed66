// Which employers' word about their arrears contradicts the books, where a relief asks that months are settled (PP 7/2025 art 6; PP 49/2020).
// Up to which month, and by which fact, is data of the pack (`arrears-of-reliefs`). Nothing is changed: the office changes the fact.
import { type Entry, type Law, textAt, textsAt } from '@payung/law'
import { type Day, firstDay, type Month, monthFromNumber, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type Contradiction, readContradictions } from '../store/relief-facts.ts'

export type ReliefFacts = {
  readonly month: Month
  readonly on: Day
  readonly fact: string
  readonly through: Month
  readonly source: Pick<Entry, 'act' | 'article' | 'link' | 'status'>
  readonly contradictions: readonly (Omit<Contradiction, 'since'> & { readonly since: Month | null })[]
}

export async function compareReliefFacts(tx: Tx, law: Law, month: Month, on: Day): Promise<Result<ReliefFacts>> {
  const entry = law.asPublishedBy(on).on(firstDay(month)).entryForMonth('arrears-of-reliefs', month)
  if (!entry)
    return refuse({
      code: 'no-source',
      rule: 'No source says up to which month contributions must be settled for a relief of this month.',
      data: { parameter: 'arrears-of-reliefs', month },
      next: 'Add a dated entry with its source to the pack.',
    })
  const [fact, through] = [textAt(entry, 'fact'), textAt(entry, 'through') as Month]
  const rows = await readContradictions(tx, { month, segments: textsAt(entry, 'segments'), fact, through, on })
  const contradictions = rows.map((row) => ({ ...row, since: row.since === null ? null : monthFromNumber(row.since) }))
  const { act, article, link, status } = entry
  return ok({ month, on, fact, through, source: { act, article, link, status }, contradictions })
}
