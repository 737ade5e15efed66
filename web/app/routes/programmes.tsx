// The programmes in plain words, and who joins them.
import { PageHead } from '../components/page-head.tsx'
import { Pictogram } from '../components/pictogram.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { ask, schemeOf } from '../context.ts'
import { publicPage } from '../headers.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/programmes'

export const headers = publicPage

export async function loader({ context }: Route.LoaderArgs) {
  const [scheme, overview] = await Promise.all([schemeOf(context), ask(context, (api) => api.overview({}))])
  return { scheme, overview }
}

export default function Programmes({ loaderData: { scheme, overview } }: Route.ComponentProps) {
  const { words, format, of } = useTongue()
  const stated = `${words.source}: ${of(overview.rate.source.text)} · ${format.day(overview.asOf)}`
  return (
    <div className="stack-large">
      <PageHead title={words.programmes.title} description={words.programmes.description} />
      <section className="page stack">
        <h1>{words.programmes.headline}</h1>
        <p className="lead quiet">{words.programmes.lead}</p>
        <Synthetic when={overview.synthetic && overview.counted} />
        <ul className="kinds plain">
          {scheme.programmes.map(({ code, labels, official, sentence, pictogram, savings }) => {
            const members = overview.programmes.find(({ programme }) => programme === code)?.members
            return (
              <li key={code} className="card">
                <Pictogram name={pictogram} size={36} />
                <div className="stack">
                  <h2 className="quieter">{of(labels)}</h2>
                  <p>{of(sentence)}</p>
                  {official ? <p className="small quiet">{words.programmes.official(of(official))}</p> : null}
                  {savings ? <p className="quiet">{words.programmes.savings}</p> : null}
                  {members ? (
                    <p>
                      <strong>{words.programmes.members(format.count(members))}</strong>
                    </p>
                  ) : null}
                </div>
              </li>
            )
          })}
        </ul>
        {overview.counted ? <p className="small quiet">{stated}</p> : null}
      </section>

      <section className="page stack">
        <h2>{words.programmes.who}</h2>
        <p>{words.programmes.whoLead}</p>
        <ul className="kinds plain">
          {scheme.segments.map(({ code, labels, official, sentence, pictogram }) => {
            const members = overview.segments.find(({ segment }) => segment === code)?.members
            return (
              <li key={code}>
                <Pictogram name={pictogram} size={32} />
                <div>
                  <h3 className="kind">{of(labels)}</h3>
                  <p>{of(sentence)}</p>
                  {official ? <p className="small quiet">{words.programmes.official(of(official))}</p> : null}
                  {members ? <p className="quiet">{words.programmes.members(format.count(members))}</p> : null}
                </div>
              </li>
            )
          })}
        </ul>
      </section>
    </div>
  )
}
