// Limits of cover as the pack words them: the sentence for each code that a cover answer may carry.
import type { Law, Words } from '@payung/law'
import type { Day } from '@payung/values'

const parameter = 'cover-limits'
const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string')

/** Every limit in force on a day; none where the pack words none. */
export function limitsOf(law: Law, day: Day): { code: string; sentence: Record<string, string> }[] {
  const value = law.on(day).entry(parameter)?.value
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([code, limit]: [string, unknown]) => {
    const sentence = typeof limit === 'object' && limit !== null && 'sentence' in limit ? limit.sentence : limit
    return isWords(sentence) ? [{ code, sentence: { ...sentence } }] : []
  })
}
