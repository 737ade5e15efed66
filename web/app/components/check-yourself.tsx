// How anyone can recompute the control, and what that proves and does not prove.
import { useTongue } from '../tongue.ts'

export function CheckYourself({ month }: { month: string }) {
  const { words, format } = useTongue()
  const { checkYourself } = words
  return (
    <details className="no-print">
      <summary>{checkYourself.title}</summary>
      <div className="stack">
        <p>{checkYourself.how(format.month(month))}</p>
        <pre className="command">{checkYourself.command(month)}</pre>
        <p>{checkYourself.proves}</p>
        <p>{checkYourself.doesNot}</p>
      </div>
    </details>
  )
}
