// One province: how many of its workers are covered, who they are, and in which districts.
import { Bars } from '../components/bars.tsx'
import { DistrictTable } from '../components/district-table.tsx'
import { FigureLink } from '../components/figure-link.tsx'
import { PageHead } from '../components/page-head.tsx'
import { RateLine } from '../components/rate-line.tsx'
import { SegmentTable } from '../components/segment-table.tsx'
import { StatesTable } from '../components/states-table.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { TileMap } from '../components/tile-map.tsx'
import { ask, schemeOf } from '../context.ts'
import { publicPage } from '../headers.ts'
import { publishedFigures } from '../published.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/province'

export const headers = publicPage

export async function loader({ context, params }: Route.LoaderArgs) {
  const [scheme, detail, regions, published] = await Promise.all([
    schemeOf(context),
    ask(context, (api) => api.region({ params: { code: params.code } })),
    ask(context, (api) => api.regions({})),
    publishedFigures(context),
  ])
  return { scheme, detail, regions, published }
}

export default function Province({ loaderData: { scheme, detail, regions, published } }: Route.ComponentProps) {
  const { words, format, of } = useTongue()
  const { region, minimumWage } = detail
  const { rate, name } = region
  const synthetic = rate.source.synthetic
  const labels = (code: string) => of(scheme.segments.find((segment) => segment.code === code)?.labels ?? { id: code })
  return (
    <div className="stack-large">
      <PageHead title={name} description={words.province.description(name)} />
      <section className="page pair first-wider">
        <div className="stack">
          <p className="quiet">{words.table.province}</p>
          <h1>{name}</h1>
          <Synthetic when={synthetic} />
          <p className="lead">
            <strong>
              {rate.perHundred === null
                ? words.province.headlineNone(name)
                : `${words.province.headline(format.hundred(rate.perHundred), name)} (${format.percent(rate.perHundred)})`}
            </strong>
          </p>
          <RateLine rate={rate} />
          <p>{words.province.registered(format.count(detail.registered))}</p>
          <div className="acts">
            <FigureLink published={published} id="coverage-by-province" />
            <FigureLink published={published} id="registered-persons" />
          </div>
        </div>
        <div className="stack">
          <h2 className="quieter">{words.coverage.segments}</h2>
          <Bars bars={detail.segments.map(({ segment, members }) => ({ code: segment, label: labels(segment), count: members }))} />
        </div>
      </section>

      <section className="page stack">
        <h2>{words.province.segments}</h2>
        <SegmentTable scheme={scheme} detail={detail} />
        <p className="small quiet">
          {words.province.segmentsNote} {words.fewerThan}
        </p>
      </section>

      <section className="page stack">
        <h2>{words.province.states}</h2>
        <p>{words.province.statesNote}</p>
        <StatesTable detail={detail} />
      </section>

      {detail.districts.length > 0 ? (
        <section className="page stack">
          <h2>{words.province.districts}</h2>
          <DistrictTable detail={detail} />
        </section>
      ) : null}

      {minimumWage ? (
        <section className="page stack">
          <h2>{words.province.wage}</h2>
          <p className="lead">{words.province.wageAmount(format.money(minimumWage.amount), format.day(minimumWage.from))}</p>
          <p className="small quiet">
            {words.source}: {minimumWage.act} ({words.cover.sourceStatus[minimumWage.status] ?? minimumWage.status})
          </p>
        </section>
      ) : null}

      <section className="page stack">
        <h2>{words.province.where}</h2>
        <TileMap regions={regions} here={region.code} />
        <Neighbours regions={regions} code={region.code} />
      </section>
    </div>
  )
}

/** The province before and after this one, in the order of their codes. */
function Neighbours({ regions, code }: { regions: readonly { code: string; name: string }[]; code: string }) {
  const { words, address } = useTongue()
  const sorted = [...regions].sort((a, b) => a.code.localeCompare(b.code))
  const place = sorted.findIndex((region) => region.code === code)
  const [previous, next] = [sorted[place - 1], sorted[place + 1]]
  return (
    <nav className="acts between" aria-label={words.province.others}>
      {previous ? (
        <a className="more" href={address('province', previous.code)} rel="prev">
          ← {words.province.previous}: {previous.name}
        </a>
      ) : null}
      {next ? (
        <a className="more" href={address('province', next.code)} rel="next">
          {words.province.next}: {next.name} →
        </a>
      ) : null}
    </nav>
  )
}
