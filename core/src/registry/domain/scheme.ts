// Regions and offices of a scheme, from the data files of its pack. The offices are the demonstration's: one head office and one
// branch for each province, serving its districts; the real ones are not published as a list.
import type { CsvFile } from './csv.ts'

export type Region = {
  readonly code: string
  readonly parent: string | null
  readonly level: 'province' | 'district'
  readonly kind: string
  readonly name: string
  readonly shortName: string
  readonly male: bigint | null
  readonly female: bigint | null
  readonly tile: { readonly column: number; readonly row: number } | null
}
export type Office = {
  readonly officeId: number
  readonly kind: 'head' | 'branch'
  readonly name: string
  readonly parentId: number | null
  readonly districts: readonly string[]
}

/** Sees all; a handler that must see a payer whole acts for it. */
export const headOffice = 1

const count = (text: string | undefined): bigint | null => (text !== undefined && /^\d+$/.test(text) ? BigInt(text) : null)

/** "Kabupaten Sleman" of the kind "kabupaten" is "Sleman": the kind is shown beside it. */
const withoutKind = (name: string, kind: string): string =>
  name.toLowerCase().startsWith(`${kind.toLowerCase()} `) ? name.slice(kind.length + 1) : name

export type RegionFiles = { readonly provinces: CsvFile; readonly districts: CsvFile; readonly tiles: CsvFile }

/** Provinces first. A province's short name is the one that its tile shows. */
export function regionsOf({ provinces, districts, tiles }: RegionFiles): Region[] {
  const tileOf = new Map(tiles.rows.map(({ cells }) => [cells.province_code, cells]))
  const ofProvinces = provinces.rows.map(({ cells }): Region => {
    const tile = tileOf.get(cells.code)
    return {
      code: cells.code ?? '',
      parent: null,
      level: 'province',
      kind: 'province',
      name: cells.name ?? '',
      shortName: tile?.short_name ?? tile?.iso_3166_2?.split('-')[1] ?? cells.code ?? '',
      male: count(cells.population_male),
      female: count(cells.population_female),
      tile: tile ? { column: Number(tile.column), row: Number(tile.row) } : null,
    }
  })
  const ofDistricts = districts.rows.map(({ cells }): Region => {
    const [name, kind] = [cells.name ?? '', cells.kind ?? 'district']
    return {
      code: cells.code ?? '',
      parent: cells.province_code ?? null,
      level: 'district',
      kind,
      name,
      shortName: withoutKind(name, kind),
      male: count(cells.population_male),
      female: count(cells.population_female),
      tile: null,
    }
  })
  return [...ofProvinces, ...ofDistricts]
}

export function officesOf(regions: readonly Region[]): Office[] {
  const provinces = regions.filter(({ level }) => level === 'province')
  const branches = provinces.map(
    ({ code, name }, place): Office => ({
      officeId: headOffice + 1 + place,
      kind: 'branch',
      name: `${name} (demonstration)`,
      parentId: headOffice,
      districts: regions.filter(({ parent }) => parent === code).map((region) => region.code),
    }),
  )
  return [{ officeId: headOffice, kind: 'head', name: 'Head office (demonstration)', parentId: null, districts: [] }, ...branches]
}
