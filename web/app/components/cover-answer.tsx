// The answer in one sentence with its colour and sign; then until when, why, what restores it, each programme, and the months.
import type { PublicCover } from '@payung/api'
import { formatMemberNumber } from '@payung/values'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import type { Words } from '../words/index.ts'
import { CoverProgrammes, CoverTrace } from './cover-programmes.tsx'
import { MonthStrips } from './month-strip.tsx'
import { mayEnd, Restore } from './restore.tsx'
import { StateSign, toneOf } from './state-sign.tsx'
import { Synthetic } from './synthetic.tsx'

/** A number that is mistyped has no answer, only a correction at the field. */
export type Answered = PublicCover & { answer: Exclude<PublicCover['answer'], 'mistyped number'> }
export const isAnswer = (cover: PublicCover): cover is Answered => cover.answer !== 'mistyped number'

export function CoverAnswer({ cover, scheme }: { cover: Answered; scheme: Scheme }) {
  const { words } = useTongue()
  const member = cover.answer !== 'unknown number'
  return (
    <>
      <Headline cover={cover} scheme={scheme} member={member} />
      {member ? (
        <>
          <Restore cover={cover} />
          <section className="stack">
            <h2 className="quieter">{words.cover.months.title}</h2>
            {cover.memberships.length > 0 ? <MonthStrips memberships={cover.memberships} /> : <p>{words.cover.months.none}</p>}
            <CoverTrace cover={cover} scheme={scheme} />
          </section>
        </>
      ) : null}
    </>
  )
}

function Headline({ cover, scheme, member }: { cover: Answered; scheme: Scheme; member: boolean }) {
  const { words, format } = useTongue()
  const day = cover.on === scheme.today ? null : format.day(cover.on)
  const tone = toneOf(cover.answer)
  const ahead = cover.on > scheme.today
  const asOf = `${words.cover.asOf(format.day(cover.on))}${scheme.demonstration && day === null ? ` (${words.cover.demonstrationDay})` : ''}`
  // Nothing is wrong on a day to come for which nobody has paid yet.
  const open = cover.reason === 'not-yet-paid'
  return (
    <section className={`answer stack ${member && !open ? tone : 'other'}`}>
      {scheme.demonstration ? <Synthetic when /> : null}
      {cover.memberNumber ? (
        <p className="quiet small">
          {words.cover.number(numberShown(cover.memberNumber))} · {asOf}
        </p>
      ) : null}
      <h1 className="answer-line">
        {member && !open ? (
          <span className={`state-${tone}`}>
            <StateSign tone={tone} size={40} />
          </span>
        ) : null}
        <span>{headlineOf(cover, ahead, day, words)}</span>
      </h1>
      <Lead cover={cover} ahead={ahead} />
      {cover.merged ? <p>{words.cover.merged}</p> : null}
      {member && cover.programmes.length > 0 && !(ahead && cover.answer !== 'covered') ? (
        <CoverProgrammes cover={cover} scheme={scheme} />
      ) : null}
    </section>
  )
}

function headlineOf({ answer, reason }: Answered, ahead: boolean, day: string | null, { cover }: Words): string {
  if (!ahead || day === null || (reason !== null && reason !== 'not-yet-paid')) return cover.headline[answer](day)
  return answer === 'covered' ? cover.ahead.covered(day) : cover.ahead.unpaid(day)
}

const numberShown = (number: string): string => (/^\d{11}$/.test(number) ? formatMemberNumber(number).replaceAll(' ', '\u00a0') : number)

function Lead({ cover, ahead }: { cover: Answered; ahead: boolean }) {
  const { words, format } = useTongue()
  const { lead, reasons, unknown } = words.cover
  // Of a day to come it is told how far the money reaches that was paid already.
  if (ahead && cover.reason === 'not-yet-paid')
    return cover.answer === 'not covered' && cover.since ? <p className="lead">{words.cover.ahead.ends(format.day(cover.since))}</p> : null
  const reason = cover.reason ? reasons[cover.reason] : undefined
  switch (cover.answer) {
    case 'covered':
      return (
        <p className="lead">
          {cover.until ? lead.until(format.day(cover.until)) : lead.openEnded} {lead.nothingToPay}
        </p>
      )
    case 'outstanding':
      return (
        <p className="lead">
          {cover.until ? lead.until(format.day(cover.until)) : null} {lead.outstanding}{' '}
          {mayEnd(cover) ? lead.mayEnd : lead.mayBecomeEmployers}
        </p>
      )
    case 'employer pays first':
      return <p className="lead">{lead.employer}</p>
    case 'not covered':
      return (
        <p className="lead">
          {cover.since ? lead.sinceNot(format.day(cover.since)) : null} {reason}{' '}
          {cover.begins ? lead.begins(format.day(cover.begins)) : null}
        </p>
      )
    case 'unknown number':
      return (
        <>
          <p className="lead">{unknown.lead}</p>
          <p>{unknown.next}</p>
        </>
      )
  }
}
