// The mark of the house.
export function Umbrella() {
  return (
    <svg viewBox="0 0 48 48" width="36" height="36" aria-hidden="true">
      <path
        className="cloth"
        d="M24 5C12.4 5 4 13.6 4 24c2.2-2.6 4.7-2.6 6.9 0 2.1-2.6 4.6-2.6 6.6 0 2-2.8 4.4-2.8 6.5 0 2.1-2.8 4.5-2.8 6.5 0 2-2.6 4.5-2.6 6.6 0 2.2-2.6 4.7-2.6 6.9 0C44 13.6 35.6 5 24 5Z"
      />
      <path className="rib" d="M24 5c-4 4-6.5 11-6.5 19M24 5c4 4 6.5 11 6.5 19" />
      <path className="handle" d="M24 22v15a5 5 0 0 1-10 0" />
    </svg>
  )
}
