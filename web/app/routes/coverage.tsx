// Coverage: the map and table of provinces, and the nation by kind of worker, cover and group.
import { Bars } from '../components/bars.tsx'
import { Dots } from '../components/dots.tsx'
import { Empty } from '../components/empty.tsx'
import { FigureLink } from '../components/figure-link.tsx'
import { PageHead } from '../components/page-head.tsx'
import { ProvinceTable } from '../components/province-table.tsx'
import { RateLine } from '../components/rate-line.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { TileMap } from '../components/tile-map.tsx'
import { ask, schemeOf } from '../context.ts'
import { publicPage } from '../headers.ts'
import { publishedFigures } from '../published.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/coverage'

export const headers = publicPage

export async function loader({ context }: Route.LoaderArgs) {
  const [scheme, overview, regions, published] = await Promise.all([
    schemeOf(context),
    ask(context, (api) => api.overview({})),
    ask(context, (api) => api.regions({})),
    publishedFigures(context),
  ])
  return { scheme, overview, regions, published }
}

export default function Coverage({ loaderData: { scheme, overview, regions, published } }: Route.ComponentProps) {
  const { words, format, of } = useTongue()
  const { rate, synthetic, asOf } = overview
  const labels = (known: { code: string; labels: Record<string, string> }[], code: string) =>
    of(known.find((each) => each.code === code)?.labels ?? { id: code })
  const parts = [
    {
      id: 'members-by-segment',
      title: words.coverage.segments,
      bars: overview.segments.map(({ segment, members }) => ({ code: segment, label: labels(scheme.segments, segment), count: members })),
    },
    {
      id: 'members-by-programme',
      title: words.coverage.programmes,
      bars: overview.programmes.map(({ programme, members }) => ({
        code: programme,
        label: labels(scheme.programmes, programme),
        count: members,
      })),
    },
    {
      id: 'groups',
      title: words.coverage.groups,
      bars: overview.groups.map(({ group, members }) => ({ code: group, label: labels(scheme.groups, group), count: members })),
    },
  ].filter(({ bars }) => bars.length > 0)
  return (
    <div className="stack-large">
      <PageHead title={words.coverage.title} description={words.coverage.description} />
      <section className="page stack">
        {rate.perHundred === null ? (
          <>
            <h1>{words.coverage.title}</h1>
            <Empty what={words.noData} next={words.noDataNext} />
          </>
        ) : (
          <>
            <h1>{words.coverage.headline(format.hundred(rate.perHundred))}</h1>
            <Synthetic when={synthetic} />
            <div className="measured">
              <Dots perHundred={rate.perHundred} />
            </div>
            <RateLine rate={rate} />
            <FigureLink published={published} id="active-members" />
          </>
        )}
      </section>

      {regions.length > 0 ? (
        <section className="page stack">
          <h2>{words.coverage.provinces}</h2>
          <p>{words.map.each}</p>
          <TileMap regions={regions} />
          <ProvinceTable regions={regions} long />
          <FigureLink published={published} id="coverage-by-province" />
        </section>
      ) : null}

      {parts.map(({ id, title, bars }) => (
        <section key={id} className="page stack">
          <h2>{title}</h2>
          <p className="small quiet">{words.coverage.caption(format.day(asOf))}</p>
          <Bars bars={bars} />
          <FigureLink published={published} id={id} />
        </section>
      ))}
    </div>
  )
}
