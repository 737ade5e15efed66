// A hundred small umbrellas, of which as many are filled as workers of every hundred are covered. The sentence beside it says the same.
const hundred = Array.from({ length: 100 }, (_, place) => `dot-${place}`)

export function Dots({ filled }: { filled: number }) {
  return (
    <div className="dots" aria-hidden="true">
      {hundred.map((key, place) => (
        <i key={key} className={place < filled ? 'on' : undefined} />
      ))}
    </div>
  )
}
