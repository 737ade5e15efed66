// The first start of a demonstration: on an empty database of our own the usual nation is founded before anything is served.
import type { Law } from '@payung/law'
import { type Platform, type Progress, Trouble } from './core.ts'
import { foundNation, usualNation } from './found-nation.ts'

type Context = { readonly platform: Platform; readonly house: { readonly law: Law }; readonly progress: Progress }

/** A database that somebody brought (DATABASE_URL) is never filled with made-up people: its pages say that there is nothing yet. */
export async function firstStart({ platform, house, progress }: Context): Promise<void> {
  if (!platform.database.address.embedded) return
  const founded = await foundNation(platform, house.law, usualNation, progress)
  if (!founded.ok && founded.refusal.code !== 'not-empty') throw new Trouble(founded.refusal.rule, founded.refusal.next)
  progress.end()
}
