// How anyone can recompute the control, and what that proves and does not prove.
import { useTongue } from '../tongue.ts'

export function CheckYourself() {
  const { checkYourself } = useTongue().words
  return (
    <details className="no-print">
      <summary>{checkYourself.title}</summary>
      <div className="stack">
        <p>{checkYourself.how}</p>
        <pre className="command">{checkYourself.command}</pre>
        <p>{checkYourself.proves}</p>
        <p>{checkYourself.doesNot}</p>
      </div>
    </details>
  )
}
