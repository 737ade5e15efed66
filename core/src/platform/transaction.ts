// One open transaction as a use case sees it: queries, the event log, the job queue, the access trail, the clock and who acts.

import type { Readable } from 'node:stream'
import { type Day, dayInZone } from '@payung/values'
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import type { Actor } from './actor.ts'
import { copyIn, copyOut } from './copy.ts'
import { builderOn } from './database.ts'
import type { Event, Subscribers } from './events.ts'
import { toJson } from './json.ts'
import type { DB } from './schema.ts'

export type Job = {
  readonly task: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly runAt?: Date /** A second job with the same key replaces the first. */
  readonly key?: string
}

/** `repeated`: the connection keeps the statement planned, for what hundreds of requests a second ask again with other values. Its text must be constant. */
export type How = { readonly repeated: boolean }

export type Tx = {
  /** The typed query builder, bound to this transaction. */
  readonly db: Omit<Kysely<DB>, 'transaction' | 'startTransaction' | 'connection' | 'destroy'>
  /** Kysely's template for raw SQL: sql`…`.execute(tx.db). */
  readonly sql: typeof sql
  /** A set statement as plain SQL with numbered values; gives its rows. */
  query<Row extends object>(text: string, values?: readonly unknown[], how?: How): Promise<Row[]>
  /** The same, when only the number of rows matters. */
  run(text: string, values?: readonly unknown[], how?: How): Promise<number>
  /** COPY … FROM STDIN: rows in, and how many there were. Not into tables with row security: into staging. */
  copyIn(statement: string, source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): Promise<number>
  /** COPY … TO STDOUT as a stream; read it to its end before the next query. */
  copyOut(statement: string): Readable
  /** Tells what happened: it is written to the event log at commit, and those who listen are called now. */
  emit(event: Event): Promise<void>
  /** A job that runs after the commit, and never when there is none. */
  enqueue(job: Job): void
  /** Notes in the access trail that the actor looks at this person's data (null: a list, with its filter in `detail`). */
  look(person: bigint | null, view: string, why: string, detail?: Readonly<Record<string, unknown>>): void
  /** The clock's instant at the beginning of the transaction. */
  readonly now: Date
  today(timeZone: string): Day
  readonly actor: Actor
}

export type OpenTransaction = {
  readonly tx: Tx /** Writes what was gathered: events, jobs, looks. */
  flush(): Promise<void> /** Forgets it. */
  forget(): void
}

type Look = { person: bigint | null; view: string; why: string; detail: Readonly<Record<string, unknown>> }

async function writeEvents(client: pg.PoolClient, events: readonly Event[], now: Date, actor: Actor): Promise<void> {
  await client.query(
    `insert into platform.event (at, kind, room, subject, actor, payload)
     select $1, kind, room, subject, $2, payload
     from unnest($3::text[], $4::text[], $5::text[], $6::jsonb[]) with ordinality as told (kind, room, subject, payload, place) order by place`,
    [
      now,
      actor.actorId,
      events.map(({ kind }) => kind),
      events.map(({ room }) => room),
      events.map(({ subject }) => subject),
      events.map(({ payload }) => toJson(payload)),
    ],
  )
}

async function writeJobs(client: pg.PoolClient, jobs: readonly Job[]): Promise<void> {
  await client.query(
    `select platform.enqueue(task, payload, run_at, job_key)
     from unnest($1::text[], $2::json[], $3::timestamptz[], $4::text[]) with ordinality as wanted (task, payload, run_at, job_key, place) order by place`,
    [
      jobs.map(({ task }) => task),
      jobs.map(({ payload }) => toJson(payload)),
      jobs.map(({ runAt }) => runAt ?? null),
      jobs.map(({ key }) => key ?? null),
    ],
  )
}

async function writeLooks(client: pg.PoolClient, looks: readonly Look[], now: Date, actor: Actor): Promise<void> {
  await client.query(
    `insert into platform.access_trail (at, actor, person_id, view, why, detail)
     select $1, $2, person, view, why, detail from unnest($3::bigint[], $4::text[], $5::text[], $6::jsonb[]) with ordinality as seen (person, view, why, detail, place) order by place`,
    [
      now,
      actor.actorId,
      looks.map(({ person }) => person),
      looks.map(({ view }) => view),
      looks.map(({ why }) => why),
      looks.map(({ detail }) => toJson(detail)),
    ],
  )
}

const names = new Map<string, string>()
/** A repeated statement has one name in this process, under which each connection keeps it. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `repeated-${names.size}`
  names.set(text, name)
  return name
}

const statement = (text: string, values: readonly unknown[], how: How | undefined): pg.QueryConfig => ({
  text,
  values: [...values],
  ...(how?.repeated ? { name: nameOf(text) } : {}),
})

/** The Tx over a connection whose transaction is open already. Events, jobs and looks are gathered and written by `flush` in one statement each. */
export function transactionOn(client: pg.PoolClient, now: Date, actor: Actor, subscribers: Subscribers): OpenTransaction {
  const events: Event[] = []
  const jobs: Job[] = []
  const looks: Look[] = []
  const tx: Tx = {
    db: builderOn(client),
    sql,
    query: async <Row extends object>(text: string, values: readonly unknown[] = [], how?: How) =>
      (await client.query<Row>(statement(text, values, how))).rows,
    run: async (text, values = [], how?: How) => (await client.query(statement(text, values, how))).rowCount ?? 0,
    copyIn: (statement, source) => copyIn(client, statement, source),
    copyOut: (statement) => copyOut(client, statement),
    emit: async (event) => {
      events.push(event)
      for (const subscriber of subscribers.of(event.kind)) await subscriber(tx, event)
    },
    enqueue: (job) => void jobs.push(job),
    look: (person, view, why, detail = {}) => void looks.push({ person, view, why, detail }),
    now,
    today: (timeZone) => dayInZone(now, timeZone),
    actor,
  }
  const forget = (): void => {
    for (const list of [events, jobs, looks]) list.length = 0
  }
  const flush = async (): Promise<void> => {
    if (events.length > 0) await writeEvents(client, events, now, actor)
    if (jobs.length > 0) await writeJobs(client, jobs)
    if (looks.length > 0) await writeLooks(client, looks, now, actor)
    forget()
  }
  return { tx, flush, forget }
}
