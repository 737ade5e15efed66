// The control once a day, for every month to which something was added since the day before: payments of those who pay ahead or late add
// bills to months that no run touches any more.
import { monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { monthsBilledSince } from '../store/control.ts'
import { type Control, checkControl } from './check-control.ts'

export async function checkChangedMonths(tx: Tx): Promise<Control[]> {
  const controls: Control[] = []
  for (const number of await monthsBilledSince(tx, 'daily')) {
    const month = monthFromNumber(number)
    controls.push(await checkControl(tx, `daily ${month}`, month))
  }
  return controls
}
