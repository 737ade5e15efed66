// Law that was published after a month was billed, or after it was paid ahead: what was issued is assessed anew, and what prepaid months
// cost less comes back. Which acts are waited for is data of the profile; the daily work does the second by itself, for every act.
import { addMonths, type Month, ok } from '@payung/values'
import { reassessMonth, reassessPrepaid, systemActor } from '../core.ts'
import { act, monthAt, type World } from './world.ts'

/** So many months ahead somebody may have paid. */
const ahead = 12

async function reassessIssued({ platform, law }: World, month: Month): Promise<void> {
  const done = await reassessMonth(platform, law, month, { actor: systemActor })
  if (!done.ok) throw new Error(`${month} was not assessed anew: ${done.refusal.rule}`)
  if (done.value.control.difference !== 0n) throw new Error(`the control of ${month} shows a difference`)
}

/** At the end of the month in which an act was published: the month before it, or the months after it. */
export async function applyLateLaw(world: World, index: number): Promise<void> {
  const month = monthAt(world, index)
  for (const { published, changes } of world.profile.nation.late_law) {
    if (published.slice(0, 7) !== month) continue
    if (changes === 'issued' && index > 0) await reassessIssued(world, addMonths(month, -1))
    if (changes === 'prepaid')
      for (let step = 1; step <= ahead; step++)
        await act(world, 'prepaid', async (tx) => ok(await reassessPrepaid(tx, world.law, addMonths(month, step))))
  }
}
