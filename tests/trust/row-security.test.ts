// Who reads whose rows, asked of the database itself and not of a use case: a member reads his own and nobody else's, an organisation
// its workers and its money, somebody without settings nothing, the public nothing personal. A new table with a personal column fails here.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amendContract, openMonth, proposeCorrection, registerContracts, runMonth } from '../../core/src/contributions/index.ts'
import { allocatePayment, billingBy } from '../../core/src/payments/index.ts'
import { inTransaction, readAs, systemActor } from '../../core/src/platform/index.ts'
import { paymentCode } from '../../core/src/registry/index.ts'
import { askEntry, bookEntry, closeYear, declareRates } from '../../core/src/savings/index.ts'
import { actorLike } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { plantCases, plantContinuity } from './plant-continuity.ts'
import { asReader, plantLetters } from './plant-letters.ts'
import { plantReplacements } from './plant-replacements.ts'
import { plantMoney, request } from './plant-requests.ts'

/** Columns that tie a row to a person or to a payer. */
const personal = ['person_id', 'payer_id', 'member_number', 'number_hash', 'number_cipher', 'born']

/** Tables with such a column that need no policy, and why. */
const open: Readonly<Record<string, string>> = {
  'registry.member_directory': 'a number leads to an id and to nothing else; who reads the person is decided there',
  'registry.number_directory': 'a keyed hash leads to an id; without the key it says nothing',
  'registry.payer': 'an id leads to an id: a payment must find its payer',
  'contributions.contribution': 'a view that asks as its reader: the policies of entries and replacements hold',
  'contributions.reinstatement_state': 'a view that asks as its reader: the policies of cases and verdicts hold',
  'ledger.payer_balance': 'a view that asks as its reader: the policy of transfers holds',
  'identity.actor': 'no serving role may read it but through a door',
}

/** A firm sees no look at its workers, and nothing of their savings: that is theirs. */
const notForFirms = ['platform.access_trail', 'savings.entry', 'savings.request', 'savings.statement']
type Viewer = {
  readonly persons: readonly bigint[]
  readonly payers: readonly bigint[]
  readonly settings: Readonly<Record<string, bigint>>
}
type Table = { readonly name: string; readonly columns: readonly string[]; readonly secured: boolean; readonly policies: number }

let scheme: TestScheme
let tables: Table[] = []
const viewers = {} as Record<'member' | 'other member' | 'firm' | 'other firm' | 'nobody', Viewer>

async function pay(payer: bigint, amount: bigint, on: string): Promise<void> {
  scheme.at(on)
  await scheme.pay([{ channel: 'bank', day: on, externalId: `${payer} ${on}`, code: paymentCode(payer), amount: amount.toString() }])
}

