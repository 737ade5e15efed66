// A whole scheme for a test: a fresh database with regions, accounts, cover rules and the rooms listening to each other, and a clock
// that the test moves.
import { type Law, lawOf, loadPack } from '@payung/law'
import { type Day, ok } from '@payung/values'
import pg from 'pg'
import { inject } from 'vitest'
import { roomWith as contributionsRoom, installCoverRules } from '../core/src/contributions/index.ts'
import { installAccounts } from '../core/src/ledger/index.ts'
import { roomWith as noticesRoom } from '../core/src/notices/index.ts'
import { billingBy, type NewPayment, type PaymentOutcome, roomWith as paymentsRoom, recordPayments } from '../core/src/payments/index.ts'
import { type Address, connectionTo } from '../core/src/platform/database.ts'
import { type Clock, fixedClock, inTransaction, makeSubscribers, type Platform, systemActor, type Tx } from '../core/src/platform/index.ts'
import {
  installScheme,
  type NewMembership,
  type NewOrganisation,
  readCsv,
  readRegionFiles,
  registerMemberships,
  registerOrganisations,
  registerPersons,
} from '../core/src/registry/index.ts'
import { roomWith as savingsRoom } from '../core/src/savings/index.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

export type TestScheme = TestDatabase & {
  readonly law: Law
  /** Moves the clock to noon of a day. */
  at(day: string): void
  /** One transaction of the role `run`. Throws on a refusal. */
  run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  /** Registers an organisation; gives its id and that of its payer. */
  organisation(given: Omit<NewOrganisation, 'name' | 'regionCode'>): Promise<{ organisationId: bigint; payerId: bigint }>
  /** Registers as many persons, born on the day given; gives their member numbers and ids. */
  persons(count: number, born?: string): Promise<{ memberNumber: string; personId: bigint }[]>
  memberships(rows: readonly NewMembership[], acceptedOn?: Day): Promise<void>
  pay(rows: readonly NewPayment[]): Promise<PaymentOutcome[]>
}

/** Regions for an invented country, whose pack has no data files. */
const inventedRegions = {
  provinces: readCsv('code,name,population_male,population_female\n1,North,500,500\n'),
  districts: readCsv('code,province_code,kind,name,population_male,population_female\n1.1,1,city,City Alder,500,500\n'),
  tiles: readCsv('province_code,iso_3166_2,column,row\n1,XT-NO,0,0\n'),
}

/** Opens the set of commands that a test prepares with: each one transaction of the role `run`, which throws on a refusal. */
const runOn =
  (platform: Platform): TestScheme['run'] =>
  async (work) => {
    const result = await inTransaction(platform, { role: 'run', actor: systemActor }, { name: 'test', input: null }, async (tx) =>
      ok(await work(tx)),
    )
    if (!result.ok) throw new Error(result.refusal.rule)
    return result.value
  }

/**
 * A database in which a pack's regions, offices, accounts and cover rules are installed, made once in a test run for everybody to clone:
 * installing takes ten times as long as cloning. Who comes first makes it while others wait at a lock of the cluster.
 */
async function installedTemplate(law: Law, files: Awaited<ReturnType<typeof readRegionFiles>>): Promise<Address> {
  const template: Address = { ...inject('template'), database: `test_installed_${law.pack.code.replaceAll('-', '_')}` }
  const client = new pg.Client({ ...connectionTo(template, 'admin'), database: 'postgres' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4712)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template.database])
    if (!rowCount) {
      const draft = await freshDatabase({ clock: fixedClock(`${law.pack.start}T05:00:00Z`) })
      await runOn(draft.platform)(async (tx) => {
        await installScheme(tx, law.pack, files)
        await installAccounts(tx, law.pack)
        await installCoverRules(tx, law)
      })
      await Promise.all([draft.platform.database.close(), draft.owner.end(), draft.admin.end()])
      await client.query(
        `alter database ${pg.escapeIdentifier(draft.address.database)} rename to ${pg.escapeIdentifier(template.database)}`,
      )
    }
    return template
  } finally {
    await client.end()
  }
}

/** A pack is read once for a test file; nobody changes it. */
const packs = new Map<string, ReturnType<typeof loadPack>>()

export async function freshScheme(packName = 'indonesia', day = '2026-09-01'): Promise<TestScheme> {
  const reading = packs.get(packName) ?? loadPack(packName)
  packs.set(packName, reading)
  const law = lawOf(await reading)
  let now = new Date(`${day}T05:00:00Z`)
  const clock: Clock = { now: async () => now, stored: false }
  const subscribers = makeSubscribers()
  for (const room of [contributionsRoom(law), paymentsRoom(law), savingsRoom(law), noticesRoom(law)]) room.subscribe?.(subscribers)
  const files = packName === 'test-pack' ? inventedRegions : await readRegionFiles(law.pack)
  const database = await freshDatabase({ clock, subscribers, template: await installedTemplate(law, files) })
  const run = runOn(database.platform)
  const regionCode = files.districts.rows[0]?.cells.code ?? ''
  if (law.pack.payerKinds.some(({ holder }) => holder === 'state'))
    await run((tx) => registerOrganisations(tx, { pack: law.pack }, [{ kind: 'state', name: 'State', regionCode }]))
  const { pack } = law
  const organisation: TestScheme['organisation'] = async (given) => {
    const [made] = await run((tx) => registerOrganisations(tx, { pack }, [{ name: 'Test', regionCode, ...given }]))
    if (made?.organisationId == null || made.payerId === null) throw new Error(made?.refusal?.rule ?? 'no organisation')
    return { organisationId: made.organisationId, payerId: made.payerId }
  }
  const persons: TestScheme['persons'] = async (count, born = '1990-05-17') => {
    const rows = Array.from({ length: count }, () => ({ name: 'Ayu Lestari', born, sex: 'female', regionCode }))
    const made = await run((tx) => registerPersons(tx, { pack, encryption: database.platform.encryption }, rows))
    return made.map(({ personId, memberNumber, refusal }) => {
      if (personId === null || memberNumber === null) throw new Error(refusal?.rule ?? 'no person')
      return { personId, memberNumber }
    })
  }
  const memberships: TestScheme['memberships'] = async (rows, acceptedOn) => {
    const refused = (await run((tx) => registerMemberships(tx, { pack, ...(acceptedOn ? { acceptedOn } : {}) }, rows))).find(
      ({ refusal }) => refusal,
    )
    if (refused?.refusal) throw new Error(`${refused.refusal.rule} ${JSON.stringify(refused.refusal.data)}`)
  }
  const pay: TestScheme['pay'] = (rows) => run((tx) => recordPayments(tx, { pack, billing: billingBy(law) }, rows))
  const at: TestScheme['at'] = (next) => {
    now = new Date(`${next}T05:00:00Z`)
  }
  return { ...database, law, run, organisation, persons, memberships, pay, at }
}
