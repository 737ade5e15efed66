// The sentence for "none yet", with what will make it otherwise.
export function Empty({ what, next }: { what: string; next?: string }) {
  return (
    <div className="card stack stack-small">
      <p>
        <strong>{what}</strong>
      </p>
      {next ? <p className="quiet">{next}</p> : null}
    </div>
  )
}
