// The front page: the question first, then who is covered, what it costs, whether the money adds up, and where cover is missing.
import { type Bar, Bars } from '../components/bars.tsx'
import { CheckForm } from '../components/check-form.tsx'
import { CheckYourself } from '../components/check-yourself.tsx'
import { CreatedCounts } from '../components/created-counts.tsx'
import { Dots } from '../components/dots.tsx'
import { Empty } from '../components/empty.tsx'
import { FigureLink } from '../components/figure-link.tsx'
import { Collected, Flow } from '../components/flow.tsx'
import { MonthBills } from '../components/month-bills.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Price } from '../components/price.tsx'
import { ProgrammeCounts } from '../components/programme-counts.tsx'
import { ProvinceTable } from '../components/province-table.tsx'
import { RateLine } from '../components/rate-line.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { TileMap } from '../components/tile-map.tsx'
import { ask, schemeOf } from '../context.ts'
import type { Count } from '../format.ts'
import { publicPage } from '../headers.ts'
import { publishedFigures } from '../published.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/home'

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

export default function Home({ loaderData: { scheme, overview, regions, published } }: Route.ComponentProps) {
  const { words, format, address, of } = useTongue()
  const { rate, month, running } = overview
  const bars = (known: { code: string; labels: Record<string, string> }[], counts: { code: string; count: Count }[]): Bar[] =>
    counts.map(({ code, count }) => ({ code, label: of(known.find((each) => each.code === code)?.labels ?? { id: code }), count }))
  const segments = bars(
    scheme.segments,
    overview.segments.map(({ segment, members }) => ({ code: segment, count: members })),
  )
  const below = regions.filter(({ rate: { perHundred } }) => perHundred !== null && Number(perHundred) < 50).length
  return (
    <div className="stack-large">
      <PageHead title={words.home.title} description={words.home.description} />
      <section className="page pair first-wider">
        <div className="stack">
          <h1>{words.home.question}</h1>
          <p>{words.home.what}</p>
          <CheckForm digits={scheme.memberNumber.digits} examples={overview.examples} />
          <p className="quiet">{words.home.below}</p>
          <p className="small">
            {scheme.demonstration ? `${words.home.demonstration} ` : null}
            <a href={address('about')}>{words.about.title}</a>
          </p>
        </div>
        {rate.perHundred === null ? (
          <Empty what={words.noData} next={words.noDataNext} />
        ) : (
          <figure className="card stack">
            <figcaption className="stack">
              <Synthetic when={overview.synthetic} />
              <div className="big">{format.count(rate.covered)}</div>
              <h2 className="quieter continues">{words.home.protected(format.hundred(rate.perHundred))}</h2>
            </figcaption>
            <Dots perHundred={rate.perHundred} />
            <RateLine rate={rate} />
            <FigureLink published={published} id="active-members" />
          </figure>
        )}
      </section>

      {overview.segments.length > 0 ? (
        <section className="page stack">
          <h2>{words.home.who}</h2>
          <Bars bars={segments} />
          {overview.groups.length > 0 ? (
            <>
              <h3 className="kind">{words.home.among}</h3>
              <Bars
                bars={bars(
                  scheme.groups,
                  overview.groups.map(({ group, members }) => ({ code: group, count: members })),
                )}
                scale={segments}
              />
            </>
          ) : null}
          <div className="acts">
            <FigureLink published={published} id="members-by-segment" />
            <FigureLink published={published} id="groups" />
          </div>
        </section>
      ) : null}

      {overview.price ? <Price price={overview.price} published={published} /> : null}

      <section className="page stack">
        <h2>{words.home.against}</h2>
        <p>{words.home.againstLead}</p>
        <ProgrammeCounts scheme={scheme} counts={overview.programmes} />
        <div className="acts">
          <a className="more" href={address('programmes')}>
            {words.home.allProgrammes}
          </a>
          <FigureLink published={published} id="members-by-programme" />
        </div>
      </section>

      {month ? (
        <section className="page stack">
          <h2>{words.home.month(format.month(month.month))}</h2>
          <p>
            {words.home.monthLead} {BigInt(month.difference.amount) === 0n ? words.home.monthSame : words.home.monthApart}
          </p>
          <div className="card stack">
            <Synthetic when={overview.synthetic} />
            <Flow month={month} />
          </div>
          <Collected month={month} />
          <p>{words.monthBills.scope}</p>
          {month.bills ? (
            <details>
              <summary>{words.monthBills.title}</summary>
              <MonthBills month={month} bills={month.bills} />
            </details>
          ) : null}
          {running && running.month !== month.month ? (
            <div className="card stack">
              <h3 className="kind">{words.home.monthRunning(format.month(running.month))}</h3>
              <Flow month={running} />
              <p className="quiet">{words.home.monthRunningNote}</p>
              <Collected month={running} />
            </div>
          ) : null}
          <CheckYourself month={month.month} />
          <div className="acts">
            <a className="more" href={address('contributions')}>
              {words.home.history}
            </a>
            <FigureLink published={published} id="contributions-by-month" />
          </div>
        </section>
      ) : null}

      {overview.counted && regions.length > 0 ? (
        <section className="page stack">
          <h2>{words.home.map}</h2>
          <p>
            {words.home.mapLead(format.number(below), format.number(regions.length))} {words.map.each}
          </p>
          <Synthetic when={overview.synthetic} />
          <TileMap regions={regions} />
          <details>
            <summary>{words.map.asTable}</summary>
            <ProvinceTable regions={regions} />
          </details>
          <FigureLink published={published} id="coverage-by-province" />
        </section>
      ) : null}

      {overview.created ? <CreatedCounts scheme={scheme} overview={overview} created={overview.created} published={published} /> : null}
    </div>
  )
}
