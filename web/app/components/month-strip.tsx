// The month strip: one cell is one month, a row is a calendar year. The state is a colour, a sign and a word. Who has several memberships
// sees each in a strip of its own, named by nothing but its place: neither employer nor payer is told.
import type { PublicCover } from '@payung/api'
import { useTongue } from '../tongue.ts'

type Membership = PublicCover['memberships'][number]
type Month = Membership['months'][number]
const states = ['paid', 'outstanding', 'employer', 'none', 'future'] as const

/** A phone shows six months in a row; a row of which nothing is known is left out there. */
const half = (month: string): boolean => Number(month.slice(5)) > 6

export function MonthStrips({ memberships }: { memberships: readonly Membership[] }) {
  const { words, format } = useTongue()
  const said = words.cover.months
  const count = memberships.length
  const shown = states.filter((state) => memberships.some(({ months }) => months.some((month) => month.state === state)))
  return (
    <>
      {count > 1 ? <p>{said.several(count)}</p> : null}
      {memberships.map(({ left, months }, place) => (
        <div key={months[0]?.month ?? place} className="stack">
          {count > 1 ? (
            <h3 className="membership">
              {said.membership(place + 1, count)}
              {left ? <span className="quiet small"> · {said.left(format.day(left))}</span> : null}
            </h3>
          ) : null}
          <Strip months={months} name={`months-${place + 1}`} inner={count > 1} />
        </div>
      ))}
      <ul className="key plain">
        {shown.map((state) => (
          <li key={state}>
            <i className={`month ${state}`} />
            {said.states[state]}
          </li>
        ))}
      </ul>
    </>
  )
}

/** `inner`: the years stand below the heading of a membership. */
function Strip({ months, name, inner }: { months: readonly Month[]; name: string; inner: boolean }) {
  const { words, format } = useTongue()
  const years = Map.groupBy(months, ({ month }) => month.slice(0, 4))
  const Year = inner ? 'h4' : 'h3'
  return [...years].map(([year, known]) => (
    <div key={year} className="stack stack-small">
      <Year className="year" id={`${name}-${year}`}>
        {year}
      </Year>
      <ol className="months plain" aria-labelledby={`${name}-${year}`}>
        {Array.from({ length: 12 }, (_, place) => `${year}-${String(place + 1).padStart(2, '0')}`).map((month) => {
          const state = known.find((each) => each.month === month)?.state
          return state ? (
            <li key={month} className={`month ${state}`}>
              {format.monthShort(month)}
              <span className="heard">: {words.cover.months.states[state]}</span>
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
  ))
}
