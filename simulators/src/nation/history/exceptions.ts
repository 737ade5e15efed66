// When what was planned to go otherwise happens: the course of each kind, by months after (or before) its own and by day.
import type { PlannedException } from '../plan/nouns.ts'
import { lateDay, payDays } from '../plan/pay-days.ts'
import { closeIdle, reopenForMoney } from './closing.ts'
import { amend } from './contracts.ts'
import {
  correctDeactivation,
  correctMember,
  correctSwap,
  correctWage,
  deactivateWrongly,
  reportLeaverWrongly,
  takeLeaverBack,
  takeOutInstead,
} from './corrections.ts'
import { bringBalance, merge, reinstate, undoMerge, withdraw } from './life.ts'
import { leaveInQueue, partMoney, payWithWrongCode, sendBack } from './nobodys-money.ts'
import { splitAndPay } from './split.ts'
import { payBack, queueMoney, recallMoney, waiveFine } from './stray-money.ts'
import type { World } from './world.ts'

type Step = { readonly after: number; readonly day: number; readonly happen: () => Promise<void> }

function courseOf(world: World, planned: PlannedException): readonly Step[] {
  const on = (day: number, happen: () => Promise<void>, after = 0): Step => ({ after, day, happen })
  switch (planned.kind) {
    case 'wage':
      return [on(lateDay, () => correctWage(world, planned), 1)]
    case 'swap':
      return [on(lateDay, () => correctSwap(world, planned), 1)]
    case 'deactivation':
      return [on(lateDay, () => deactivateWrongly(world, planned), -1), on(payDays[0], () => correctDeactivation(world, planned), 1)]
    case 'member':
      return [on(lateDay, () => takeOutInstead(world, planned), -1), on(lateDay, () => correctMember(world, planned), 1)]
    case 'taken-back':
      return [on(payDays[1], () => reportLeaverWrongly(world, planned)), on(lateDay, () => takeLeaverBack(world, planned))]
    case 'split':
      return [on(payDays[0], () => splitAndPay(world, planned))]
    case 'opening':
      return [on(lateDay, () => bringBalance(world, planned))]
    case 'withdrawal':
      return [on(lateDay, () => withdraw(world, planned))]
    case 'queued':
      return [on(payDays[0], () => queueMoney(world, planned))]
    case 'reversal':
      return [on(lateDay, () => recallMoney(world, planned))]
    case 'wrong-payer':
      return [on(payDays[0], () => payWithWrongCode(world, planned))]
    case 'parts':
      return [on(payDays[0], () => partMoney(world, planned))]
    case 'returned':
      return [on(payDays[1], () => sendBack(world, planned))]
    case 'waiting':
      return [on(payDays[1], () => leaveInQueue(world, planned))]
    case 'waiver':
      return [on(payDays[1], () => waiveFine(world, planned))]
    case 'reopened':
      return [on(payDays[0], () => closeIdle(world, planned)), on(lateDay, () => reopenForMoney(world, planned), 1)]
    case 'refund':
      return [on(lateDay, () => payBack(world, planned))]
    case 'reinstatement':
      return [on(payDays[0], () => reinstate(world, planned))]
    case 'duplicate':
      return [on(lateDay, () => merge(world, planned))]
    case 'undone-merge':
      return [on(payDays[0], () => undoMerge(world, planned), 1), on(lateDay, () => merge(world, planned), 1)]
    case 'addendum':
    case 'extension':
      return [on(lateDay, () => amend(world, planned))]
  }
}

/** What happens on this day of the month, before anybody pays. */
export async function exceptionsOn(world: World, index: number, day: number): Promise<void> {
  for (const planned of world.plan.exceptions)
    for (const step of courseOf(world, planned)) if (planned.month + step.after === index && step.day === day) await step.happen()
}
