// The cursor of a page whose rows are numbered: the number of the last one shown. A text that no page gave is refused, because a client
// that was given the first page again would go round for ever.
import { ok, type Refused, type Result, refuse } from '@payung/values'

export const wrongCursor = (cursor: string): Refused =>
  refuse({
    code: 'wrong-cursor',
    rule: 'A cursor is what the page before gave as next.',
    data: { cursor },
    next: 'Begin without a cursor.',
  })

/** The number in a cursor; null at the beginning. */
export const cursorOf = (cursor: string | undefined): Result<bigint | null> =>
  cursor === undefined ? ok(null) : /^\d{1,18}$/.test(cursor) ? ok(BigInt(cursor)) : wrongCursor(cursor)
