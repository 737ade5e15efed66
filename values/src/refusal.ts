// A refusal is a result, not an exception: it names the rule, the data that led to it and what to do next.

/** Why something was not done. `data` holds what the rule saw, as strings, so that it can be shown and stored. */
export type Refusal = {
  /** Stable, kebab-case: programs branch on it. */
  readonly code: string
  /** The rule in one plain sentence, with its source where there is one. */
  readonly rule: string
  readonly data: Readonly<Record<string, string>>
  /** What the reader can do now. */
  readonly next: string
  /** Where to appeal, for decisions about a person; absent for mistakes of form. */
  readonly appeal?: string
}

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Refused = { readonly ok: false; readonly refusal: Refusal }
export type Result<T> = Ok<T> | Refused

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

export const refuse = (refusal: Refusal): Refused => ({ ok: false, refusal })

/** True for a value that is a refusal by shape, for instance one read from JSON. */
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'code' in value && 'rule' in value && 'data' in value && 'next' in value
