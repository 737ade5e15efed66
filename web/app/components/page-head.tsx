// What a page tells browsers and search engines: title, description, and its address in each language.
import { useLocation, useRouteLoaderData } from 'react-router'
import { languages, translated } from '../languages.ts'
import type { loader } from '../root.tsx'
import { useTongue } from '../tongue.ts'

export function PageHead({ title, description, hidden = false }: { title: string; description: string; hidden?: boolean }) {
  const { language, words } = useTongue()
  const { pathname } = useLocation()
  const origin = useRouteLoaderData<typeof loader>('root')?.origin ?? ''
  const full = title.startsWith(words.name) ? title : `${title} · ${words.name}`
  return (
    <>
      <title>{full}</title>
      <meta name="description" content={description} />
      {hidden ? <meta name="robots" content="noindex" /> : null}
      <link rel="canonical" href={origin + translated(pathname, language)} />
      {languages.map((each) => (
        <link key={each} rel="alternate" hrefLang={each} href={origin + translated(pathname, each)} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={`${origin}/`} />
    </>
  )
}
