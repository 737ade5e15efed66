// Contributions month by month, and the latest control with its difference.
import { CheckYourself } from '../components/check-yourself.tsx'
import { ControlTable } from '../components/control-table.tsx'
import { Empty } from '../components/empty.tsx'
import { FigureLink } from '../components/figure-link.tsx'
import { Collected, Flow } from '../components/flow.tsx'
import { MonthBills } from '../components/month-bills.tsx'
import { MonthColumns } from '../components/month-columns.tsx'
import { MonthTable } from '../components/month-table.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { ask } from '../context.ts'
import { publicPage } from '../headers.ts'
import { publishedFigures } from '../published.ts'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/contributions'

export const headers = publicPage

export async function loader({ context }: Route.LoaderArgs) {
  const [overview, control, published] = await Promise.all([
    ask(context, (api) => api.overview({})),
    ask(context, (api) => api.control({})),
    publishedFigures(context),
  ])
  return { overview, control, published }
}

export default function Contributions({ loaderData: { overview, control, published } }: Route.ComponentProps) {
  const { words, format } = useTongue()
  const { month, history, synthetic } = overview
  return (
    <div className="stack-large">
      <PageHead title={words.contributions.title} description={words.contributions.description} />
      <section className="page stack">
        <h1>{words.contributions.headline}</h1>
        <p className="lead quiet">{words.home.monthLead}</p>
        <Synthetic when={synthetic} />
        {history.length === 0 ? (
          <Empty what={words.contributions.none} next={words.contributions.noneNext} />
        ) : (
          <MonthColumns history={history} />
        )}
      </section>

      {month ? (
        <section className="page stack">
          <h2>{words.home.month(format.month(month.month))}</h2>
          <p>
            {words.home.monthEnded}. {BigInt(month.difference.amount) === 0n ? words.home.monthSame : words.home.monthApart}
          </p>
          <div className="card">
            <Flow month={month} />
          </div>
          <Collected month={month} />
          <p>{words.monthBills.scope}</p>
          {month.bills ? (
            <>
              <h3>{words.monthBills.title}</h3>
              <MonthBills month={month} bills={month.bills} />
              <p className="small quiet">{words.monthBills.list}</p>
              <FigureLink published={published} id="bills-by-month" />
            </>
          ) : null}
          <CheckYourself month={month.month} />
        </section>
      ) : null}

      {history.length > 0 ? (
        <section className="page stack">
          <h2>{words.contributions.all}</h2>
          <MonthTable history={history} />
          <FigureLink published={published} id="contributions-by-month" />
        </section>
      ) : null}

      <section className="page stack">
        <h2>{words.contributions.control}</h2>
        <p>{words.contributions.controlLead}</p>
        {control.length > 0 ? <ControlTable lines={control} /> : <Empty what={words.contributions.controlNone} />}
        <FigureLink published={published} id="control" />
      </section>
    </div>
  )
}
