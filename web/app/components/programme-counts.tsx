// Every programme in plain words with its pictogram and how many members have it.
import type { Overview } from '@payung/api'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import { Pictogram } from './pictogram.tsx'

export function ProgrammeCounts({ scheme, counts }: { scheme: Scheme; counts: Overview['programmes'] }) {
  const { words, format, of } = useTongue()
  return (
    <ul className="kinds plain">
      {scheme.programmes.map(({ code, labels, sentence, pictogram }) => {
        const members = counts.find(({ programme }) => programme === code)?.members
        return (
          <li key={code}>
            <Pictogram name={pictogram} />
            <div>
              <h3 className="kind">{of(labels)}</h3>
              <p className="quiet">{of(sentence)}</p>
              {members ? (
                <p>
                  <strong>{format.count(members)}</strong> {words.home.members}
                </p>
              ) : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
