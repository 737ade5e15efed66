// Reads a country pack from its folder: pack.yaml, parameters/**.yaml and rules/index.ts. Any mistake is a PackError.
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isDay } from '@payung/values'
import { parse } from 'yaml'
import { readCsv } from './csv.ts'
import { faultOf } from './facts.ts'
import { PackError } from './pack-error.ts'
import { readParameterFile } from './parameter-file.ts'
import type {
  Entry,
  FactInfo,
  FundInfo,
  Pack,
  PackRules,
  ParameterInfo,
  PayerKindInfo,
  ProgrammeInfo,
  SegmentInfo,
  Words,
} from './types.ts'

/** What pack.yaml holds, as written. */
type PackFile = {
  code: string
  labels: Words
  currency: Pack['currency']
  timeZone: string
  languages: string[]
  shares: string[]
  start: string
  programmes: ProgrammeInfo[]
  segments: SegmentInfo[]
  payerKinds: PayerKindInfo[]
  funds: FundInfo[]
  facts: FactInfo[]
}

const wanted = [
  'code',
  'labels',
  'currency',
  'timeZone',
  'languages',
  'shares',
  'start',
  'programmes',
  'segments',
  'payerKinds',
  'funds',
  'facts',
] as const
const lists = {
  programmes: ['code', 'labels', 'sentence', 'pictogram', 'savings', 'splitOnly'],
  segments: ['code', 'labels', 'sentence', 'assessed', 'pictogram', 'base', 'payer', 'programmes'],
  payerKinds: ['code', 'labels', 'settlement', 'holder'],
  funds: ['code', 'programmes', 'labels', 'savings'],
  facts: ['code', 'type', 'labels', 'profile'],
} as const

/** The folder of a pack that ships with this package, by name, or the folder itself when a path is given. */
export const packFolder = (name: string): string =>
  /[/\\]/.test(name) ? name : join(dirname(dirname(fileURLToPath(import.meta.url))), name)

async function readPackFile(folder: string): Promise<PackFile> {
  const file = join(folder, 'pack.yaml')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PackError('there is no pack.yaml', { file })
  })
  const data: unknown = parse(text)
  if (typeof data !== 'object' || data === null) throw new PackError('is empty', { file })
  for (const key of wanted) if (!(key in data)) throw new PackError(`"${key}" is missing`, { file })
  for (const key of Object.keys(data))
    if (!wanted.some((known) => known === key)) throw new PackError(`"${key}" is not a key of a pack`, { file })
  const pack = data as PackFile
  if (!isDay(pack.start)) throw new PackError('"start" is not a day', { file })
  for (const [list, keys] of Object.entries(lists)) {
    const seen = new Set<string>()
    for (const item of pack[list as keyof typeof lists]) {
      const record: Readonly<Record<string, unknown>> = item
      for (const key of keys) if (record[key] === undefined) throw new PackError(`${list} ${item.code}: "${key}" is missing`, { file })
      if (seen.has(item.code)) throw new PackError(`${list} ${item.code} stands twice`, { file })
      seen.add(item.code)
    }
  }
  checkReferences(pack, file)
  return pack
}

function checkReferences(pack: PackFile, file: string): void {
  const codes = (list: readonly { code: string }[]): Set<string> => new Set(list.map(({ code }) => code))
  const programmes = codes(pack.programmes)
  const bookable = new Set([...programmes, ...codes(pack.funds)])
  const check = (known: Set<string>, code: string, where: string): void => {
    if (!known.has(code)) throw new PackError(`${where} names "${code}", which is not declared`, { file })
  }
  for (const segment of pack.segments) {
    check(codes(pack.payerKinds), segment.payer, `segment ${segment.code}`)
    for (const code of segment.base) check(codes(pack.facts), code, `segment ${segment.code}`)
    for (const code of segment.programmes) check(bookable, code, `segment ${segment.code}`)
    if (segment.assessed === 'monthly' && segment.base.length !== 1)
      throw new PackError(`segment ${segment.code} is monthly and needs exactly one base`, { file })
  }
  for (const fact of pack.facts) {
    const fault = fact.default === undefined ? undefined : faultOf(pack, fact, fact.default)
    if (fault !== undefined) throw new PackError(`the default "${fact.default}" of fact ${fact.code} ${fault}: correct it`, { file })
  }
  for (const fund of pack.funds) for (const code of fund.programmes) check(programmes, code, `fund ${fund.code}`)
  for (const fact of pack.facts) for (const code of fact.segments ?? []) check(codes(pack.segments), code, `fact ${fact.code}`)
}

async function readParameters(folder: string): Promise<{ entries: Entry[]; parameters: ParameterInfo[] }> {
  const root = join(folder, 'parameters')
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort()
  const entries: Entry[] = []
  const parameters: ParameterInfo[] = []
  for (const name of files) {
    const file = join(root, name)
    const read = readParameterFile(file, await readFile(file, 'utf8'))
    const earlier = parameters.find((parameter) => parameter.name === read.parameter.name)
    if (earlier) throw new PackError(`is already read from ${earlier.file}`, { file, parameter: read.parameter.name })
    parameters.push({ ...read.parameter, file: relative(folder, file) })
    entries.push(...read.entries)
  }
  for (const entry of entries) {
    if (
      entry.corrects !== undefined &&
      !entries.some(({ digest, parameter }) => digest === entry.corrects && parameter === entry.parameter)
    ) {
      throw new PackError(`the entry of ${entry.from} corrects ${entry.corrects}, which is no entry of it`, {
        file: parameters.find(({ name }) => name === entry.parameter)?.file ?? root,
        parameter: entry.parameter,
      })
    }
  }
  return { entries, parameters }
}

/** The tables of the data folder; a pack may have none. */
async function readTables(folder: string): Promise<Pack['tables']> {
  const files = (await readdir(join(folder, 'data')).catch(() => [])).filter((name) => name.endsWith('.csv')).sort()
  return Object.fromEntries(
    await Promise.all(
      files.map(async (name) => [basename(name, '.csv'), readCsv(await readFile(join(folder, 'data', name), 'utf8'))] as const),
    ),
  )
}

/**
 * Reads a pack by name ("indonesia") or by folder.
 * @throws PackError naming file, line, parameter and what is missing.
 */
export async function loadPack(name: string): Promise<Pack> {
  const folder = packFolder(name)
  const file = await readPackFile(folder)
  const { entries, parameters } = await readParameters(folder)
  const module: { rules?: PackRules } = await import(pathToFileURL(join(folder, 'rules', 'index.ts')).href)
  if (!module.rules) throw new PackError('does not export "rules"', { file: join(folder, 'rules', 'index.ts') })
  const { start, ...declared } = file
  if (!isDay(start)) throw new PackError('"start" is not a day', { file: join(folder, 'pack.yaml') })
  return { ...declared, start, entries, parameters, rules: module.rules, tables: await readTables(folder), folder }
}
