// The districts of a province with numerator, denominator and rate, lowest first. A hidden count has no rate.
import type { RegionDetail } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { DataTable } from './data-table.tsx'

type District = RegionDetail['districts'][number]

/** What is not told comes last. */
const rank = ({ perHundred }: District): number => (perHundred === null ? Number.POSITIVE_INFINITY : Number(perHundred))

export function DistrictTable({ detail }: { detail: RegionDetail }) {
  const { words, format } = useTongue()
  const sorted = [...detail.districts].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)) || a.name.localeCompare(b.name))
  const columns = [
    { key: 'district', head: words.table.district },
    { key: 'members', head: words.table.members, amount: true },
    { key: 'eligible', head: words.table.eligible, amount: true },
    { key: 'rate', head: words.table.rate, amount: true },
  ]
  const rows = sorted.map(({ code, name, members, eligible, perHundred }) => ({
    key: code,
    cells: [name, format.count(members), format.number(eligible), format.percent(perHundred)],
  }))
  return <DataTable caption={words.province.districtsCaption(format.day(detail.region.rate.asOf))} columns={columns} rows={rows} measured />
}
