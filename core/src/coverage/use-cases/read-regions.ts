// Coverage of every province, and one province in detail.
import type { Region, RegionDetail } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, refuse, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { minimumWageIn } from '../domain/minimum-wage.ts'
import { coveredByProvince, segmentsOf, type Snapshot, statesOf } from '../domain/snapshot.ts'
import { countsOf } from '../domain/suppress.ts'
import { readDistrictsOf } from '../read-store.ts'
import { moneyIn, rateOf } from './read-overview.ts'
import { readSnapshot } from './read-snapshot.ts'

export function regionsOf(snapshot: Snapshot): Region[] {
  const counts = coveredByProvince(snapshot)
  return snapshot.provinces.map((province, index) => ({
    code: province.code, name: province.name, shortName: province.short_name, tile: { column: province.tile_column ?? 0, row: province.tile_row ?? 0 },
    rate: rateOf(snapshot, counts[index] ?? { value: 0, suppressed: false }, province.people, province.eligible),
  }))
}

export async function readRegions(tx: Tx, law: Law): Promise<Result<Region[]>> {
  const read = await readSnapshot(tx, tx.today(law.pack.timeZone))
  return read.ok ? ok(regionsOf(read.value)) : read
}

export async function readRegion(tx: Tx, law: Law, code: string): Promise<Result<RegionDetail>> {
  const today = tx.today(law.pack.timeZone)
  const read = await readSnapshot(tx, today)
  if (!read.ok) return read
  const snapshot = read.value
  const region = regionsOf(snapshot).find((known) => known.code === code)
  if (!region) return refuse({ code: 'not-found', rule: 'A province is named by its code.', data: { code }, next: 'Look the code up in the list: /v1/public/regions.' })
  const districts = await readDistrictsOf(tx, snapshot.day, code)
  const members = countsOf(districts.map(({ active }) => Number(active)))
  const wage = minimumWageIn(law, code, today)
  return ok({
    region,
    registered: Number(snapshot.provinces.find((province) => province.code === code)?.registered ?? 0n),
    segments: segmentsOf(snapshot, law.pack, code),
    states: statesOf(snapshot, code),
    districts: districts.map((district, index) => ({
      code: district.code, name: district.name, kind: district.kind, eligible: Number(district.eligible), people: Number(district.people), members: members[index] ?? { value: 0, suppressed: false },
    })),
    minimumWage: wage && { amount: moneyIn(law)(wage.amount), from: wage.from, act: wage.act, status: wage.status },
  })
}