/** Two members who pay alone, and two firms with a worker, a project and a fine each: no table is empty of anybody's. */
async function plant(): Promise<void> {
  const { law, run } = scheme
  const [a, b, c, d] = await scheme.persons(4)
  if (!a || !b || !c || !d) throw new Error('no persons')
  const firms = [await scheme.organisation({ kind: 'employer' }), await scheme.organisation({ kind: 'employer' })]
  const [firm, rival] = firms
  if (!firm || !rival) throw new Error('no firms')
  const at = '2026-07-01'
  await scheme.memberships([
    ...[a, b].map(({ memberNumber }) => ({ memberNumber, segment: 'BPU', base: '1000000', from: at })),
    { memberNumber: c.memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: at },
    { memberNumber: d.memberNumber, segment: 'PU', organisationId: rival.organisationId, base: '5000000', from: at },
  ])
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from registry.payer where person_id is not null',
  )
  const payerOf = (person: bigint): bigint => rows.find(({ person_id }) => person_id === person)?.payer_id ?? 0n
  viewers.member = { persons: [a.personId], payers: [payerOf(a.personId)], settings: { person: a.personId } }
  viewers['other member'] = { persons: [b.personId], payers: [payerOf(b.personId)], settings: { person: b.personId } }
  viewers.firm = { persons: [c.personId], payers: [firm.payerId], settings: { organisation: firm.organisationId } }
  viewers['other firm'] = { persons: [d.personId], payers: [rival.payerId], settings: { organisation: rival.organisationId } }
  viewers.nobody = { persons: [], payers: [], settings: {} }
  await run((tx) => openMonth(tx, law, '2026-07' as Month))
  for (const { personId } of [a, b]) await pay(payerOf(personId), 8_400n, '2026-07-02')
  const month = async (text: string, on: string) => {
    scheme.at(on)
    await run((tx) => openMonth(tx, law, text as Month))
    const done = await runMonth(scheme.platform, law, text as Month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
  }
  await month('2026-07', '2026-07-31')
  await month('2026-08', '2026-08-31')
  await run(async (tx) => {
    const contract = {
      segment: 'JAKON',
      name: 'Bridge',
      from: '2026-08-01' as Day,
      until: '2027-01-01' as Day,
      facts: { contract_value: '100000000' },
    }
    const made = await registerContracts(tx, law, [
      { ...contract, payerId: firm.payerId, members: [{ personId: c.personId, ordinal: 1 }] },
      { ...contract, payerId: rival.payerId, members: [{ personId: d.personId, ordinal: 1 }] },
    ])
    if (!made.ok) throw new Error(made.refusal.rule)
    for (const { contractId } of made.value) {
      const amended = await amendContract(tx, law, { contractId, until: '2027-02-01', reason: 'Addendum' })
      if (!amended.ok) throw new Error(amended.refusal.rule)
    }
  })
  for (const { payerId } of firms) await pay(payerId, 900_000_000n, '2026-09-01')
  for (const [place, { payerId }] of firms.entries()) {
    const wrong = { memberNumber: (place === 0 ? c : d).memberNumber, base: '6000000' }
    const evidence = { digest: 'a'.repeat(64), description: 'letter' }
    const month = '2026-08' as Month
    const done = await run((tx) =>
      proposeCorrection(tx, law, { payerId, month, kind: 'wage', rows: [wrong], reason: 'typed wrongly', evidence }),
    )
    if (!done.ok) throw new Error(done.refusal.rule)
  }
  const everybody = [...viewers.member.payers, ...viewers['other member'].payers, firm.payerId, rival.payerId]
  const queued = await scheme.pay(
    everybody.map((_, place) => ({ channel: 'bank', day: '2026-09-01', externalId: `lost ${place}`, code: 'no code', amount: '100' })),
  )
  for (const [place, payerId] of everybody.entries()) {
    const done = await run((tx) =>
      allocatePayment(
        tx,
        { pack: law.pack, billing: billingBy(law) },
        { paymentId: queued[place]?.paymentId ?? 0n, payerId, reason: `letter ${place}` },
      ),
    )
    if (!done.ok) throw new Error(done.refusal.rule)
    await request(scheme, { kind: 'reversal', paymentId: queued[place]?.paymentId ?? 0n, ground: 'wrong-payer', evidence: 'letter' })
  }
  for (const [place, { payerId }] of firms.entries()) await plantMoney(scheme, { personId: (place === 0 ? c : d).personId, payerId })
  await plantContinuity(scheme, [a, b, c, d])
  await plantCases(
    scheme,
    [a, b].map(({ personId }) => ({ personId, payerId: payerOf(personId) })),
  )
  await inTransaction(
    scheme.platform,
    { role: 'online', actor: actorLike({ officeId: 1n }) },
    { name: 'look', input: null },
    async (tx) => {
      for (const { personId } of [a, b, c, d]) tx.look(personId, 'member', 'test')
      return { ok: true, value: null }
    },
  )
  await plantLetters(scheme)
  await plantReplacements(scheme)
  await save([a.personId, b.personId], [firm.payerId, rival.payerId])
}

