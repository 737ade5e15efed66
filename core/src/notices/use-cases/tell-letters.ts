// Notes that many letters were told at once: a run of the printing house, or a night of e-mails. All that were written by a day and are not
// told yet, by one statement however many there are; done twice, the second finds none.
import type { Law } from '@payung/law'
import { type Day, isDay, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { offersOfOffset } from '../domain/kinds.ts'
import { addTellings } from '../store/read-letters.ts'

export type ToldTogether = { readonly how: string; readonly through?: string }

/** Gives how many letters were told. Those written through the day (today, if left out) are told today. */
export async function tellLetters(tx: Tx, law: Law, { how, through: asked }: ToldTogether): Promise<Result<{ letters: number; on: Day }>> {
  const today = tx.today(law.pack.timeZone)
  const through = asked ?? today
  if (!isDay(through) || through > today)
    return refuse({
      code: 'wrong-day',
      rule: 'Letters are told that were written by a day in the past, or by today.',
      data: { through, today },
      next: 'Write the last day whose letters were sent, as YYYY-MM-DD.',
    })
  const { letters, offers } = await addTellings(tx, through as Day, today, how, offersOfOffset)
  if (letters > 0)
    await tx.emit({
      kind: 'letters-told',
      room: 'notices',
      subject: `letters:${letters}`,
      payload: { letters, how, through, on: today },
    })
  if (offers.length > 0)
    await tx.emit({
      kind: 'offset-offered',
      room: 'notices',
      subject: `letters:${offers.length}`,
      payload: { offers: offers.length, on: today },
      detail: offers.map((offer) => ({ ...offer, on: today })),
    })
  return ok({ letters, on: today })
}
