// Premium contracts: made when they begin, paid whole or in instalments, changed by an addendum.
import { addMonths, type Day, firstDay } from '@payung/values'
import { amendContract, registerContracts } from '../core.ts'
import type { PlannedContract, PlannedException } from '../plan/nouns.ts'
import { lateDay, payDays } from '../plan/pay-days.ts'
import { type Money, pay } from './pay.ts'
import { act, dayIn, monthAt, type World } from './world.ts'

const payerOfContract = (world: World, { payer, persons }: PlannedContract): bigint =>
  (payer === null ? world.selfPayers.get(persons[0] ?? 0) : world.payerIds[payer]) ?? 0n

/** The later instalments: after a third and after two thirds of the works. */
const instalmentDays = (world: World, { from, months }: PlannedContract): Day[] =>
  [1, 2].map((third) => dayIn(monthAt(world, from + Math.floor((third * months) / 3)), payDays[0]))

/** Makes the contracts that begin this month and notes what each payer owes for them, by the month in which he pays it. */
export async function makeContracts(world: World, index: number, membershipOf: ReadonlyMap<number, number>): Promise<void> {
  const planned = [...world.plan.contracts.entries()].filter(([, { from }]) => from === index)
  if (planned.length === 0) return
  const contracts = planned.map(([, contract]) => ({
    payerId: payerOfContract(world, contract),
    segment: contract.segment,
    name: contract.name,
    facts: contract.facts,
    from: firstDay(monthAt(world, index)),
    until: firstDay(monthAt(world, index + contract.months)),
    ...(contract.instalments ? { instalments: instalmentDays(world, contract) } : {}),
    members: contract.persons.map((person) => ({
      personId: world.personIds[person] ?? 0n,
      ordinal: world.ordinals[membershipOf.get(person) ?? 0] ?? 0,
    })),
  }))
  const registered = await act(world, 'contracts', (tx) => registerContracts(tx, world.law, contracts))
  for (const [at, { contractId, parts }] of registered.entries()) {
    world.contractIds[planned[at]?.[0] ?? 0] = contractId
    for (const { payerId, employer, worker, due } of parts)
      owe(world, due ?? firstDay(monthAt(world, index)), { payerId, amount: employer + worker })
  }
}

function owe(world: World, due: Day, money: Money): void {
  const month = due.slice(0, 7)
  world.contractMoney.set(month, [...(world.contractMoney.get(month) ?? []), money])
}

/** What is paid for contracts on the first pay day of a month. */
export const contractsMoney = (world: World, index: number): readonly Money[] => world.contractMoney.get(monthAt(world, index)) ?? []

/** A project that grows by a quarter, a migrant who stays three months longer: the difference is paid the same day. */
export async function amend(
  world: World,
  { kind, contract, month }: Extract<PlannedException, { kind: 'addendum' | 'extension' }>,
): Promise<void> {
  const planned = world.plan.contracts[contract]
  if (!planned) throw new RangeError(`no contract ${contract} in the plan`)
  const { contractors } = world.profile.organisations
  const { months_fact } = world.profile.workers.migrant
  const grown = ((BigInt(planned.facts[contractors.value_fact] ?? 0) * 5n) / 4n).toString()
  const given =
    kind === 'addendum'
      ? { facts: { [contractors.value_fact]: grown } }
      : {
          facts: { [months_fact]: String(planned.months + 3) },
          until: firstDay(addMonths(monthAt(world, planned.from), planned.months + 3)),
        }
  const contractId = world.contractIds[contract] ?? 0n
  const { difference } = await act(world, 'amend', (tx) =>
    amendContract(tx, world.law, { contractId, reason: 'Adendum (contoh)', ...given }),
  )
  const day = dayIn(monthAt(world, month), lateDay)
  await pay(world, day, [{ payerId: payerOfContract(world, planned), amount: difference }])
}
