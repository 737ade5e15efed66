// Coverage of every province, and one province in detail.
import type { Region, RegionDetail } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { minimumWageIn } from '../domain/minimum-wage.ts'
import { coveredByProvince, registeredByProvince, type Snapshot, segmentsOf, statesOf } from '../domain/snapshot.ts'
import { partsOf, uncounted } from '../domain/suppress.ts'
import { readDistrictsOf } from '../read-store.ts'
import { moneyIn, rateAmong, rateOf, scaled } from './read-overview.ts'
import { readSnapshot } from './read-snapshot.ts'

export function regionsOf(snapshot: Snapshot): Region[] {
  const counts = coveredByProvince(snapshot)
  return snapshot.provinces.map((province, index) => ({
    code: province.code,
    name: province.name,
    shortName: province.short_name,
    tile: { column: province.tile_column ?? 0, row: province.tile_row ?? 0 },
    rate: rateOf(snapshot, counts[index] ?? uncounted, province.people, province.eligible),
  }))
}

export async function readRegions(tx: Tx, law: Law): Promise<Result<Region[]>> {
  return ok(regionsOf(await readSnapshot(tx, tx.today(law.pack.timeZone))))
}

export async function readRegion(tx: Tx, law: Law, code: string): Promise<Result<RegionDetail>> {
  const today = tx.today(law.pack.timeZone)
  const snapshot = await readSnapshot(tx, today)
  const region = regionsOf(snapshot).find((known) => known.code === code)
  const place = snapshot.provinces.findIndex((province) => province.code === code)
  if (!region)
    return refuse({
      code: 'not-found',
      rule: 'A province is named by its code.',
      data: { code },
      next: 'Look the code up in the list: /v1/public/regions.',
    })
  const districts = await readDistrictsOf(tx, snapshot.day, code)
  const counts = partsOf(
    districts.map(({ active }) => Number(active)),
    region.rate.covered,
  )
  const wage = minimumWageIn(law, code, today)
  return ok({
    region,
    registered: registeredByProvince(snapshot)[place] ?? uncounted,
    segments: segmentsOf(snapshot, law.pack, code),
    states: statesOf(snapshot, code, region.rate.covered),
    districts: districts.map(({ code, name, kind, ...district }, index) => {
      const members = (snapshot.counted ? counts[index] : undefined) ?? uncounted
      const eligible = scaled(snapshot, district.eligible)
      const people = scaled(snapshot, district.people)
      return { code, name, kind, eligible: Number(eligible), people: Number(people), members, perHundred: rateAmong(members, eligible) }
    }),
    minimumWage: wage && { amount: moneyIn(law)(wage.amount), from: wage.from, act: wage.act, status: wage.status },
  })
}
