// Notes that a letter was told: on which day, and by post, e-mail or at the desk. The first telling stays; the same one told again is
// done once, another one is refused.
import type { Law } from '@payung/law'
import { type Day, isDay, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { offersOfOffset } from '../domain/kinds.ts'
import type { Letter } from '../domain/letter.ts'
import { addTelling } from '../store/read-letters.ts'

export type Told = { readonly how: string; readonly on?: string }

export async function markTold(tx: Tx, law: Law, letter: Letter, { how, on: asked }: Told): Promise<Result<Letter>> {
  const today = tx.today(law.pack.timeZone)
  const on = asked ?? today
  const data = { letter: letter.letterId.toString(), on, how }
  if (!isDay(on) || on < letter.writtenOn || on > today)
    return refuse({
      code: 'wrong-day',
      rule: 'A letter is told on the day it was written or later, and never in advance.',
      data: { ...data, writtenOn: letter.writtenOn },
      next: 'Write the day on which it was sent or handed over.',
    })
  const told = await addTelling(tx, letter, on as Day, how)
  if (told === undefined || told.told_on !== on || told.how !== how)
    return refuse({
      code: 'letter-told',
      rule: 'A letter is told once; the first telling stays.',
      data: { ...data, toldOn: told?.told_on ?? '', toldBy: told?.how ?? '' },
      next: 'Nothing is to be done.',
    })
  const about = { room: 'notices', subject: `letter:${letter.letterId}` } as const
  await tx.emit({ ...about, kind: 'letter-told', payload: { on, how } })
  const { payerId, letterId } = letter
  if (payerId !== null && offersOfOffset.includes(letter.kind))
    await tx.emit({ ...about, kind: 'offset-offered', payload: { payerId, on }, detail: [{ payerId, letterId, on }] })
  return ok({ ...letter, toldOn: told.told_on, how: told.how })
}
