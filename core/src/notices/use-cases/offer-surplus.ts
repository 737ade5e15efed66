// Offers a payer the money that waits for it for the next months, by a letter, where no event wrote one: what a shortage left behind, what came
// back from elsewhere. Until such a letter was told and refused, nothing is paid back (PP 44/2015 art 23).
import type { Law } from '@payung/law'
import { type Day, ok, type Refusal, type Result, refuse } from '@payung/values'
import { waitsSince } from '../../ledger/index.ts'
import { billingBy, readAccounts } from '../../payments/index.ts'
import type { Tx } from '../../platform/index.ts'
import { closings, moneyAccount, type Payer } from '../../registry/index.ts'
import { offersOfOffset } from '../domain/kinds.ts'
import type { Letter } from '../domain/letter.ts'
import { tellBy } from '../domain/tell-by.ts'
import { lettersOfPayer } from '../store/read-letters.ts'
import { addLetters } from '../store/write-letters.ts'
import { today } from './letter-writer.ts'
import { offsetFirst } from './write-letters.ts'

/**
 * The letter, or why nothing is offered. Money that a letter has offered already, since it began to wait, is not offered again: the answer is
 * that letter, and what the payer said to it holds.
 */
export async function offerSurplus(tx: Tx, law: Law, payer: Payer): Promise<Result<Letter>> {
  const { payerId, kind } = payer
  const on = today(tx, law)
  const account = (await readAccounts(tx, billingBy(law), [payer], () => false)).get(payerId)
  const credit = account?.credit ?? 0n
  const closedOn = (await closings(tx, [payerId])).get(payerId) ?? null
  const refusal = refuseOffer({
    payer,
    offset: offsetFirst(law, on).includes(kind),
    outstanding: account?.outstanding ?? 0n,
    credit,
    closedOn,
  })
  if (refusal) return refuse(refusal)
  const since = await waitsSince(tx, payerId, moneyAccount(payer))
  const offered = (letter: Letter): boolean =>
    offersOfOffset.includes(letter.kind) && letter.writtenOn >= (since ?? on) && (letter.amount ?? 0n) >= credit
  const find = async (): Promise<Letter | undefined> => (await lettersOfPayer(tx, payerId, 500)).find(offered)
  const known = await find()
  if (known) return ok(known)
  const written = await addLetters(
    tx,
    [{ payerId, kind: 'surplus', cause: `offer ${on} ${credit}`, amount: credit, facts: {}, tellBy: tellBy(law, on) }],
    on,
  )
  const letter = await find()
  if (!letter) throw new Error(`the offer to payer ${payerId} was not written`)
  // Two who offer at the same moment write one letter, which is told once.
  if (written > 0)
    await tx.emit({ kind: 'surplus-offered', room: 'notices', subject: `letter:${letter.letterId}`, payload: { payerId, amount: credit } })
  return ok(letter)
}

type Offer = {
  readonly payer: Payer
  /** Whether the rule of this kind of payer offers the next months first. */
  readonly offset: boolean
  readonly outstanding: bigint
  readonly credit: bigint
  readonly closedOn: Day | null
}

/** The first thing that forbids an offer, in a fixed order. */
function refuseOffer({ payer: { payerId, kind }, offset, outstanding, credit, closedOn }: Offer): Refusal | undefined {
  const data = { payerId: payerId.toString(), payerKind: kind }
  if (!offset)
    return {
      code: 'no-offset',
      rule: 'Only to payers whose rule says so is a surplus offered for the next months.',
      data,
      next: 'Ask for the refund by the rule of this kind of payer.',
    }
  if (closedOn !== null)
    return {
      code: 'payer-closed',
      rule: 'A closed employer has no next months; what is left of its money is moved after it was opened again.',
      data: { ...data, closedOn },
      next: 'Ask that it is opened again: payung requests reopen.',
    }
  if (outstanding > 0n)
    return {
      code: 'debt-first',
      rule: 'Money pays what is owed before it is offered for the next months.',
      data: { ...data, outstanding: outstanding.toString() },
      next: 'Wait until the open bills are paid.',
    }
  if (credit <= 0n)
    return { code: 'no-surplus', rule: 'Only money that waits is offered.', data, next: 'Look at the account of the payer.' }
  return undefined
}
