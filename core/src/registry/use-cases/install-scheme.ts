// Installs the regions and offices of a country pack. Run again, it brings names and figures up to date and adds what is new.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Pack } from '@payung/law'
import type { Tx } from '../../platform/index.ts'
import { readCsv } from '../domain/csv.ts'
import { officesOf, type RegionFiles, regionsOf } from '../domain/scheme.ts'
import { addOffices, putRegions } from '../scheme-store.ts'

/** Reads the pack's lists of regions: data/provinces.csv, data/districts.csv and data/province_tiles.csv. */
export async function readRegionFiles(pack: Pack): Promise<RegionFiles> {
  const read = async (name: string) => readCsv(await readFile(path.join(pack.folder, 'data', name), 'utf8'))
  const [provinces, districts, tiles] = await Promise.all([read('provinces.csv'), read('districts.csv'), read('province_tiles.csv')])
  return { provinces, districts, tiles }
}

export type Installed = { readonly regions: number; readonly offices: number }

/** Files are read before the transaction (`readRegionFiles`). `offices` counts those added. */
export async function installScheme(tx: Tx, pack: Pack, files: RegionFiles): Promise<Installed> {
  const regions = regionsOf(files)
  await putRegions(tx, regions)
  const offices = await addOffices(tx, officesOf(regions), pack.start)
  await tx.emit({
    kind: 'scheme-installed',
    room: 'registry',
    subject: `scheme:${pack.code}`,
    payload: { regions: regions.length, offices },
  })
  return { regions: regions.length, offices }
}
