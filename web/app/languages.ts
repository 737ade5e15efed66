// Language stands in the address: which one a request speaks, and where the same page is in the other.
import { addresses, asked, type Language, languages, type PageName } from './words/addresses.ts'

export { asked, type Language, languages, type PageName }

export const isLanguage = (text: string | undefined): text is Language => languages.some((language) => language === text)

export const otherLanguage = (language: Language): Language => (language === 'id' ? 'en' : 'id')

/** The best of our languages for an Accept-Language header: quality first, then the order of the header. */
export function preferredLanguage(header: string | null): Language {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = Number(
        parameters
          .find((parameter) => parameter.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { language: tag.split('-')[0], quality: Number.isNaN(quality) ? 0 : quality }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wishes.map(({ language }) => language).find(isLanguage) ?? 'id'
}

/** The language of an address, or undefined outside `/id` and `/en`. */
export function languageOf(pathname: string): Language | undefined {
  const first = pathname.split('/')[1]
  return isLanguage(first) ? first : undefined
}

/** The address of a page, for instance `/id/provinsi/71`. */
export function addressFor(language: Language, page: PageName | 'home', id?: string): string {
  if (page === 'home') return `/${language}`
  const address = `/${language}/${addresses[language][page]}`
  return id === undefined ? address : `${address}/${encodeURIComponent(id)}`
}

/** The same page in another language; what was asked comes along when `search` is given. An unknown page leads home. */
export function translated(pathname: string, language: Language, search = ''): string {
  const from = languageOf(pathname)
  const [, , address, ...rest] = pathname.split('/')
  if (!from || !address) return `/${language}`
  const names = Object.keys(addresses[from]) as PageName[]
  const page = names.find((name) => addresses[from][name] === address)
  if (!page) return `/${language}`
  const query = new URLSearchParams()
  for (const [name, value] of new URLSearchParams(search)) {
    if (name === asked[from].number) query.set(asked[language].number, value)
    if (name === asked[from].on) query.set(asked[language].on, value)
  }
  const path = ['', language, addresses[language][page], ...rest].join('/')
  return query.size > 0 ? `${path}?${query}` : path
}
