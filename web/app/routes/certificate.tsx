// "Is this certificate genuine and in force?" A number in the address; project, days and first payment in the answer, never a worker or an amount.
import { CertificateAnswer, isCertificate } from '../components/certificate-answer.tsx'
import { CertificateForm } from '../components/certificate-form.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Problems } from '../components/problems.tsx'
import { ask, schemeOf } from '../context.ts'
import { privatePage } from '../headers.ts'
import { asked, languageOf } from '../languages.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/certificate'

export const headers = privatePage

const longest = 40

export async function loader({ request, context }: Route.LoaderArgs) {
  const url = new URL(request.url)
  const names = asked[languageOf(url.pathname) ?? 'id']
  const number = (url.searchParams.get(names.number) ?? '').trim().slice(0, longest)
  const given = url.searchParams.has(names.number)
  // Without a digit there is nothing to ask, and an address made of dots would mean another place.
  const askable = /\d/.test(number)
  const answer = askable ? await ask(context, (api) => api.publicCertificate({ params: { number } })) : null
  return { number, given, answer, scheme: await schemeOf(context) }
}

export default function Certificate({ loaderData: { number, given, answer, scheme } }: Route.ComponentProps) {
  const { words } = useTongue()
  const { errors: said, headline, title, description, ask: question, again, lead } = words.certificate
  const shown = answer && isCertificate(answer) ? answer : undefined
  const wrong = !given || shown ? undefined : number === '' ? said.empty : said.other
  return (
    <div className="page narrow stack-large">
      <PageHead
        title={`${wrong ? words.cover.errorPrefix : ''}${shown ? headline[shown.answer] : title}`}
        description={description}
        hidden
      />
      {shown ? <CertificateAnswer certificate={shown} scheme={scheme} /> : null}
      <section className={shown ? 'stack no-print' : 'stack'}>
        {wrong ? <Problems errors={{ number: wrong }} /> : null}
        {shown ? (
          <h2 className="quieter">{again}</h2>
        ) : (
          <>
            <h1>{question}</h1>
            <p className="lead">{lead}</p>
          </>
        )}
        <CertificateForm number={shown ? '' : number} error={wrong} second={shown !== undefined} />
      </section>
    </div>
  )
}
