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
/** What stands before the deeds: a database to clone, and the moment at which they are done. */
export type Ground = { readonly planted: TestScheme; readonly now: string }
export type Walk = Deed & { readonly before: State; readonly after: State; readonly statements: number }
/** Deeds one after the other on one database: cloning costs more than doing them. */
export type Path = { readonly ground: Ground; readonly walks: readonly Walk[]; readonly database: TestDatabase; done: number }

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

/** Does all deeds undisturbed, to know what each changes. The planted scheme's connections are closed first: only then can it be cloned. */
export async function layPath(ground: Ground, deeds: readonly Deed[]): Promise<Path> {
  const { planted } = ground
  await Promise.all([planted.platform.database.close(), planted.owner.end(), planted.admin.end()])
  const walks: Walk[] = []
  const twin = await clone(ground)
  let before = await stateOf(twin)
  for (const deed of deeds) {
    const { platform, count } = faulty(twin, 0, 'not sent')
    value(await perform(platform, deed))
    const after = await stateOf(twin)
    walks.push({ ...deed, before, after, statements: count() })
    before = after
  }
  await twin.close()
  return { ground, walks, database: await clone(ground), done: 0 }
}

export async function endPath({ ground, database }: Path): Promise<void> {
  await database.admin.query(`drop database ${ground.planted.address.database} with (force)`)
  await database.close()
}

/** Every statement in full size; else as many as said from the last, the commit, back, and one that the deed's name draws. */
function momentsOf({ name, statements }: Walk, few: number): number[] {
  const step = size(Math.ceil(statements / few), 1)
  const regular = Array.from({ length: Math.ceil(statements / step) }, (_, index) => statements - index * step)
  let drawn = 7
  for (const letter of name) drawn = (drawn * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return isFull ? regular : [...new Set([...regular, 1 + (drawn % statements)])]
}

export async function walkThrough(path: Path, name: string, few: number): Promise<void> {
  const { walks, database } = path
  const place = walks.findIndex((each) => each.name === name)
  const walk = walks[place]
  if (!walk) throw new Error(`there is no deed ${name}`)
  for (; path.done < place; path.done++) await perform(database.platform, walks[path.done] as Walk)
  const { before, after, again, statements } = walk
  expect(statements, name).toBeGreaterThan(5)
  expect(after, name).not.toEqual(before)
  for (const [turn, at] of momentsOf(walk, few).entries())
    for (const fault of isFull
      ? (['not sent', 'connection cut'] as const)
      : [turn % 2 === 0 ? ('not sent' as const) : ('connection cut' as const)]) {
      await expect(perform(faulty(database, at, fault).platform, walk), `${name}, statement ${at}`).rejects.toThrow()
      expect(await stateOf(database), `${name}, statement ${at}`).toEqual(before)
    }
  // Two at the same moment: whichever comes second gets what the second gets.
  const [one, other] = await Promise.all([perform(database.platform, walk), perform(database.platform, walk)])
  path.done = place + 1
  expect(one.ok ? one : other, name).toMatchObject({ ok: true })
  expect(one.ok ? other : one, name).toMatchObject(again)
  expect(await stateOf(database), name).toEqual(after)
  expect(await perform(database.platform, walk), name).toMatchObject(again)
  expect(await stateOf(database), name).toEqual(after)
  expect(await difference(database), name).toBe(0n)
}

/** Kills a process that does the deed, at these parts of its way and while it commits: all or nothing, and done again it is done once. */
export async function killThrough({ ground, walks }: Path, name: string, parts: readonly number[]): Promise<void> {
  const walk = walks.find((each) => each.name === name)
  if (!walk?.errand) throw new Error(`no process does ${name}`)
  const undisturbed = await clone(ground)
  const errand = { now: ground.now, payments: [], ...walk.errand }
  const last = Number((await send({ ...errand, address: undisturbed.address, killAt: null })).said)
  const after = await stateOf(undisturbed)
  expect(await perform(undisturbed.platform, walk), name).toMatchObject(walk.again)
  await undisturbed.close()
  for (const killAt of [...parts.map((part) => Math.ceil(part * last)), last]) {
    const database = await clone(ground)
    try {
      expect((await send({ ...errand, address: database.address, killAt })).signal, `${name}, statement ${killAt}`).toBe('SIGKILL')
      const done = await perform(database.platform, walk)
      if (!done.ok) expect(done, `${name}, statement ${killAt}`).toMatchObject(walk.again)
      expect(await stateOf(database), `${name}, statement ${killAt}`).toEqual(after)
      expect(await difference(database)).toBe(0n)
    } finally {
      await database.close()
    }
  }
}
