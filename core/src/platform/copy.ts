// COPY in and out of the database as streams: the quickest way in for large files, and the only one that needs no memory.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

/** Runs `copy … from stdin` with the pieces of `source`; gives the number of rows. An error leaves the transaction to be rolled back. */
export async function copyIn(
  client: pg.ClientBase,
  statement: string,
  source: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<number> {
  const target = client.query(copyFrom(statement))
  await pipeline(Readable.from(source, { objectMode: true }), target)
  return target.rowCount
}

/** Runs `copy … to stdout` and gives its bytes. The connection is busy until the stream has ended. */
export const copyOut = (client: pg.ClientBase, statement: string): Readable => client.query(copyTo(statement))

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One row in COPY's text format; null and undefined are NULL. */
export const copyRow = (values: readonly (string | number | bigint | boolean | null | undefined)[]): string =>
  `${values.map((value) => (value === null || value === undefined ? '\\N' : String(value).replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character))).join('\t')}\n`
