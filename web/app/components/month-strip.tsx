// The month strip: one cell is one month, a row is a calendar year. The state is a colour, a sign and a word.
import type { PublicCover } from '@payung/api'
import { useTongue } from '../tongue.ts'

type Month = PublicCover['months'][number]
const states = ['paid', 'outstanding', 'none', 'future'] as const

/** A phone shows six months in a row; a row of which nothing is known is left out there. */
const half = (month: string): boolean => Number(month.slice(5)) > 6

export function MonthStrip({ months }: { months: readonly Month[] }) {
  const { words, format } = useTongue()
  const said = {
    paid: words.cover.months.paid,
    outstanding: words.cover.months.outstanding,
    none: words.cover.months.notCovered,
    future: words.cover.months.future,
  }
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4))
  return (
    <>
      {[...years].map(([year, known]) => (
        <div key={year} className="stack stack-small">
          <h3 className="year" id={`year-${year}`}>
            {year}
          </h3>
          <ol className="months plain" aria-labelledby={`year-${year}`}>
            {Array.from({ length: 12 }, (_, place) => `${year}-${String(place + 1).padStart(2, '0')}`).map((month) => {
              const state = known.find((each) => each.month === month)?.state
              return state ? (
                <li key={month} className={`month ${state}`}>
                  {format.monthShort(month)}
                  <span className="heard">: {said[state]}</span>
                </li>
              ) : (
                <li
                  key={month}
                  className={known.some((each) => half(each.month) === half(month)) ? 'month outside' : 'month outside gone'}
                  aria-hidden="true"
                >
                  {format.monthShort(month)}
                </li>
              )
            })}
          </ol>
        </div>
      ))}
      <ul className="key plain">
        {states.map((state) => (
          <li key={state}>
            <i className={`month ${state}`} />
            {said[state]}
          </li>
        ))}
      </ul>
    </>
  )
}
