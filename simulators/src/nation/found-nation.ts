// Founds the nation of a demonstration on an empty database: made beside it, and put in its place only when it is complete and counted.
import type { Law } from '@payung/law'
import { type Day, ok, type Result, refuse } from '@payung/values'
import { inTransaction, openBeside, type Platform, type Progress } from './core.ts'
import { type CreatedNation, createNation, type NationOptions } from './create-nation.ts'
import { caller } from './history/world.ts'

/** What is founded when nobody asks for anything else: one person for every thousand, two years of history. */
export const usualNation: NationOptions = { scale: 1000, until: '2026-10-31' as Day, history: 24, seed: 1 }

async function isEmpty(platform: Platform): Promise<boolean> {
  const found = await inTransaction(platform, caller, { name: 'nation.look', input: null }, async (tx) =>
    ok(await tx.query('select from registry.person limit 1')),
  )
  return found.ok && found.value.length === 0
}

/** Refused where somebody is registered already. If it is cut short, nothing of it is left, and it can be begun anew. */
export async function foundNation(
  platform: Platform,
  law: Law,
  options: NationOptions,
  progress: Progress,
): Promise<Result<CreatedNation>> {
  if (!(await isEmpty(platform))) {
    return refuse({
      code: 'not-empty',
      rule: 'A demonstration nation is founded where nobody is registered yet.',
      data: { database: platform.database.address.database },
      next: 'Use an installation of its own: PAYUNG_HOME=/another/folder.',
    })
  }
  if (!platform.database.address.embedded) {
    return refuse({
      code: 'not-ours',
      rule: 'A demonstration nation is made in the database that Payung starts by itself.',
      data: { database: platform.database.address.database },
      next: 'Leave DATABASE_URL out for the demonstration.',
    })
  }
  const beside = await openBeside(platform)
  try {
    const created = await createNation(beside.platform, law, { ...options, analyze: beside.analyze }, progress)
    await beside.takePlace()
    return ok(created)
  } catch (error) {
    await beside.discard()
    throw error
  }
}
