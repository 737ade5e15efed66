// The index of all published figures, and the way for computer programs.
import { Empty } from '../components/empty.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { ask, schemeOf } from '../context.ts'
import { publicPage } from '../headers.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/data'

export const headers = publicPage

export async function loader({ context }: Route.LoaderArgs) {
  const [scheme, figures] = await Promise.all([schemeOf(context), ask(context, (api) => api.figures({}))])
  return { synthetic: scheme.demonstration, figures }
}

export default function Data({ loaderData: { synthetic, figures } }: Route.ComponentProps) {
  const { words, format, address, of } = useTongue()
  return (
    <div className="page narrow stack-large">
      <PageHead title={words.data.title} description={words.data.description} />
      <section className="stack">
        <h1>{words.data.headline}</h1>
        <p className="lead quiet">{words.data.lead}</p>
        <Synthetic when={synthetic} />
        {figures.length === 0 ? (
          <Empty what={words.data.none} next={words.noDataNext} />
        ) : (
          <table>
            <caption>{words.data.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{words.data.figure}</th>
                <th scope="col" className="amount">
                  {words.data.asOf}
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.map(({ id, title, asOf }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={address('figure', id)}>{of(title)}</a>
                  </th>
                  <td className="amount">{format.day(asOf)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section className="stack">
        <h2>{words.data.openApi}</h2>
        <p>{words.data.openApiLead}</p>
        <a className="more" href="/openapi.json">
          {words.data.openApiLink}
        </a>
      </section>
    </div>
  )
}
