// The map of equal squares: one tile is one province, whatever its area. Columns and rows come from the API; the class of a tile is in the key.
// Where the whole map is too narrow for its names, its western half stands above its eastern half.
import type { Region } from '@payung/api'
import { useTongue } from '../tongue.ts'

const bounds = [30, 45, 55, 65] as const

/** 1 to 5, from low to high; undefined where there is no rate. */
export function classOf(perHundred: string | null): number | undefined {
  if (perHundred === null) return undefined
  return 1 + bounds.filter((bound) => Number(perHundred) >= bound).length
}

/** A long name may break between syllables, where the tile is too narrow for it: before a consonant (ng and ny are one) that a vowel follows. */
const breakable = (name: string): string =>
  name.length > 6 ? name.replaceAll(/(?<=\p{L}{2})(?=(?:n[gy]|(?<!n)[gy]|[bcdfhj-np-tvwxz])[aeiou])/giu, '\u00ad') : name

/** Where each tile stands: `at` in the whole map, `narrow` in one half below the other, each half below a line with its name. */
function placesOf(regions: readonly Region[]) {
  const [left, top] = [Math.min(...regions.map(({ tile }) => tile.column)), Math.min(...regions.map(({ tile }) => tile.row))]
  const columns = Math.max(...regions.map(({ tile }) => tile.column)) - left + 1
  const half = Math.ceil(columns / 2)
  const west = Math.max(...regions.filter(({ tile }) => tile.column - left < half).map(({ tile }) => tile.row)) - top + 1
  const placeOf = ({ tile }: Region) => {
    const [column, row] = [tile.column - left, tile.row - top]
    return { '--at': `${row + 1}/${column + 1}`, '--narrow': `${row + 2 + (column < half ? 0 : west + 1)}/${(column % half) + 1}` }
  }
  return { columns, half, lines: [1, west + 2], placeOf }
}

export function TileMap({ regions, here }: { regions: readonly Region[]; here?: string }) {
  const { words, format, address } = useTongue()
  const { columns, half, lines, placeOf } = placesOf(regions)
  const lower = [undefined, ...bounds]
  const label = (place: number): string => {
    const [from, to] = [lower[place], bounds[place]]
    if (from === undefined) return words.map.below(bounds[0])
    return to === undefined ? words.map.above(from) : `${from}–${to - 1}`
  }
  return (
    <>
      <div className="map" style={{ '--columns': columns, '--half': half } as React.CSSProperties}>
        {lines.map((line, place) => (
          <span key={line} className="half" style={{ gridRow: line }} aria-hidden="true">
            {words.map.halves[place]}
          </span>
        ))}
        {regions.map((region) => (
          <a
            key={region.code}
            className={`class-${classOf(region.rate.perHundred) ?? 'none'}${region.code === here ? ' here' : ''}`}
            href={address('province', region.code)}
            aria-current={region.code === here ? 'page' : undefined}
            style={placeOf(region) as React.CSSProperties}
          >
            <span>{breakable(region.shortName)}</span>
            <b>{format.hundred(region.rate.perHundred)}</b>
            <span className="heard"> {words.map.of100(region.name)}</span>
          </a>
        ))}
      </div>
      <ul className="key plain">
        {lower.map((from, place) => (
          <li key={from ?? 'below'}>
            <i className={`class-${place + 1}`} />
            {label(place)}
          </li>
        ))}
        {regions.some(({ rate }) => rate.perHundred === null) ? (
          <li>
            <i className="class-none" />
            {words.map.none}
          </li>
        ) : null}
      </ul>
    </>
  )
}
