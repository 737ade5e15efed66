// Letters about premium contracts, to their payer: what an addendum costs more or gives back, and that the certificate is ready.
import { addDays, type Day } from '@payung/values'
import type { ContractsCertified } from '../../contributions/index.ts'
import { tellBy } from '../domain/tell-by.ts'
import { addLetters, findAddendumFacts, type NewLetter } from '../store/write-letters.ts'
import { bigOf, idIn, type LetterWriter, textOf, today } from './letter-writer.ts'

/** An addendum that moves nothing but dates costs nothing, and is not told. */
export const contractAmended: LetterWriter = async (tx, law, event) => {
  const { difference, bill, nth, from, until } = event.payload
  const [contractId, amount, on] = [idIn(event), bigOf(difference), today(tx, law)]
  if (amount === 0n) return
  const found = await findAddendumFacts(tx, contractId, bill === null ? null : bigOf(bill))
  if (!found) throw new Error(`contract ${contractId} was amended and is not there`)
  const facts = {
    contract: found.name,
    firstDay: textOf(from),
    lastDay: addDays(until as Day, -1),
    bill: found.bill?.toString(),
  }
  const owed = found.paidOn === null ? { unpaid: 'yes', due: found.due ?? undefined } : { paidOn: found.paidOn }
  const letter: NewLetter = {
    payerId: contractId >> 20n,
    kind: amount > 0n ? 'contract-supplement' : 'contract-refund',
    cause: `addendum ${contractId} ${String(nth)}`,
    amount: amount > 0n ? amount : -amount,
    facts: amount > 0n ? { ...facts, ...owed } : facts,
    tellBy: tellBy(law, on),
  }
  await addLetters(tx, [letter], on)
}

/** Once for a contract, also where its first payment was taken back and came again. */
export const contractsCertified: LetterWriter = (tx, law, { detail }) => {
  const on = today(tx, law)
  const { certificateBy } = law.pack.rules
  const view = law.asPublishedBy(on).on(on)
  const letters = (detail as ContractsCertified).map(({ payerId, contractId, number, name, segment, from, until }): NewLetter => {
    const by = certificateBy?.(view, segment, on) ?? null
    return {
      payerId,
      kind: 'certificate-ready',
      cause: `certificate ${contractId}`,
      facts: { contract: name, certificate: number, firstDay: from, lastDay: addDays(until, -1) },
      tellBy: { aim: by, law: by },
    }
  })
  return addLetters(tx, letters, on)
}
