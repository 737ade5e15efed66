// Letters about premium contracts, to their payer: what an addendum costs more or gives back, or that it costs nothing; that the certificate
// is ready, and that it is not in force because its first payment went back.
import { addDays, type Day } from '@payung/values'
import type { ContractsCertified } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { LetterKind } from '../domain/kinds.ts'
import { tellBy } from '../domain/tell-by.ts'
import { addLetters, certificateTurns, findAddendumFacts, type NewLetter } from '../store/write-letters.ts'
import { bigOf, idIn, type LetterWriter, textOf, today } from './letter-writer.ts'

const kindOf = (difference: bigint): LetterKind =>
  difference === 0n ? 'contract-changed' : difference > 0n ? 'contract-supplement' : 'contract-refund'

/** An addendum that costs nothing more or less has no day by which it is to be told: the law speaks of surplus and shortage. */
export const contractAmended: LetterWriter = async (tx, law, event) => {
  const { difference, bill, nth, from, until } = event.payload
  const [contractId, amount, on] = [idIn(event), bigOf(difference), today(tx, law)]
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
    kind: kindOf(amount),
    cause: `addendum ${contractId} ${String(nth)}`,
    facts: amount > 0n ? { ...facts, ...owed } : facts,
    ...(amount === 0n ? {} : { amount: amount > 0n ? amount : -amount, tellBy: tellBy(law, on) }),
  }
  await addLetters(tx, [letter], on)
}

type Certified = ContractsCertified[number]

/** What is told of each contract, with how often its certificate was revoked before. */
async function withTurns(tx: Tx, contracts: ContractsCertified) {
  const known = new Map(
    (
      await certificateTurns(
        tx,
        contracts.map(({ contractId }) => contractId),
      )
    ).map((row) => [row.contractId, row]),
  )
  return contracts.map((contract) => {
    const turn = known.get(contract.contractId)
    if (!turn) throw new Error(`contract ${contract.contractId} covers no days and has a certificate`)
    return { ...contract, ...turn }
  })
}

const factsOf = ({ number, name, from, until }: Certified) => ({
  contract: name,
  certificate: number,
  firstDay: from,
  lastDay: addDays(until, -1),
})

/** Once for a contract, and once more each time its certificate comes into force again. */
export const contractsCertified: LetterWriter = async (tx, law, { detail }) => {
  const on = today(tx, law)
  const { certificateBy } = law.pack.rules
  const view = law.asPublishedBy(on).on(on)
  const letters = (await withTurns(tx, detail as ContractsCertified)).map((contract): NewLetter => {
    const by = certificateBy?.(view, contract.segment, on) ?? null
    return {
      payerId: contract.payerId,
      kind: 'certificate-ready',
      cause: `certificate ${contract.contractId} ${contract.turn}`,
      facts: factsOf(contract),
      tellBy: { aim: by, law: by },
    }
  })
  await addLetters(tx, letters, on)
}

/** The money of the first payment went back: what is to be paid so that the certificate is in force again. */
export const certificatesRevoked: LetterWriter = async (tx, law, { detail }) => {
  const on = today(tx, law)
  const letters = (await withTurns(tx, detail as ContractsCertified)).map(
    (contract): NewLetter => ({
      payerId: contract.payerId,
      kind: 'certificate-revoked',
      cause: `certificate ${contract.contractId} ${contract.turn + 1}`,
      amount: contract.amount,
      facts: { ...factsOf(contract), bill: contract.bill.toString(), revokedOn: on },
    }),
  )
  await addLetters(tx, letters, on)
}
