// The address printed on a certificate is the same in every language: it leads on to that of the reader.
import { redirect } from 'react-router'
import { addressFor, asked, preferredLanguage } from '../languages.ts'
import type { Route } from './+types/printed-certificate'

export function loader({ request, params }: Route.LoaderArgs) {
  const language = preferredLanguage(request.headers.get('accept-language'))
  const query = new URLSearchParams({ [asked[language].number]: params.number })
  return redirect(`${addressFor(language, 'certificate')}?${query}`, {
    headers: { vary: 'accept-language', 'cache-control': 'private, no-store' },
  })
}
