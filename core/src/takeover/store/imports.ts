// SQL of the folders that were taken over, and of the old numbers of organisations.
import type { Tx } from '../../platform/index.ts'

export type ImportState = 'checking' | 'taking' | 'done' | 'refused'
export type ImportRow = {
  readonly import_id: bigint
  readonly digest: Buffer
  readonly folder: string
  readonly state: ImportState
  readonly begun: Date
  readonly counts: Readonly<Record<string, string>>
}

export const findImport = async (tx: Tx, digest: Buffer): Promise<ImportRow | undefined> =>
  (await tx.query<ImportRow>('select * from takeover.import where digest = $1', [digest]))[0]

/** The import that has begun to write and has not ended. */
export const unfinishedImport = async (tx: Tx): Promise<ImportRow | undefined> =>
  (await tx.query<ImportRow>(`select * from takeover.import where state = 'taking'`))[0]

export const beginImport = async (tx: Tx, digest: Buffer, folder: string): Promise<ImportRow | undefined> =>
  (
    await tx.query<ImportRow>(
      `insert into takeover.import (digest, folder, state, begun) values ($1, $2, 'checking', $3)
       on conflict (digest) do update set folder = excluded.folder, state = 'checking', begun = excluded.begun, ended = null, counts = '{}' returning *`,
      [digest, folder, tx.now],
    )
  )[0]

export const setState = (tx: Tx, importId: bigint, state: ImportState, counts: Readonly<Record<string, string>> = {}): Promise<number> =>
  tx.run(
    `update takeover.import set state = $2, counts = $3, ended = case when $2 in ('done', 'refused') then $4::timestamptz end where import_id = $1`,
    [importId, state, JSON.stringify(counts), tx.now],
  )

/** Imports whose checking was given up: another folder came. Gives their digests. */
export const abandonChecking = async (tx: Tx, except: Buffer): Promise<Buffer[]> =>
  (
    await tx.query<{ digest: Buffer }>(
      `update takeover.import set state = 'refused', ended = $2 where state = 'checking' and digest <> $1 returning digest`,
      [except, tx.now],
    )
  ).map(({ digest }) => digest)

/** Needs `taken_organisation`, which the registry lays out. */
export const keepOrganisationNumbers = (tx: Tx): Promise<number> =>
  tx.run(
    'insert into takeover.organisation_number (old_number, organisation_id) select organisation, organisation_id from taken_organisation',
  )
