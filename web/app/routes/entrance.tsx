// The bare address leads to the language that the visitor's browser asks for.
import { redirect } from 'react-router'
import { preferredLanguage } from '../languages.ts'
import type { Route } from './+types/entrance'

export function loader({ request }: Route.LoaderArgs) {
  const language = preferredLanguage(request.headers.get('accept-language'))
  return redirect(`/${language}`, { headers: { vary: 'accept-language', 'cache-control': 'private, max-age=60' } })
}
