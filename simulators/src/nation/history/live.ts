// The history: month after month, day after day, through the same use cases as in earnest, with the demonstration's clock.
import { addDays, lastDay, ok } from '@payung/values'
import { careForSavings, closeMonth, openMonth, receivableDue, runMonth, systemActor, tellLetters, warnLatePayers } from '../core.ts'
import { lateDay, payDays } from '../plan/pay-days.ts'
import { contractsMoney, makeContracts } from './contracts.ts'
import { exceptionsOn } from './exceptions.ts'
import { applyLateLaw } from './late-law.ts'
import { move, reportDeaths } from './life.ts'
import { employersMoney, type Money, offersMoney, pay } from './pay.ts'
import { priceList } from './prices.ts'
import { endOldMemberships, findSelfPayers, openNewMemberships, registerNewOrganisations, registerNewPersons } from './register.ts'
import { reportChangedWages } from './report.ts'
import { act, byMonth, dayIn, monthAt, type World, wakeOn } from './world.ts'

const leavingReason = 'left'

/** Money owed for contracts is paid on the first pay day of the month in which it is due. */
async function payOn(world: World, index: number, day: number, price: ReturnType<typeof priceList>): Promise<void> {
  const today = dayIn(monthAt(world, index), day)
  await wakeOn(world, today)
  await exceptionsOn(world, index, day)
  const money: Money[] = [...(await employersMoney(world, index, day)), ...offersMoney(world, index, day, today, price)]
  if (day === payDays[0]) money.push(...contractsMoney(world, index))
  const sums = new Map<bigint, bigint>()
  for (const { payerId, amount } of money) sums.set(payerId, (sums.get(payerId) ?? 0n) + amount)
  await pay(
    world,
    today,
    [...sums].map(([payerId, amount]) => ({ payerId, amount })),
  )
  // What was written since the pay day before goes out with the mail.
  await act(world, 'tell-letters', (tx) => tellLetters(tx, world.law, { how: 'e-mail' }))
}

/** A month is closed on the day after its due day, as the daily work does it; whoever is punctual has paid by then, who is late has not, and is warned. */
async function closeMonthBefore(world: World, index: number): Promise<void> {
  const [closing, today] = [monthAt(world, index - 1), monthAt(world, index)]
  const due = receivableDue(world.law, closing, lastDay(today))
  if (due === null || due >= dayIn(today, lateDay)) throw new Error(`the due day of ${closing} is ${due}: it leaves no day to close on`)
  await wakeOn(world, addDays(due, 1))
  await act(world, 'close-month', (tx) => closeMonth(tx, world.law, closing))
  await act(world, 'warn-late-payers', async (tx) => ok(await warnLatePayers(tx, world.law)))
}

/** The membership by which each member of a contract is insured. */
function membersOfContracts({ memberships, contracts }: World['plan']): Map<number, number> {
  const persons = new Set(contracts.flatMap((contract) => contract.persons))
  return new Map(memberships.flatMap(({ person }, place) => (persons.has(person) ? [[person, place] as const] : [])))
}

/** Those whose last month was the one before leave, die, or move to what begins now; gives who begins otherwise. */
async function changeMemberships(world: World, index: number, begin: readonly number[], ended: readonly number[]): Promise<number[]> {
  const how = (way: 'died' | 'moved' | undefined) => ended.filter((place) => world.plan.memberships[place]?.leaves === way)
  await endOldMemberships(world, how(undefined), index, leavingReason)
  await reportDeaths(world, how('died'), index)
  const moved = new Set(await move(world, how('moved'), begin, index))
  return begin.filter((place) => !moved.has(place))
}

export async function live(world: World, analyze: () => Promise<void>): Promise<void> {
  const { plan, law, platform, progress } = world
  const beginning = byMonth(plan.memberships, ({ from }) => from)
  const ending = byMonth(plan.memberships, ({ to }) => (to === null ? null : to + 1))
  const contractMember = membersOfContracts(plan)
  const price = priceList(world)
  for (let index = 0; index < plan.months; index++) {
    const month = monthAt(world, index)
    progress.step(`nation ${month}`, index, plan.months)
    await wakeOn(world, dayIn(month, 1))
    await act(world, 'open-month', (tx) => openMonth(tx, law, month))
    if (index > 0) await careForSavings(platform, law, dayIn(month, 1))
    await registerNewOrganisations(world, index)
    const begin = beginning.get(index) ?? []
    await registerNewPersons(world, begin)
    await openNewMemberships(world, await changeMemberships(world, index, begin, ending.get(index) ?? []), index)
    await findSelfPayers(
      world,
      begin.flatMap((place) => (plan.memberships[place]?.payer === null ? [plan.memberships[place]?.person ?? 0] : [])),
    )
    if (index === 0 || index === 12) await analyze()
    await makeContracts(world, index, contractMember)
    for (const day of payDays) await payOn(world, index, day, price)
    if (index > 0) await closeMonthBefore(world, index)
    await payOn(world, index, lateDay, price)
    await applyLateLaw(world, index)
    if (index === 0) await analyze()
    await wakeOn(world, lastDay(month), '20:00')
    await reportChangedWages(world, index)
    const run = await runMonth(platform, law, month, { actor: systemActor })
    if (!run.ok) throw new Error(`the run of ${month} was refused: ${run.refusal.rule}`)
    if (run.value.control.difference !== 0n)
      throw new Error(`the control of ${month} shows a difference of ${run.value.control.difference}`)
  }
  progress.step('nation', plan.months, plan.months)
}
