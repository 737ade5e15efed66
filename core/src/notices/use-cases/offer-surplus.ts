// Offers a payer the money that waits for it for the next months, by a letter, where no event wrote one: what a shortage left behind, what came
// back from elsewhere. Until such a letter was told and refused, nothing is paid back (PP 44/2015 art 23).
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { billingBy, readAccounts } from '../../payments/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { Payer } from '../../registry/index.ts'
import type { Letter } from '../domain/letter.ts'
import { tellBy } from '../domain/tell-by.ts'
import { lettersOfPayer } from '../store/read-letters.ts'
import { addLetters } from '../store/write-letters.ts'
import { today } from './letter-writer.ts'
import { offsetFirst } from './write-letters.ts'

/** The letter, or why nothing is offered. Asked again on the same day for the same money it is the same letter. */
export async function offerSurplus(tx: Tx, law: Law, payer: Payer): Promise<Result<Letter>> {
  const { payerId, kind } = payer
  const on = today(tx, law)
  const data = { payerId: payerId.toString(), payerKind: kind }
  if (!offsetFirst(law, on).includes(kind))
    return refuse({
      code: 'no-offset',
      rule: 'Only to payers whose rule says so is a surplus offered for the next months.',
      data,
      next: 'Ask for the refund by the rule of this kind of payer.',
    })
  const account = (await readAccounts(tx, billingBy(law), [payer], () => false)).get(payerId)
  const [credit, outstanding] = [account?.credit ?? 0n, account?.outstanding ?? 0n]
  if (outstanding > 0n)
    return refuse({
      code: 'debt-first',
      rule: 'Money pays what is owed before it is offered for the next months.',
      data: { ...data, outstanding: outstanding.toString() },
      next: 'Wait until the open bills are paid.',
    })
  if (credit <= 0n)
    return refuse({ code: 'no-surplus', rule: 'Only money that waits is offered.', data, next: 'Look at the account of the payer.' })
  const cause = `offer ${on} ${credit}`
  await addLetters(tx, [{ payerId, kind: 'surplus', cause, amount: credit, facts: {}, tellBy: tellBy(law, on) }], on)
  const letter = (await lettersOfPayer(tx, payerId, 20)).find((each) => each.kind === 'surplus' && each.writtenOn === on)
  if (!letter) throw new Error(`the offer to payer ${payerId} was not written`)
  await tx.emit({ kind: 'surplus-offered', room: 'notices', subject: `letter:${letter.letterId}`, payload: { payerId, amount: credit } })
  return ok(letter)
}
