// Numbers to try in a demonstration, each with the answer that it gives: nobody who looks around has a number of their own here.
import type { Overview } from '@payung/api'
import { formatMemberNumber } from '@payung/values'
import { asked } from '../languages.ts'
import { useTongue } from '../tongue.ts'

export function Examples({ examples }: { examples: Overview['examples'] }) {
  const { language, words, address } = useTongue()
  if (examples.length === 0) return null
  return (
    <div className="examples">
      <p className="small">
        <strong>{words.check.try}</strong>
      </p>
      <ul className="plain small">
        {examples.map(({ number, answer }) => (
          <li key={number}>
            <a href={`${address('check')}?${asked[language].number}=${number}`}>
              <span className="number">{formatMemberNumber(number)}</span>: {words.check.answers[answer] ?? answer}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
