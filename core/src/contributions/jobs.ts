// Work that follows by itself: the month opens on its first day, the run issues on its last, it closes the day after the due day,
// instalments of what was deferred are billed in their months, each day has the law's rows that cover asks for, and a law that was published since gives back what it lowers of prepaid months.
import type { Law } from '@payung/law'
import { addMonths, type Day, firstDay, isMonth, lastDay, type Month, monthOf, ok } from '@payung/values'
import { type Daily, inTransaction, type Platform, systemActor, type Task, Trouble } from '../platform/index.ts'
import { billDeferred } from './use-cases/bill-deferred.ts'
import { checkChangedMonths } from './use-cases/check-changed-months.ts'
import { closeMonth } from './use-cases/close-month.ts'
import { ensureTariff } from './use-cases/ensure-tariff.ts'
import { issueBills, receivableDue } from './use-cases/issue-bills.ts'
import { openMonth } from './use-cases/open-month.ts'
import { reassessMonth } from './use-cases/reassess-month.ts'
import { reassessAllPrepaid } from './use-cases/reassess-prepaid.ts'
import { runMonth } from './use-cases/run-month.ts'
import { warnLatePayers } from './use-cases/warn-late-payers.ts'

const caller = { role: 'run', actor: systemActor } as const

async function open(platform: Platform, law: Law, today: Day): Promise<void> {
  const month = monthOf(today)
  const opened = await inTransaction(platform, caller, { name: 'contributions.open-month', input: month }, (tx, input) =>
    openMonth(tx, law, input),
  )
  if (!opened.ok) throw new Trouble(opened.refusal.rule, opened.refusal.next)
  await inTransaction(platform, caller, { name: 'contributions.ensure-tariff', input: month }, async (tx, input) =>
    ok(await ensureTariff(tx, law, input, null)),
  )
}

async function run(platform: Platform, law: Law, month: Month, progress?: (step: string, done: number, of: number) => void): Promise<void> {
  const done = await runMonth(platform, law, month, { actor: systemActor, ...(progress ? { progress } : {}) })
  if (!done.ok && done.refusal.code !== 'month-closed') throw new Trouble(done.refusal.rule, done.refusal.next)
}

/** The month before, unless it was never opened here. */
async function close(platform: Platform, law: Law, today: Day): Promise<void> {
  const month = addMonths(monthOf(today), -1)
  const closed = await inTransaction(platform, caller, { name: 'contributions.close-month', input: month }, (tx, input) =>
    closeMonth(tx, law, input),
  )
  if (!closed.ok && closed.refusal.code !== 'month-not-open') throw new Trouble(closed.refusal.rule, closed.refusal.next)
}

export const dailiesFor = (law: Law): readonly Daily[] => [
  { name: 'open-month', due: () => true, run: (platform, today) => open(platform, law, today) },
  {
    name: 'run-month',
    due: (today) => today === lastDay(monthOf(today)),
    run: (platform, today, progress) => run(platform, law, monthOf(today), (step, done, of) => progress.step(step, done, of)),
  },
  {
    name: 'reassess-prepaid',
    due: () => true,
    run: async (platform, _today, progress) => {
      await reassessAllPrepaid(platform, law, (done, of) => progress.step('prepaid months', done, of))
    },
  },
  {
    name: 'close-month',
    due: (today) => {
      const due = receivableDue(law, addMonths(monthOf(today), -1), today)
      return due !== null && today > due && today <= firstDay(addMonths(monthOf(due), 1))
    },
    run: (platform, today) => close(platform, law, today),
  },
  { name: 'bill-deferred', due: () => true, run: (platform) => instalments(platform, law) },
  { name: 'check-changed-months', due: () => true, run: (platform) => check(platform) },
  { name: 'warn-late-payers', due: () => true, run: (platform) => warn(platform, law) },
]

/** What a relief deferred, in the month of each stage; where nothing is left, nothing is done. */
const instalments = async (platform: Platform, law: Law): Promise<void> => {
  await inTransaction(platform, caller, { name: 'contributions.bill-deferred', input: null }, async (tx) => ok(await billDeferred(tx, law)))
}

const check = async (platform: Platform): Promise<void> => {
  await inTransaction(platform, caller, { name: 'contributions.check-changed-months', input: null }, async (tx) =>
    ok(await checkChangedMonths(tx)),
  )
}

/** Right after who pays for others is late with a month. */
const warn = async (platform: Platform, law: Law): Promise<void> => {
  await inTransaction(platform, caller, { name: 'contributions.warn-late-payers', input: null }, async (tx) =>
    ok(await warnLatePayers(tx, law)),
  )
}

export const tasksFor = (law: Law): readonly Task[] => [
  {
    name: 'reassess-month',
    run: async (platform, payload) => {
      const month = String(payload.month)
      if (!isMonth(month)) return
      const done = await reassessMonth(platform, law, month, { actor: systemActor })
      if (!done.ok) throw new Trouble(done.refusal.rule, done.refusal.next)
    },
  },
  {
    name: 'run-month',
    run: async (platform, payload) => {
      const month = String(payload.month)
      if (isMonth(month)) await run(platform, law, month)
    },
  },
  {
    // What was added to an open month after its payer was billed stands on a second bill.
    name: 'issue-bill',
    run: async (platform, { payerId, month }) => {
      const input = { payerId: BigInt(String(payerId)), month: String(month) as Month }
      const done = await inTransaction(platform, caller, { name: 'contributions.issue-bill', input }, (tx, asked) =>
        issueBills(tx, law, asked.month, [asked.payerId]),
      )
      if (!done.ok && done.refusal.code !== 'month-closed') throw new Trouble(done.refusal.rule, done.refusal.next)
    },
  },
]
