// What needs correcting, as a summary with links to the fields; the same sentence stands at each field.
import { useTongue } from '../tongue.ts'
import type { CheckErrors } from './check-form.tsx'

export function Problems({ errors }: { errors: CheckErrors }) {
  const { words } = useTongue()
  const entries = Object.entries(errors).filter(([, text]) => text !== undefined)
  return (
    <div className="problem stack stack-small" role="alert" aria-labelledby="problems">
      <h2 className="kind" id="problems">
        {words.cover.errors.summary}
      </h2>
      <ul className="plain">
        {entries.map(([field, text]) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
