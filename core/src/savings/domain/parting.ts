// Whether two persons whose numbers were merged can be parted again, by what stands on their accounts.
import { type Exact, ok, type Result, refuse, truncated } from '@payung/values'

export type Joint = {
  /** Of what was booked while they counted as one: the sum, whole. Below zero: more was taken than put. */
  readonly together: bigint
  /** What each would hold alone. */
  readonly staying: Exact
  readonly leaving: Exact
}

/**
 * What was taken from both accounts together belongs to one of two persons, and nobody can tell to whom from the entries; and money of
 * one never pays what the other took. Where the one who leaves has nothing, it was the other's own.
 */
export function mayPart({ together, staying, leaving }: Joint): Result<null> {
  if (together < 0n && leaving.over !== 0n)
    return refuse({
      code: 'savings-taken-together',
      rule: 'Numbers are not parted while money is gone from the savings of both that was taken when they counted as one.',
      data: { taken: (-together).toString() },
      next: 'Have a correction put it back, with the day on which it was taken; undo the merge; then book it again with the person who got it.',
    })
  if (staying.over < 0n || leaving.over < 0n)
    return refuse({
      code: 'savings-below-zero',
      rule: 'Numbers are not parted where one of the two persons would owe savings.',
      data: { staying: truncated(staying).toString(), leaving: truncated(leaving).toString() },
      next: 'Have what was taken from both together put back by a correction first, with the day on which it was taken.',
    })
  return ok(null)
}
