// What a scheme needs before anybody can be registered: regions and offices, accounts, cover rules, and the State as a payer where
// the pack has one. Done on the first start of every database; doing it again adds only what is new.
import type { Law } from '@payung/law'
import { ok } from '@payung/values'
import { installCoverRules } from '../contributions/index.ts'
import { installAccounts } from '../ledger/index.ts'
import { inTransaction, type Platform, systemActor, type Tx } from '../platform/index.ts'
import { installScheme, readRegionFiles, registerOrganisations } from '../registry/index.ts'

const caller = { role: 'run', actor: systemActor } as const

/** The State pays by itself where the law gives it a share: one payer, at the first region of the list. */
async function registerState(tx: Tx, law: Law, regionCode: string | undefined): Promise<void> {
  const kind = law.pack.payerKinds.find(({ holder }) => holder === 'state')
  if (!kind || regionCode === undefined) return
  const [known] = await tx.query('select from registry.payer where kind = $1 limit 1', [kind.code])
  const name = kind.labels[law.pack.languages[0] ?? ''] ?? kind.code
  if (!known) await registerOrganisations(tx, { pack: law.pack }, [{ kind: kind.code, name, regionCode }])
}

export async function installHouse(platform: Platform, law: Law): Promise<void> {
  const files = await readRegionFiles(law.pack)
  const done = await inTransaction(platform, caller, { name: 'install-house', input: null }, async (tx) => {
    await installScheme(tx, law.pack, files)
    await installAccounts(tx, law.pack)
    await installCoverRules(tx, law)
    await registerState(tx, law, files.districts.rows[0]?.cells.code)
    return ok(null)
  })
  if (!done.ok) throw new Error(done.refusal.rule)
}
