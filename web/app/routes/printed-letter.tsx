// The address printed on a letter is the same in every language: it leads on to that of the reader.
import { redirect } from 'react-router'
import { addressFor, preferredLanguage } from '../languages.ts'
import type { Route } from './+types/printed-letter'

export function loader({ request, params }: Route.LoaderArgs) {
  const language = preferredLanguage(request.headers.get('accept-language'))
  return redirect(addressFor(language, 'letter', params.code), {
    headers: { vary: 'accept-language', 'cache-control': 'private, no-store' },
  })
}
