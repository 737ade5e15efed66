// An address that is only the beginning of others leads to the page that lists them.
import { redirect } from 'react-router'
import { languageOf, languages } from '../languages.ts'
import { addresses } from '../words/addresses.ts'
import type { Route } from './+types/folder'

export function loader({ request }: Route.LoaderArgs) {
  const { pathname } = new URL(request.url)
  const language = languageOf(pathname) ?? languages[0]
  const at = addresses[language]
  return redirect(`/${language}/${pathname.endsWith(`/${at.figure}`) ? at.data : at.coverage}`)
}