/** Savings of both members, statements of everybody who has any, and a bill of each firm that was booked late. */
async function save(persons: readonly bigint[], payers: readonly bigint[]): Promise<void> {
  const { law, run } = scheme
  const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
  await run((tx) => declareRates(tx, law, { from: '2026-01', to: '2026-12', rate: '5%', kind: 'declared', ...source }))
  for (const person of persons) {
    const entry = { personId: person, reference: 'old', act: 'Test' }
    const booked = await run((tx) => bookEntry(tx, law, { ...entry, kind: 'opening', amount: '1000' }))
    const asked = await run((tx) => askEntry(tx, law, { ...entry, kind: 'withdrawal', amount: '10' }))
    if (!booked.ok || !asked.ok) throw new Error('the savings of a member were refused')
  }
  scheme.at('2027-01-02')
  const closed = await closeYear(scheme.platform, law, 2026, { actor: systemActor })
  if (!closed.ok) throw new Error(closed.refusal.rule)
  expect(closed.value.accounts).toBe(4n)
  await scheme.admin.query(
    `insert into savings.bill_booking (payer_id, bill_id, times, day, month, noted_on) select payer_id, min(bill_id), 1, '2027-01-02', 24324, '2027-01-02' from contributions.bill where payer_id = any ($1::bigint[]) group by payer_id`,
    [payers],
  )
}

const seenBy = (name: keyof typeof viewers, table: Table) => count(viewers[name], table, asReader(table.name, viewers[name]))
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-07-01')
  await plant()
  const { rows } = await scheme.admin.query<Table>(
    `select c.oid::regclass::text as name, array(select attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       c.relrowsecurity and c.relforcerowsecurity as secured, (select count(*)::integer from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and n.nspname !~ '^(pg_|information_schema|graphile)' order by 1`,
  )
  tables = rows
})
afterAll(() => scheme.close())

const isPersonal = ({ columns }: Table): boolean => columns.some((column) => personal.includes(column))
const secured = (): Table[] => tables.filter((table) => table.secured && isPersonal(table))

/** Whether a row is of the persons $1 or of the payers $2. */
const belongs = ({ name, columns }: Table): string =>
  `coalesce(${[
    ...(columns.includes('person_id') ? ['person_id = any ($1::bigint[])'] : []),
    ...(columns.includes('payer_id') ? ['payer_id = any ($2::bigint[])'] : []),
    ...(['contributions.entry', 'contributions.replacement'].includes(name) ? ['(bill_id >> 20) = any ($2::bigint[])'] : []),
  ].join(' or ')}, false)`

/** Rows that are somebody's and rows that are not, as the database lets a viewer (null: the administrator) see them. */
async function count(viewer: Viewer | null, table: Table, of: Viewer): Promise<{ own: number; others: number }> {
  const client = await scheme.admin.connect()
  try {
    await client.query('begin')
    if (viewer) {
      for (const [setting, value] of Object.entries(viewer.settings))
        await client.query('select set_config($1, $2, true)', [`payung.${setting}`, value.toString()])
      await client.query('set local role payung_online')
    }
    const text = `select count(*) filter (where ${belongs(table)})::integer as own, count(*) filter (where not ${belongs(table)})::integer as others, $1::bigint[] is null or $2::bigint[] is null as unused from ${table.name}`
    const { rows } = await client.query<{ own: number; others: number }>(text, [of.persons, of.payers])
    return { own: rows[0]?.own ?? -1, others: rows[0]?.others ?? -1 }
  } finally {
    await client.query('rollback')
    client.release()
  }
}

test('every table with a personal column has row security that binds its owner too, or a reason why not', () => {
  const bare = tables.filter((table) => isPersonal(table) && !(table.secured && table.policies > 0)).map(({ name }) => name)
  expect(bare).toEqual(Object.keys(open).sort())
})

