// Settings that stand in the database and not in the environment, because they belong to the data.
import { ok } from '@payung/values'
import { systemActor } from './actor.ts'
import { inTransaction, readAs } from './in-transaction.ts'
import type { Platform } from './platform.ts'

const caller = { role: 'run', actor: systemActor } as const

/** The value of a setting, or undefined. */
export async function readSetting(platform: Platform, key: string): Promise<unknown> {
  const rows = await readAs(platform, caller, (tx) =>
    tx.query<{ value: unknown }>('select value from platform.setting where key = $1', [key]),
  )
  return rows[0]?.value
}

/** The address of the pages as it is printed on paper; nothing as long as none is set: the path alone is printed then. */
export async function publicAddress(platform: Platform): Promise<string> {
  const site = await readSetting(platform, 'public-address')
  return typeof site === 'string' ? site : ''
}

export async function writeSetting(platform: Platform, key: string, value: unknown): Promise<void> {
  await inTransaction(platform, caller, { name: 'write-setting', input: { key, value } }, async (tx, input) => {
    await tx.query(
      'insert into platform.setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, at = now()',
      [input.key, JSON.stringify(input.value)],
    )
    return ok(undefined)
  })
}
