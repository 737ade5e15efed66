// Opens a folder that is to be taken over: its files with their heads, what it tells of itself, and a digest of it all.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Pack } from '@payung/law'
import { ok, type Refusal, type Result, refuse } from '@payung/values'
import { readCsv } from '../registry/index.ts'
import { type FileInfo, type FileName, factOf, files } from './domain/dictionary.ts'
import { readTotals, type Totals } from './domain/totals.ts'
import { type Head, readHead } from './read-records.ts'

export type FolderFile = { readonly name: FileName; readonly path: string; readonly head: Head }
export type Folder = { readonly path: string; readonly files: readonly FolderFile[]; readonly totals: Totals; readonly digest: Buffer }

const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })
const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

function checkHead(pack: Pack, { name, columns, facts }: FileInfo, head: Head | undefined): Refusal | undefined {
  const file = `${name}.csv`
  const wanted = columns.filter(({ required }) => required).map((column) => column.name)
  const missing = wanted.filter((column) => !head?.columns.includes(column))
  const isFact = (column: string): boolean => facts && pack.facts.some(({ code, derived }) => code === factOf(column) && !derived)
  const unknown = (head?.columns ?? []).filter(
    (column, place, all) => all.indexOf(column) !== place || !(isFact(column) || columns.some((known) => known.name === column)),
  )
  if (missing.length === 0 && unknown.length === 0) return undefined
  return {
    code: 'wrong-columns',
    rule: 'The first line of a file names its columns, each once and only those of the dictionary.',
    data: {
      file,
      ...(missing.length > 0 ? { missing: missing.join(', ') } : {}),
      ...(unknown.length > 0 ? { unknown: unknown.join(', ') } : {}),
    },
    next: 'See: payung import --dictionary',
  }
}

async function addToDigest(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
  hash.update(`${path.basename(file)}\n`)
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part as Buffer)
}

export async function openFolder(pack: Pack, folder: string): Promise<Result<Folder>> {
  if (!(await isThere(folder))) return no('folder-missing', `There is no folder ${folder}.`, { folder }, 'Check its name.')
  const found: FolderFile[] = []
  for (const info of files) {
    const file = path.join(folder, `${info.name}.csv`)
    if (!(await isThere(file))) {
      if (info.required)
        return no(
          'file-missing',
          `The folder has no file ${info.name}.csv, which is needed.`,
          { folder },
          'See: payung import --dictionary',
        )
      continue
    }
    const head = await readHead(file)
    const wrong = checkHead(pack, info, head)
    if (wrong) return refuse(wrong)
    if (head) found.push({ name: info.name, path: file, head })
  }
  const totalsFile = path.join(folder, 'totals.csv')
  const text = await readFile(totalsFile, 'utf8').catch(() => undefined)
  if (text === undefined)
    return no(
      'file-missing',
      'The folder has no file totals.csv, with what the system before counted.',
      { folder },
      'See: payung import --dictionary',
    )
  const totals = readTotals(
    readCsv(text).rows,
    found.map(({ name }) => name),
  )
  if (!totals.ok) return totals
  const hash = createHash('sha256')
  for (const file of [...found.map((each) => each.path), totalsFile]) await addToDigest(hash, file)
  return ok({ path: folder, files: found, totals: totals.value, digest: hash.digest() })
}
