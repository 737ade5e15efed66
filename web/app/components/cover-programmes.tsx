// Each programme of a member in plain words: its state, until when, and its limits; and the rules behind the answer.
import type { PublicCover } from '@payung/api'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import { Pictogram } from './pictogram.tsx'
import { State, toneOf } from './state-sign.tsx'

type Props = { cover: PublicCover; scheme: Scheme }

export function CoverProgrammes({ cover, scheme }: Props) {
  const { words, format, of } = useTongue()
  const others = scheme.programmes.filter(({ code }) => !cover.programmes.some(({ programme }) => programme === code))
  return (
    <>
      <h2 className="heard">{words.cover.programmes}</h2>
      <ul className="programmes plain">
        {cover.programmes.map((each) => {
          const known = scheme.programmes.find(({ code }) => code === each.programme)
          const limits = each.limits.flatMap((limit) => scheme.limits.find(({ code }) => code === limit) ?? [])
          // Savings do not lapse: what is there stays the member's, paid up to a day.
          const savings = known?.savings ?? false
          const ends = !savings && each.coveredUntil && each.coveredUntil !== each.paidUntil
          const dates = [
            !savings && each.state !== 'covered' && each.since ? words.cover.sinceProgramme(format.day(each.since)) : null,
            each.paidUntil ? words.cover.paidUntil(format.day(each.paidUntil)) : null,
            ends && each.coveredUntil ? words.cover.coveredUntil(format.day(each.coveredUntil)) : null,
          ].filter((text) => text !== null)
          return (
            <li key={each.programme}>
              <span className={`state-${savings ? 'covered' : toneOf(each.state)}`}>
                <Pictogram name={known?.pictogram ?? 'umbrella'} size={26} />
              </span>
              <div>
                <strong>{known ? of(known.labels) : each.programme}</strong>
                {savings ? <span className="state state-covered">{words.cover.savings}</span> : <State state={each.state} />}
                {known && each.state !== 'not covered' ? <span className="quiet">{of(known.sentence)}</span> : null}
                {dates.length > 0 ? <span className="quiet">{dates.join(' ')}</span> : null}
                {limits.map(({ code, sentence }) => (
                  <span key={code}>{of(sentence)}</span>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
      {others.length > 0 ? <p className="quiet">{words.cover.notIncluded(others.map(({ labels }) => of(labels)).join(', '))}</p> : null}
    </>
  )
}

export function CoverTrace({ cover, scheme }: Props) {
  const { words, of } = useTongue()
  if (cover.programmes.length === 0) return null
  return (
    <details>
      <summary>{words.cover.trace}</summary>
      <div className="stack">
        <table>
          <caption>{words.cover.traceCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{words.menu.programmes}</th>
              <th scope="col">{words.cover.traceArticle}</th>
              <th scope="col">{words.cover.traceStatus}</th>
            </tr>
          </thead>
          <tbody>
            {cover.programmes.map(({ programme, rule, article, status }) => (
              <tr key={programme}>
                <th scope="row">{of(scheme.programmes.find(({ code }) => code === programme)?.labels ?? { id: programme })}</th>
                <td>
                  {words.cover.articles[article] ?? article}
                  <div className="small quiet">
                    {words.cover.traceRule}: {rule}
                  </div>
                </td>
                <td>{words.cover.sourceStatus[status] ?? status}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>{words.cover.noAppeal}</p>
      </div>
    </details>
  )
}
