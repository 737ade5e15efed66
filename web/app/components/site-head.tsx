// The head of every page: the mark, the menu, and the same page in the other language.
import { useLocation } from 'react-router'
import { otherLanguage, type PageName, translated } from '../languages.ts'
import { useTongue } from '../tongue.ts'
import { wordsIn } from '../words/index.ts'
import { Umbrella } from './umbrella.tsx'

const menu = ['coverage', 'programmes', 'contributions', 'data'] as const satisfies readonly PageName[]
/** Pages that stand under an entry of the menu. */
const within: Partial<Record<PageName, readonly PageName[]>> = { coverage: ['province'], data: ['figure'] }

export function SiteHead() {
  const { language, words, address } = useTongue()
  const { pathname, search } = useLocation()
  const other = otherLanguage(language)
  const current = (page: PageName): 'page' | 'true' | undefined => {
    if (pathname === address(page)) return 'page'
    return within[page]?.some((inner) => pathname.startsWith(`${address(inner)}/`)) ? 'true' : undefined
  }
  return (
    <header className="page top">
      <a className="brand" href={address('home')}>
        <Umbrella />
        {words.name}
      </a>
      <nav aria-label={words.mainMenu}>
        {menu.map((page) => (
          <a key={page} href={address(page)} aria-current={current(page)}>
            {words.menu[page]}
          </a>
        ))}
      </nav>
      <span className="lang">
        <a href={translated(pathname, other, search)} lang={other} hrefLang={other}>
          {wordsIn(other).switchTo}
        </a>
      </span>
    </header>
  )
}
