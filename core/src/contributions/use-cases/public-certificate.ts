// The public question "is this certificate genuine and in force?" (Permenaker 5/2021: the certificate is shown on the site). Which project, for
// which days, against what, and whether its first payment stands. Never a worker, an amount, or the name of a person who pays.
import type { PublicCertificate } from '@payung/api'
import type { Law } from '@payung/law'
import { addDays, type Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { certificateNumber, contractOfCertificate } from '../domain/contract-parts.ts'
import { askPublicCertificate, type PublicCertificateRow } from '../store/contract-parts.ts'

const nothing = (on: Day, answer: PublicCertificate['answer'], number: string | null): PublicCertificate => ({
  on,
  answer,
  number,
  name: null,
  payer: null,
  segment: null,
  from: null,
  lastDay: null,
  programmes: [],
  paidOn: null,
  revokedOn: null,
  addenda: 0,
  amendedOn: null,
})

function answerOn({ paid_on, from_day, until_day }: PublicCertificateRow, on: Day): PublicCertificate['answer'] {
  if (paid_on === null) return 'revoked'
  if (until_day <= on) return 'ended'
  return from_day > on ? 'not begun' : 'in force'
}

/** A contract that a person makes for himself bears his own affairs in its name: it is not told, whoever pays. */
function mayBeNamed({ pack }: Law, segment: string): boolean {
  const payer = pack.segments.find(({ code }) => code === segment)?.payer
  return pack.payerKinds.find(({ code }) => code === payer)?.holder === 'organisation'
}

/** Runs as the role `public`. A contract that never had a certificate is as unknown as one that does not exist. */
export async function publicCertificate(tx: Tx, law: Law, typed: string): Promise<PublicCertificate> {
  const on = tx.today(law.pack.timeZone)
  const contractId = contractOfCertificate(typed)
  if (contractId === undefined) return nothing(on, 'mistyped number', null)
  const number = certificateNumber(contractId)
  const row = await askPublicCertificate(tx, contractId)
  if (!row || (row.paid_on === null && row.revoked_on === null)) return nothing(on, 'unknown number', number)
  const named = mayBeNamed(law, row.segment)
  const insured = new Set(row.codes.flatMap((code) => law.pack.funds.find((fund) => fund.code === code)?.programmes ?? [code]))
  return {
    on,
    answer: answerOn(row, on),
    number,
    name: named ? row.name : null,
    payer: named ? row.payer : null,
    segment: row.segment,
    from: row.from_day,
    lastDay: addDays(row.until_day, -1),
    programmes: law.pack.programmes.flatMap(({ code }) => (insured.has(code) ? [code] : [])),
    paidOn: row.paid_on,
    revokedOn: row.paid_on === null ? row.revoked_on : null,
    addenda: row.addenda,
    amendedOn: row.amended_on,
  }
}
