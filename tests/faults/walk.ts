// Walks one deed: each of its statements in turn is not sent, or its connection is cut; nothing is then half done. Undisturbed it is done
// once, told again it answers as its deed says, two at the same moment do it once, and the control shows no difference.
import type { Result } from '@payung/values'
import { expect } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { checkControl } from '../../core/src/contributions/index.ts'
import { type Actor, fixedClock, inTransaction, type Platform, systemActor, type Tx } from '../../core/src/platform/index.ts'
import { actorLike, freshDatabase, type TestDatabase } from '../database.ts'
import type { TestScheme } from '../scheme.ts'
import { isFull, size } from '../size.ts'
import { faulty, type State, send, stateOf } from './faulty.ts'
import type { Errand } from './pay-child.ts'

/** Who decides where a deed names nobody else. */
export const head: Actor = actorLike({ actorId: 90n, officeId: 1n, role: 'administrator' })

export type Deed = {
  readonly name: string
  readonly act: (tx: Tx) => Promise<Result<unknown>>
  /** What the second of two gets. */
  readonly again: object
  readonly actor?: Actor
  /** The same deed for a process of its own, where one can do it. */
  readonly errand?: Pick<Errand, 'approve' | 'correct'>
}
export type Walk = Deed & { readonly before: State; readonly after: State; readonly statements: number }
/** What stands before each deed: a database to clone, and the moment at which the deeds are done. */
export type Ground = { readonly planted: TestScheme; readonly now: string }

export const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const clone = ({ planted, now }: Ground): Promise<TestDatabase> =>
  freshDatabase({ template: planted.address, clock: fixedClock(now), subscribers: houseFor(planted.law).subscribers })
const perform = (platform: Platform, { name, act, actor = head }: Deed): Promise<Result<unknown>> =>
  inTransaction(platform, { role: 'run', actor }, { name, input: null }, (tx) => act(tx))
const difference = async ({ platform }: TestDatabase): Promise<bigint> =>
  value(
    await inTransaction(platform, { role: 'run', actor: systemActor }, { name: 'control', input: null }, async (tx) => ({
      ok: true,
      value: await checkControl(tx, 'test', null),
    })),
  ).difference

/** Does each deed once, undisturbed, on a clone of its own. The planted scheme's connections are closed first: only then can it be cloned. */
export async function layWalks(ground: Ground, deeds: readonly Deed[]): Promise<Walk[]> {
  const { planted } = ground
  await Promise.all([planted.platform.database.close(), planted.owner.end(), planted.admin.end()])
  const walks: Walk[] = []
  for (const deed of deeds) {
    const twin = await clone(ground)
    const before = await stateOf(twin)
    const { platform, count } = faulty(twin, 0, 'not sent')
    value(await perform(platform, deed))
    walks.push({ ...deed, before, after: await stateOf(twin), statements: count() })
    expect(await difference(twin), deed.name).toBe(0n)
    await twin.close()
  }
  return walks
}

export async function dropPlanted({ planted }: Ground): Promise<void> {
  const last = await freshDatabase()
  await last.admin.query(`drop database ${planted.address.database} with (force)`)
  await last.close()
}

/** Every statement in full size; else as many as said from the last, the commit, back, and one that the deed's name draws. */
function momentsOf({ name, statements }: Walk, few: number): number[] {
  const step = size(Math.ceil(statements / few), 1)
  const regular = Array.from({ length: Math.ceil(statements / step) }, (_, index) => statements - index * step)
  let drawn = 7
  for (const letter of name) drawn = (drawn * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return isFull ? regular : [...new Set([...regular, 1 + (drawn % statements)])]
}

export async function walkThrough(ground: Ground, walk: Walk, few: number): Promise<void> {
  const { name, before, after, again, statements } = walk
  expect(statements, name).toBeGreaterThan(5)
  expect(after, name).not.toEqual(before)
  const database = await clone(ground)
  try {
    for (const [turn, at] of momentsOf(walk, few).entries())
      for (const fault of isFull
        ? (['not sent', 'connection cut'] as const)
        : [turn % 2 === 0 ? ('not sent' as const) : ('connection cut' as const)]) {
        await expect(perform(faulty(database, at, fault).platform, walk), `${name}, statement ${at}`).rejects.toThrow()
        expect(await stateOf(database), `${name}, statement ${at}`).toEqual(before)
      }
    // Two at the same moment: whichever comes second gets what the second gets.
    const [one, other] = await Promise.all([perform(database.platform, walk), perform(database.platform, walk)])
    expect(one.ok ? one : other, name).toMatchObject({ ok: true })
    expect(one.ok ? other : one, name).toMatchObject(again)
    expect(await stateOf(database), name).toEqual(after)
    expect(await perform(database.platform, walk), name).toMatchObject(again)
    expect(await stateOf(database), name).toEqual(after)
    expect(await difference(database), name).toBe(0n)
  } finally {
    await database.close()
  }
}

/** Kills a process that does the deed, at these parts of its way and while it commits: all or nothing, and done again it is done once. */
export async function killThrough(ground: Ground, walk: Walk, parts: readonly number[]): Promise<void> {
  const { name, after, again } = walk
  const undisturbed = await clone(ground)
  const errand = { now: ground.now, payments: [], ...walk.errand }
  const last = Number((await send({ ...errand, address: undisturbed.address, killAt: null })).said)
  expect(await stateOf(undisturbed), name).toEqual(after)
  await undisturbed.close()
  for (const killAt of [...parts.map((part) => Math.ceil(part * last)), last]) {
    const database = await clone(ground)
    try {
      expect((await send({ ...errand, address: database.address, killAt })).signal, `${name}, statement ${killAt}`).toBe('SIGKILL')
      const done = await perform(database.platform, walk)
      if (!done.ok) expect(done, `${name}, statement ${killAt}`).toMatchObject(again)
      expect(await stateOf(database), `${name}, statement ${killAt}`).toEqual(after)
      expect(await difference(database)).toBe(0n)
    } finally {
      await database.close()
    }
  }
}
