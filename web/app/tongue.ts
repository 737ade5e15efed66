// What a component needs to speak: the language of the page, its words, its manner of writing figures, and its addresses.
import { useLocation, useRouteLoaderData } from 'react-router'
import { type Format, formatFor } from './format.ts'
import { addressFor, type Language, languageOf, type PageName } from './languages.ts'
import type { loader } from './root.tsx'
import { type Words, wordsIn } from './words/index.ts'

export type Tongue = {
  language: Language
  words: Words
  format: Format
  address: (page: PageName | 'home', id?: string) => string
  /** A text that the API gives in several languages; the first one it has when ours is missing. */
  of: (texts: Record<string, string>) => string
}

export function useTongue(): Tongue {
  const { pathname } = useLocation()
  const shared = useRouteLoaderData<typeof loader>('root')
  const language = languageOf(pathname) ?? shared?.language ?? 'id'
  return {
    language,
    words: wordsIn(language),
    format: formatFor(language, shared?.scheme?.currency),
    address: (page, id) => addressFor(language, page, id),
    of: (texts) => texts[language] ?? Object.values(texts)[0] ?? '',
  }
}