test('each secured table holds rows of both members or of both firms, so that the tests below can fail', async () => {
  expect(secured().length).toBeGreaterThan(15)
  for (const table of secured()) {
    const counts = await Promise.all(
      (['member', 'other member', 'firm', 'other firm'] as const).map((name) => count(null, table, viewers[name])),
    )
    const [member = 0, other = 0, firm = 0, rival = 0] = counts.map(({ own }) => own)
    expect((member > 0 && other > 0) || (firm > 0 && rival > 0), table.name).toBe(true)
  }
})

describe.each(['member', 'other member', 'firm', 'other firm'] as const)('a %s', (name) => {
  test('reads nothing that is another’s in any secured table', async () => {
    const seen = await Promise.all(secured().map(async (table) => [table.name, (await seenBy(name, table)).others] as const))
    expect(seen.filter(([, others]) => others > 0)).toEqual([])
  })

  test('reads what is its own', async () => {
    for (const table of secured()) {
      if (name.endsWith('firm') && notForFirms.includes(table.name)) {
        expect((await count(viewers[name], table, viewers[name])).own, table.name).toBe(0)
        continue
      }
      const [there, seen] = [await count(null, table, asReader(table.name, viewers[name])), await seenBy(name, table)]
      expect(seen.own, table.name).toBe(there.own)
    }
  })

  test('reads no balance but its own', async () => {
    const view = tables.find((table) => table.name === 'ledger.payer_balance')
    if (!view) throw new Error('no view of balances')
    expect(await count(viewers[name], view, viewers[name])).toMatchObject({ others: 0 })
  })
})

test('nobody in particular reads nothing at all', async () => {
  for (const table of secured()) expect(await count(viewers.nobody, table, viewers.member), table.name).toEqual({ own: 0, others: 0 })
})

test('a reply that is kept for one actor is read by no other, whatever his role', async () => {
  const secret = { name: 'secret', input: null, key: 'k-1' }
  const caller = (actorId: bigint) => ({ role: 'online', actor: actorLike({ actorId, officeId: 1n }) }) as const
  await inTransaction(scheme.platform, caller(4711n), secret, async () => ({ ok: true, value: 'a name' }))
  const seenBy = (actorId: bigint) =>
    readAs(scheme.platform, caller(actorId), (tx) => tx.query<{ reply: unknown }>(`select reply from platform.command where key = 'k-1'`))
  expect([await seenBy(4711n), await seenBy(4712n)]).toEqual([[{ reply: 'a name' }], []])
})

test('a partition asked by its own name gives no more', async () => {
  const { rows } = await scheme.admin.query<{ name: string; secured: boolean }>(
    `select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as secured
     from unnest(array['contributions.entry', 'contributions.replacement', 'savings.statement']::regclass[]) p (parent) cross join lateral pg_partition_tree(p.parent) t join pg_class c on c.oid = t.relid where t.level > 0`,
  )
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.filter((row) => !row.secured)).toEqual([])
})

test.each(['payung_public', 'payung_seal'])('%s reads no table with a personal column, nor one of its columns', async (role) => {
  const { rows } = await scheme.admin.query<{ name: string }>(
    `select name from unnest($2::text[]) as t (name) where has_table_privilege($1, name, 'select') or has_any_column_privilege($1, name, 'select')`,
    [role, tables.filter(isPersonal).map(({ name }) => name)],
  )
  expect(rows).toEqual([])
})

describe('a function that runs with its owner’s rights', () => {
  type Door = { door: string; config: string[] | null; everybody: boolean }
  const doors = async () =>
    (
      await scheme.admin.query<Door>(
        `select p.oid::regprocedure::text as door, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as everybody
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname !~ '^(pg_|information_schema|graphile)' order by 1`,
      )
    ).rows

  test('has a fixed search path, so that nobody slips a function of the same name under it', async () => {
    const all = await doors()
    expect(all.length).toBeGreaterThan(10)
    expect(all.filter(({ config }) => !config?.includes('search_path=pg_catalog')).map(({ door }) => door)).toEqual([])
  })

  test('is not for everybody', async () => {
    expect((await doors()).filter(({ everybody }) => everybody).map(({ door }) => door)).toEqual([])
  })
})
