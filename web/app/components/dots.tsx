// A hundred small umbrellas, of which as many are filled as workers of every hundred are covered. The sentence beside it says the same.
import { wholeOf } from '../format.ts'

const hundred = Array.from({ length: 100 }, (_, place) => `dot-${place}`)

export function Dots({ perHundred }: { perHundred: string }) {
  const filled = wholeOf(perHundred)
  return (
    <div className="dots" aria-hidden="true">
      {hundred.map((key, place) => (
        <i key={key} className={place < filled ? 'on' : undefined} />
      ))}
    </div>
  )
}
