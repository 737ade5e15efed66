// What is said of a certificate: whether it is in force, and what stands on it, to be compared with the paper.
import type { PublicCertificate } from '@payung/api'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import { Synthetic } from './synthetic.tsx'

/** A number that is mistyped has no answer, only a correction at the field. */
type Answered = PublicCertificate & { answer: Exclude<PublicCertificate['answer'], 'mistyped number'> }
export const isCertificate = (certificate: PublicCertificate): certificate is Answered => certificate.answer !== 'mistyped number'

type Props = { certificate: Answered; scheme: Scheme }

/** Green only ever means that somebody is covered: a certificate in force is good news in indigo. */
const looks: Partial<Record<Answered['answer'], { readonly look: string; readonly sign: string }>> = {
  'in force': { look: 'good', sign: 'm4 13 5 5L20 6' },
  revoked: { look: 'uncovered', sign: 'M5 12h14' },
}

export function CertificateAnswer({ certificate, scheme }: Props) {
  const { words, format, address } = useTongue()
  const { headline, asOf, compare, unnamed, worker, workerLink, how } = words.certificate
  const known = certificate.answer !== 'unknown number'
  const { look, sign } = looks[certificate.answer] ?? { look: 'other', sign: undefined }
  return (
    <>
      <section className={`answer stack ${look}`}>
        {scheme.demonstration ? <Synthetic when /> : null}
        <p className="quiet small">{asOf(format.day(certificate.on))}</p>
        <h1 className="answer-line">
          {sign ? (
            <span className={`state-${look}`}>
              <svg className="pictogram" viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
                <path d={sign} />
              </svg>
            </span>
          ) : null}
          <span>{headline[certificate.answer]}</span>
        </h1>
        <Lead certificate={certificate} />
        {known ? <Facts certificate={certificate} scheme={scheme} /> : null}
      </section>
      {known ? (
        <section className="stack">
          <p>{certificate.name ? compare : unnamed}</p>
          {certificate.answer === 'in force' ? (
            <p>
              {worker} <a href={address('check')}>{workerLink}</a>.
            </p>
          ) : null}
          <details>
            <summary>{words.cover.trace}</summary>
            <p>{how}</p>
          </details>
        </section>
      ) : null}
    </>
  )
}

function Lead({ certificate: { answer, from, lastDay, revokedOn } }: { certificate: Answered }) {
  const { words, format } = useTongue()
  const { inForce, begins, ended, revoked, unknown } = words.certificate
  const days = {
    'in force': lastDay && inForce(format.day(lastDay)),
    'not begun': from && begins(format.day(from)),
    ended: lastDay && ended(format.day(lastDay)),
    revoked: revokedOn && revoked(format.day(revokedOn)),
    'unknown number': unknown.lead,
  }
  return (
    <>
      <p className="lead">{days[answer]}</p>
      {answer === 'unknown number' ? <p>{unknown.next}</p> : null}
    </>
  )
}

function Facts({ certificate, scheme }: Props) {
  const { words, format, of } = useTongue()
  const said = words.certificate
  const { number, name, payer, segment, from, lastDay, programmes, paidOn, addenda, amendedOn } = certificate
  const named = (all: readonly { code: string; labels: Record<string, string> }[], code: string): string =>
    of(all.find((each) => each.code === code)?.labels ?? { '': code })
  const pairs = [
    [said.facts.number, number],
    [said.facts.name, name],
    [said.facts.payer, payer],
    [said.facts.segment, segment && named(scheme.segments, segment)],
    [said.facts.span, from && lastDay && said.span(format.day(from), format.day(lastDay))],
    [said.facts.programmes, format.list(programmes.map((code) => named(scheme.programmes, code)))],
    [said.facts.paid, paidOn ? said.paidOn(format.day(paidOn)) : said.unpaid],
    [said.facts.addenda, amendedOn ? said.addenda(addenda, format.day(amendedOn)) : said.noAddendum],
  ] as const
  return (
    <dl className="pairs">
      {pairs.map(([label, text]) =>
        text ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
