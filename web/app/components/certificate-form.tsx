// "Is this certificate in force?": one number. Works as a plain address, so it can be kept and repeated.
import { asked } from '../languages.ts'
import { useTongue } from '../tongue.ts'

type Props = { number: string; error: string | undefined; second: boolean }

export function CertificateForm({ number, error, second }: Props) {
  const { language, words, address } = useTongue()
  const { label, hint, button } = words.certificate
  return (
    <form className="card stack check" action={address('certificate')} method="get">
      <div className="field">
        <label htmlFor="number">{label}</label>
        <div className="hint" id="number-hint">
          {hint}
        </div>
        {error ? (
          <div className="error" id="number-error">
            {error}
          </div>
        ) : null}
        <input
          id="number"
          name={asked[language].number}
          autoComplete="off"
          maxLength={40}
          defaultValue={number}
          aria-describedby={error ? 'number-hint number-error' : 'number-hint'}
          aria-invalid={error ? true : undefined}
        />
      </div>
      <div className="acts">
        <button className={second ? 'button second' : 'button'} type="submit">
          {button}
        </button>
      </div>
    </form>
  )
}
