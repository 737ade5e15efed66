// The directory of commands that were done: the same key and request get the same reply, another request is refused.
import pg from 'pg'
import type { Actor } from './actor.ts'
import { digestOf, fromJson, toJson } from './json.ts'

export type Keyed = { readonly key: string; readonly digest: Buffer; readonly reply: unknown }
type Known = { readonly reply: unknown /** The key was used for another request. */; readonly reused: boolean }
export type Replies = { get(index: number): Known | undefined; digest(index: number): Buffer }

type Asked = { readonly name: string; readonly input: unknown; readonly key?: string }

/**
 * Finds what was answered to these keys in the last 35 days. It holds each key until the transaction ends, so that of two
 * requests with one key at the same moment, also across midnight, the second waits and finds the first one's reply.
 */
export async function findReplies(client: pg.PoolClient, actor: Actor, commands: readonly Asked[]): Promise<Replies> {
  const digests = commands.map(({ name, input, key }) => (key === undefined ? undefined : digestOf([name, input])))
  const digest = (index: number): Buffer => {
    const found = digests[index]
    if (!found) throw new Error('a command without a key has no digest')
    return found
  }
  // In one order for everybody, so that two groups with the same keys never wait for each other.
  const keys = commands.flatMap(({ key }) => key ?? []).sort()
  if (keys.length === 0) return { get: () => undefined, digest }
  await client.query(
    'select pg_advisory_xact_lock(hashtextextended(key, $1)) from unnest($2::text[]) with ordinality as asked (key, place) order by place',
    [actor.actorId, keys],
  )
  const { rows } = await client.query<{ key: string; digest: Buffer; reply: unknown }>(
    `select key, digest, reply from platform.command where actor = $1 and key = any($2) and day > (now() at time zone 'UTC')::date - 35`,
    [actor.actorId, keys],
  )
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const get = (index: number): Known | undefined => {
    const key = commands[index]?.key
    const row = key === undefined ? undefined : byKey.get(key)
    return row && { reply: fromJson(row.reply), reused: !row.digest.equals(digest(index)) }
  }
  return { get, digest }
}

export async function keepReplies(client: pg.PoolClient, actor: Actor, done: readonly Keyed[]): Promise<void> {
  await client.query(
    'insert into platform.command (actor, key, digest, reply) select $1, key, digest, reply from unnest($2::text[], $3::bytea[], $4::jsonb[]) as done (key, digest, reply)',
    [actor.actorId, done.map(({ key }) => key), done.map(({ digest }) => digest), done.map(({ reply }) => toJson(reply))],
  )
}

/** True when somebody else kept a reply to the same key first: the transaction is tried again and then finds it. */
export const isLateDuplicate = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '23505' && error.schema === 'platform' && (error.table ?? '').startsWith('command_')
