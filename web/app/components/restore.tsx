// What restores cover, or keeps it: an amount for named months by a day, or who else must act. Nothing when all is paid.
import type { PublicCover } from '@payung/api'
import { useTongue } from '../tongue.ts'
import type { Words } from '../words/index.ts'

/** Whether unpaid months end cover: a day is then known until which it lasts. Otherwise the employer pays benefits first. */
export const mayEnd = ({ programmes }: PublicCover): boolean =>
  programmes.some(({ state, coveredUntil }) => state === 'covered, contribution outstanding' && coveredUntil !== null)

/** Reasons why there never was cover: nothing begins again then. */
const notBegun = new Set(['never-paid', 'employer-unpaid', 'contract-not-begun', 'no-membership'])
/** Reasons that pass by themselves. */
const passing = new Set(['membership-not-begun', 'month-not-open', 'not-yet-paid'])

function titleOf(cover: PublicCover, { restore }: Words['cover']): string {
  // Nobody knows here why a membership ended: who died is not told to begin again.
  if (passing.has(cover.reason ?? '') || cover.reason === 'left') return restore.titleEmployer
  if (cover.answer === 'not covered') return notBegun.has(cover.reason ?? '') ? restore.titleFirst : restore.titleNot
  if (cover.answer === 'employer pays first') return restore.titleEmployer
  return mayEnd(cover) ? restore.titleStill : restore.titleUnpaid
}

export function Restore({ cover }: { cover: PublicCover }) {
  const { words, format } = useTongue()
  const { restore, reasons } = words.cover
  if (cover.answer === 'covered' && !cover.restore && !cover.reason) return null
  const why = cover.answer !== 'not covered' && cover.reason ? reasons[cover.reason] : undefined
  return (
    <section className="card stack">
      <h2 className="quieter">{titleOf(cover, words.cover)}</h2>
      {why ? <p>{why}</p> : null}
      {cover.restore ? (
        <>
          <p className="lead">
            <strong>{restore.pay(format.money(cover.restore.amount), format.months(cover.restore.months))}</strong>{' '}
            {cover.restore.by ? restore.by(format.day(cover.restore.by)) : null}
          </p>
          <p>{restore.how}</p>
        </>
      ) : (
        <p>{restore.others[cover.reason ?? ''] ?? restore.other}</p>
      )}
    </section>
  )
}
