// The map of equal squares: one tile is one province, whatever its area. Columns and rows come from the API; the class of a tile is in the key.
import type { Region } from '@payung/api'
import { useTongue } from '../tongue.ts'

const bounds = [30, 45, 55, 65] as const

/** 1 to 5, from low to high; undefined where there is no rate. */
export function classOf(perHundred: string | null): number | undefined {
  if (perHundred === null) return undefined
  return 1 + bounds.filter((bound) => Number(perHundred) >= bound).length
}

export function TileMap({ regions, here }: { regions: readonly Region[]; here?: string }) {
  const { words, format, address } = useTongue()
  const [left, top] = [Math.min(...regions.map(({ tile }) => tile.column)), Math.min(...regions.map(({ tile }) => tile.row))]
  const columns = Math.max(...regions.map(({ tile }) => tile.column)) - left + 1
  const lower = [undefined, ...bounds]
  const label = (place: number): string => {
    const [from, to] = [lower[place], bounds[place]]
    if (from === undefined) return words.map.below(bounds[0])
    return to === undefined ? words.map.above(from) : `${from}–${to - 1}`
  }
  return (
    <>
      <div className="map" style={{ '--columns': columns } as React.CSSProperties}>
        {regions.map(({ code, name, shortName, tile, rate }) => (
          <a
            key={code}
            className={`class-${classOf(rate.perHundred) ?? 'none'}${code === here ? ' here' : ''}`}
            href={address('province', code)}
            aria-current={code === here ? 'page' : undefined}
            style={{ gridArea: `${tile.row - top + 1}/${tile.column - left + 1}` }}
          >
            <span>{shortName}</span>
            <b>{format.hundred(rate.perHundred)}</b>
            <span className="heard"> {words.map.of100(name)}</span>
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
