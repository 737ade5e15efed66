// What is wrong with one field of one row: the same shape for a form, a file and a partner's request.
import type { Refusal } from '@payung/values'

/** `field` is the column or form field as the reader gave it; `next` says how to put it right. */
export const rowFault = (code: string, field: string, given: string, rule: string, next: string): Refusal => ({
  code,
  rule,
  data: { field, given },
  next,
})

/** One row of a set: done with a value, or refused. Rows are counted from 1, in the order given. */
export type RowOutcome<Value> = { readonly row: number; readonly value: Value | null; readonly refusal: Refusal | null }

/** The place of each outcome as the API answers it. */
export const rowOf = (index: number): number => index + 1
