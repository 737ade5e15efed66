// What happens to people: some die, some move from paying alone to a firm, some have two numbers that become one, some had savings before
// our books or take theirs out, and a village whose budget came late goes on as if it had not.
import { ok, truncated } from '@payung/values'
import {
  askEntry,
  decideEntry,
  decideReinstatement,
  type EntryAsked,
  mergePersons,
  moveMembership,
  openReinstatement,
  readAccount,
  reportDeath,
  unmergePersons,
} from '../core.ts'
import type { PlannedException } from '../plan/nouns.ts'
import { actAs, branchOf, branchOfPerson } from './desk.ts'
import { membershipRow } from './register.ts'
import { act, dayIn, monthAt, type World } from './world.ts'

/** The day of the month on which those who die do. */
const dayOfDeath = 17

type Of<Kind extends PlannedException['kind']> = Extract<PlannedException, { kind: Kind }>
type OfNumbers = Extract<PlannedException, { duplicate: number }>
type OfWorkers = Extract<PlannedException, { memberships: readonly number[] }>

/** Reported on the first of the month after. */
export async function reportDeaths(world: World, places: readonly number[], index: number): Promise<void> {
  const diedOn = dayIn(monthAt(world, index - 1), dayOfDeath)
  for (const place of places) {
    const memberNumber = world.memberNumbers[world.plan.memberships[place]?.person ?? 0] ?? ''
    await act(world, 'death', (tx) => reportDeath(tx, world.law.pack, { memberNumber, diedOn, evidence: 'Akta kematian (contoh)' }))
  }
}

/** Ends one membership and begins the next; gives the places that have begun. */
export async function move(world: World, places: readonly number[], beginning: readonly number[], index: number): Promise<number[]> {
  const moved: number[] = []
  for (const place of places) {
    const { person } = world.plan.memberships[place] ?? { person: -1 }
    const next = beginning.find((each) => world.plan.memberships[each]?.person === person)
    if (next === undefined) throw new Error(`membership ${place} moves nowhere`)
    const to = membershipRow(world, next, index)
    const given = { ordinal: world.ordinals[place] ?? 1, to, reason: 'Bekerja pada pemberi kerja (contoh)' }
    world.ordinals[next] = await act(world, 'move', (tx) => moveMembership(tx, world.law.pack, given))
    moved.push(next)
  }
  return moved
}

export async function merge(world: World, { person, duplicate }: OfNumbers): Promise<void> {
  const [alias = '', into = ''] = [world.memberNumbers[duplicate], world.memberNumbers[person]]
  const given = { alias, into, reason: 'Dua kartu (contoh)', consent: 'Di loket (contoh)' }
  await actAs(world, world.desk.head, 'merge', (tx) => mergePersons(tx, world.law.pack, given))
}

/** The paper of the consent was another person's; it is given at the desk some days later. */
export async function undoMerge(world: World, { duplicate }: OfNumbers): Promise<void> {
  await actAs(world, world.desk.head, 'undo-merge', async (tx) => {
    const [last] = await tx.query<{ merge_id: bigint | null }>(
      'select max(merge_id) as merge_id from registry.merge where merged_id = $1',
      [world.personIds[duplicate]],
    )
    return unmergePersons(tx, world.law.pack, last?.merge_id ?? 0n, 'Persetujuan salah berkas (contoh)')
  })
}

const savingsOf = (world: World, { memberships: [place = 0] }: OfWorkers) => {
  const person = world.plan.memberships[place]?.person ?? 0
  const personId = world.personIds[person] ?? 0n
  return { personId, reference: `contoh-${world.memberNumbers[person] ?? ''}` }
}

type Asked = Pick<EntryAsked, 'kind' | 'amount' | 'act'>

/** An officer of the person's branch asks, its head decides, a moment later. */
async function enter(world: World, planned: OfWorkers, { kind, amount, act: decision }: Asked): Promise<void> {
  const { law } = world
  const entry = { ...savingsOf(world, planned), kind, amount, act: decision }
  const { officer, branch } = await branchOfPerson(world, entry.personId)
  const { requestId } = await actAs(world, officer, 'ask-entry', (tx) => askEntry(tx, law, entry))
  const decided = { requestId, decision: 'approved', why: 'Sesuai bukti (contoh)', decider: branch } as const
  await actAs(world, branch, 'decide-entry', (tx) => decideEntry(tx, law, decided))
}

/** Half of what somebody has who has left; nothing where his firm insured no savings. */
export async function withdraw(world: World, planned: OfWorkers): Promise<void> {
  const { personId } = savingsOf(world, planned)
  const { programme } = world.profile.savings
  const half = await act(world, 'read-savings', async (tx) => {
    const { balance } = await readAccount(tx, programme, [personId], tx.today(world.law.pack.timeZone), { beforeCredit: true })
    return ok(truncated(balance) / 2n)
  })
  if (half > 0n) await enter(world, planned, { kind: 'withdrawal', amount: half.toString(), act: 'Keputusan (contoh)' })
}

/** A balance from the system before ours: some months' contributions. */
export async function bringBalance(world: World, planned: OfWorkers): Promise<void> {
  const amount = String(1_000_000n + (savingsOf(world, planned).personId % 40n) * 250_000n)
  await enter(world, planned, { kind: 'opening', amount, act: 'Saldo sistem lama (contoh)' })
}

/** Opened by the branch and approved by two offices before the money comes. */
export async function reinstate(world: World, { organisation, from }: Of<'reinstatement'>): Promise<void> {
  const { law, desk } = world
  const payerId = world.payerIds[organisation] ?? 0n
  const asked = { payerId, from: monthAt(world, from), reason: 'Dana terlambat cair (contoh)', evidence: ['Surat pencairan (contoh)'] }
  const { officer, branch } = await branchOf(world, payerId)
  const caseId = await actAs(world, officer, 'open-reinstatement', (tx) => openReinstatement(tx, law, asked))
  for (const actor of [branch, desk.head])
    await actAs(world, actor, 'decide-reinstatement', (tx) =>
      decideReinstatement(tx, law, caseId, { verdict: 'approved', reason: 'Bukti lengkap (contoh)' }),
    )
}
