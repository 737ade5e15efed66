// What restores cover, or keeps it: an amount for named months by a day, or who else must act. Nothing when all is paid.
import type { PublicCover } from '@payung/api'
import { useTongue } from '../tongue.ts'

export function Restore({ cover }: { cover: PublicCover }) {
  const { words, format } = useTongue()
  const { restore, reasons } = words.cover
  if (cover.answer === 'covered' && !cover.restore && !cover.reason) return null
  const title = cover.answer === 'not covered' ? restore.titleNot : restore.titleStill
  const why = cover.answer !== 'not covered' && cover.reason ? reasons[cover.reason] : undefined
  return (
    <section className="card stack">
      <h2 className="quieter">{title}</h2>
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
