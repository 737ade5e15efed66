// Reads a block of a file, checks its rows and copies the good ones into staging. Identity numbers are encrypted and hashed here while the
// database takes in what came before, so that they never lie in the database as they are.
import type { Pack } from '@payung/law'
import { type Day, type Month, ok, type Refusal } from '@payung/values'
import { type Caller, copyRow, inTransaction, type Platform, type Tx } from '../../platform/index.ts'
import { drawIds } from '../../registry/index.ts'
import { checks, type RowContext, type StagedValue } from '../domain/check-row.ts'
import type { FolderFile } from '../folder.ts'
import { readPieces, type TextRecord } from '../read-records.ts'
import { addFaults, copyRows, type Fault } from '../store/staging.ts'

export type Staging = {
  readonly platform: Platform
  readonly caller: Caller
  readonly pack: Pack
  readonly today: Day
  readonly furthestPaid: Month
  readonly regions: ReadonlySet<string>
  readonly districts: ReadonlySet<string>
}
/** Where a block begins, and how many rows were good before it. */
export type Mark = { readonly next: number; readonly line: number; readonly place: number }

/** More mistakes than this help nobody; reading goes on only to the end of the block. */
export const mostFaults = 100_000

const faultOf = (file: string, line: number, { data, rule, next }: Refusal): Fault => ({
  file,
  line,
  column: data.column ?? '',
  value: data.given ?? '',
  reason: rule,
  next,
})

function unreadable(file: string, { line, cells }: TextRecord, columns: readonly string[]): Fault | undefined {
  const wrong = (column: string, reason: string, next: string): Fault => ({ file, line, column, value: '', reason, next })
  if (cells.length !== columns.length)
    return wrong('', `The row has ${cells.length} cells, the first line ${columns.length}.`, 'Quote cells that hold the separator.')
  const place = cells.findIndex((cell) => cell.includes('\ufffd') || cell.includes('\u0000'))
  return place < 0 ? undefined : wrong(columns[place] ?? '', 'The cell is not written in UTF-8.', 'Save the file in UTF-8.')
}

async function drawPersons({ platform, caller }: Staging, count: number): Promise<bigint[]> {
  const drawn = await inTransaction(platform, caller, { name: 'draw-numbers', input: count }, async (tx, many) =>
    ok(await drawIds(tx, 'person_id', many)),
  )
  return drawn.ok ? drawn.value : []
}

/** Stages up to about `bytes` of the file from a mark on; gives the mark after it. */
export async function stageBlock(tx: Tx, staging: Staging, file: FolderFile, from: Mark, bytes: number): Promise<Mark> {
  const { name, head } = file
  const faults: Fault[] = []
  let mark: Mark = from
  let ids: bigint[] = []
  let current: readonly string[] = []
  const position = new Map(head.columns.map((column, place) => [column, place]))
  const cells = (column: string): string => current[position.get(column) ?? -1] ?? ''
  const context: RowContext = {
    ...staging,
    encryption: staging.platform.encryption,
    isRegion: (code) => staging.regions.has(code),
    isDistrict: (code) => staging.districts.has(code),
    nextPerson: () => {
      const id = ids.pop()
      if (id === undefined) throw new Error('no number was drawn for a person')
      return id
    },
  }
  const checked = (record: TextRecord): readonly StagedValue[] | undefined => {
    const strange = unreadable(`${name}.csv`, record, head.columns)
    current = record.cells
    const result = strange ? undefined : checks[name](context, cells, head.columns)
    if (result?.ok) return result.value
    if (faults.length < mostFaults) faults.push(strange ?? faultOf(`${name}.csv`, record.line, (result as { refusal: Refusal }).refusal))
    return undefined
  }
  async function* rows(): AsyncGenerator<string> {
    for await (const { records, next, line } of readPieces(file.path, head, from, bytes)) {
      if (name === 'persons') ids = (await drawPersons(staging, records.length)).reverse()
      let place = mark.place
      const text: string[] = []
      for (const record of records) {
        const values = checked(record)
        if (values) text.push(copyRow([++place, record.line, ...values]))
      }
      mark = { next, line, place }
      if (text.length > 0) yield text.join('')
    }
  }
  await copyRows(tx, name, rows())
  if (faults.length > 0) await addFaults(tx, faults)
  return mark
}
