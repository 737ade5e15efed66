// "Am I covered?": one number, and on the answer page also a day. Works as a plain address, so it can be kept and repeated.
import type { Overview } from '@payung/api'
import { asked } from '../languages.ts'
import { useTongue } from '../tongue.ts'
import { Examples } from './examples.tsx'

export type CheckErrors = { number?: string | undefined; on?: string | undefined }
type Props = {
  digits: number
  number?: string
  on?: string
  withDay?: boolean
  errors?: CheckErrors
  second?: boolean
  /** Numbers to try stand in the card of the form, so that nobody has to look for them. */
  examples?: Overview['examples']
}

export function CheckForm({ digits, number = '', on = '', withDay = false, errors = {}, second = false, examples = [] }: Props) {
  const { language, words, address } = useTongue()
  const names = asked[language]
  const described = (id: string, error: string | undefined) => (error ? `${id}-hint ${id}-error` : `${id}-hint`)
  return (
    <form className="card stack check" action={address('check')} method="get">
      <div className="field">
        <label htmlFor="number">{words.check.label}</label>
        <div className="hint" id="number-hint">
          {words.check.hint(digits)}
        </div>
        {errors.number ? (
          <div className="error" id="number-error">
            {errors.number}
          </div>
        ) : null}
        <input
          id="number"
          name={names.number}
          inputMode="text"
          autoComplete="off"
          maxLength={40}
          defaultValue={number}
          aria-describedby={described('number', errors.number)}
          aria-invalid={errors.number ? true : undefined}
        />
      </div>
      {withDay ? (
        <div className="field">
          <label htmlFor="on">{words.cover.day}</label>
          <div className="hint" id="on-hint">
            {words.cover.dayHint}
          </div>
          {errors.on ? (
            <div className="error" id="on-error">
              {errors.on}
            </div>
          ) : null}
          <input
            id="on"
            name={names.on}
            type="date"
            defaultValue={on}
            aria-describedby={described('on', errors.on)}
            aria-invalid={errors.on ? true : undefined}
          />
        </div>
      ) : null}
      <div className="acts">
        <button className={second ? 'button second' : 'button'} type="submit">
          {words.check.button}
        </button>
      </div>
      <Examples examples={examples} />
      <details>
        <summary>{words.check.forgotten}</summary>
        <p className="quiet">{words.check.forgottenAnswer}</p>
      </details>
    </form>
  )
}
