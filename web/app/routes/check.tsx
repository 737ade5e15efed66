// "Am I covered?" A number and a day in the address; states and dates in the answer, never a name, an employer or a payer.
import { isDay } from '@payung/values'
import { CheckForm } from '../components/check-form.tsx'
import { CoverAnswer, isAnswer } from '../components/cover-answer.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Problems } from '../components/problems.tsx'
import { ask, schemeOf } from '../context.ts'
import { privatePage } from '../headers.ts'
import { asked, languageOf } from '../languages.ts'
import { useTongue } from '../tongue.ts'
import type { Words } from '../words/index.ts'
import type { Route } from './+types/check'

export const headers = privatePage

const longest = 40

export async function loader({ request, context }: Route.LoaderArgs) {
  const url = new URL(request.url)
  const names = asked[languageOf(url.pathname) ?? 'id']
  const number = (url.searchParams.get(names.number) ?? '').trim().slice(0, longest)
  const on = (url.searchParams.get(names.on) ?? '').trim().slice(0, longest)
  const given = url.searchParams.has(names.number)
  const scheme = await schemeOf(context)
  const dayWrong = on !== '' && !isDay(on)
  // Without a digit or a letter there is nothing to ask, and an address made of dots would mean another place.
  const nothing = !/[\p{L}\p{N}]/u.test(number)
  const answer = nothing || dayWrong ? null : await ask(context, (api) => api.publicCover({ params: { number }, query: on ? { on } : {} }))
  // Who has no answer of his own is given numbers to try.
  const known = answer !== null && answer.answer !== 'mistyped number' && answer.answer !== 'unknown number'
  const examples = scheme.demonstration && !known ? (await ask(context, (api) => api.overview({}))).examples : []
  return { number, on, given, nothing, dayWrong, answer, scheme, examples }
}

type Loaded = Awaited<ReturnType<typeof loader>>

function wrongIn({ number, given, nothing, dayWrong, answer, scheme }: Loaded, { cover: { errors } }: Words) {
  const typed = number.replaceAll(/\D/g, '').length
  const mistyped = () => {
    if (answer?.wrong === 'letters') return errors.letters
    if (answer?.wrong === 'length') return errors.length(scheme.memberNumber.digits, typed)
    if (answer?.wrong === 'check-digit') return errors['check-digit']
    return errors.other
  }
  return {
    number: given && nothing ? (number ? errors.other : errors.empty) : answer?.answer === 'mistyped number' ? mistyped() : undefined,
    on: dayWrong ? errors.day : undefined,
  }
}

export default function Check({ loaderData }: Route.ComponentProps) {
  const { words } = useTongue()
  const { number, on, answer, scheme, examples } = loaderData
  const errors = wrongIn(loaderData, words)
  const wrong = errors.number !== undefined || errors.on !== undefined
  const shown = answer && isAnswer(answer) ? answer : undefined
  const title = shown ? words.cover.headline[shown.answer](null) : words.cover.title
  return (
    <div className="page narrow stack-large">
      <PageHead title={`${wrong ? words.cover.errorPrefix : ''}${title}`} description={words.cover.description} hidden />
      {shown ? <CoverAnswer cover={shown} scheme={scheme} /> : null}
      <section className={shown ? 'stack no-print' : 'stack'}>
        {wrong ? <Problems errors={errors} /> : null}
        {shown ? <h2 className="quieter">{words.cover.again}</h2> : <h1>{words.cover.ask}</h1>}
        <CheckForm
          digits={scheme.memberNumber.digits}
          number={shown ? '' : number}
          on={on}
          withDay
          errors={errors}
          second={shown !== undefined}
          examples={examples}
        />
      </section>
    </div>
  )
}
