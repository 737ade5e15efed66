// One letter, opened by the code that is printed on it; a code that is wrong or has ended gets a plain answer and nothing else.
import { data } from 'react-router'
import { Letter } from '../components/letter.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { ask, schemeOf } from '../context.ts'
import { privatePage } from '../headers.ts'
import { languageOf } from '../languages.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/letter'

export const headers = privatePage

const longest = 60

export async function loader({ request, params, context }: Route.LoaderArgs) {
  const lang = languageOf(new URL(request.url).pathname) ?? 'id'
  const { demonstration } = await schemeOf(context)
  // A code has letters and digits; an address made of dots would mean another place.
  const askable = /^[\p{L}\p{N} -]+$/u.test(params.code) && params.code.length <= longest
  const found = askable ? await ask(context, (api) => api.letterByCode({ params: { code: params.code }, query: { lang } })) : null
  const letter = found?.letter ?? null
  const pdf = `/v1/public/letters/${encodeURIComponent(params.code)}/pdf?lang=${lang}`
  return data({ letter, pdf, demonstration }, { status: letter ? 200 : 404 })
}

export default function LetterPage({ loaderData: { letter, pdf, demonstration } }: Route.ComponentProps) {
  const { words } = useTongue()
  const { none, description } = words.letter
  return (
    <div className="page narrow stack">
      <PageHead title={letter ? letter.title : none.title} description={description} hidden />
      {demonstration ? <Synthetic when /> : null}
      {letter ? (
        <Letter letter={letter} pdf={pdf} />
      ) : (
        <section className="stack">
          <h1>{none.title}</h1>
          <p className="lead">{none.lead}</p>
          <p>{none.next}</p>
        </section>
      )}
    </div>
  )
}
