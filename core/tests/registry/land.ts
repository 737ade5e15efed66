// A small invented country for the tests of registry, ledger and payments: two provinces, three districts, a firm and a sponsor.
import { type Entry, lawOf, loadPack, type Pack } from '@payung/law'
import { ok, refuse } from '@payung/values'
import { actorLike, freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { installAccounts } from '../../src/ledger/index.ts'
import {
  type Actor,
  type Clock,
  inTransaction,
  makeSubscribers,
  readAs,
  type Subscribers,
  systemActor,
  type Tx,
} from '../../src/platform/index.ts'
import { headOffice, installScheme, type NewPerson, readCsv, registerOrganisations, registerPersons } from '../../src/registry/index.ts'

export type Land = TestDatabase & {
  readonly pack: Pack
  at(day: string): void
  /** One transaction of set work. */
  run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  /** One transaction of somebody signed in. */
  as<Value>(actor: Partial<Actor>, work: (tx: Tx) => Promise<Value>): Promise<Value>
  persons(rows: readonly Partial<NewPerson>[]): ReturnType<typeof registerPersons>
  organisation(kind: string, facts?: Record<string, string>): Promise<{ organisationId: bigint; payerId: bigint }>
}

export const files = {
  provinces: readCsv('code,name,population_male,population_female\n1,North,500,500\n2,South,300,300\n'),
  districts: readCsv(
    'code,province_code,kind,name,population_male,population_female\n1.1,1,city,City Alder,200,200\n1.2,1,city,City Birch,300,300\n2.1,2,city,City Cedar,300,300\n',
  ),
  tiles: readCsv('province_code,iso_3166_2,column,row\n1,XT-NO,0,0\n2,XT-SO,0,1\n'),
}
/** Offices: 1 is the head, 2 serves the north, 3 the south. */
export const offices = { head: BigInt(headOffice), north: 2n, south: 3n }

/** A sponsor, and a rule for identity numbers: eight digits, of which the last four are the year of birth. */
function packOf(pack: Pack): Pack {
  const sponsor = { code: 'sponsor', labels: { en: 'Sponsor' }, settlement: 'offer', holder: 'organisation' } as const
  const facts = pack.facts.map((fact) => (fact.code === 'payer' ? { ...fact, choices: [...(fact.choices ?? []), 'sponsor'] } : fact))
  const identityNumber: Pack['rules']['identityNumber'] = (_pack, text, { born }) =>
    /^\d{8}$/.test(text) && born?.startsWith(text.slice(4))
      ? ok({ number: text, born: null, sex: 'female', area: '', notes: [] })
      : refuse({
          code: 'identity-number-wrong',
          rule: 'An identity number has eight digits and ends with the year of birth.',
          data: { given: text },
          next: 'Copy it from the card.',
        })
  const ofSponsors: Entry = {
    parameter: 'who-may-pay',
    from: pack.start,
    published: pack.start,
    act: 'Care Act',
    article: '2',
    link: 'https://example.org/care',
    status: 'verified',
    value: { solo: { kinds: ['self', 'sponsor'], act: 'Care Act', article: '2', status: 'verified' } },
    digest: 'who-may-pay',
  }
  const entries = [...pack.entries, ofSponsors]
  return { ...pack, entries, payerKinds: [...pack.payerKinds, sponsor], facts, rules: { ...pack.rules, identityNumber } }
}

export async function freshLand(options: { readonly day?: string; readonly subscribers?: Subscribers } = {}): Promise<Land> {
  const pack = packOf(lawOf(await loadPack('test-pack')).pack)
  let now = new Date(`${options.day ?? '2026-11-02'}T12:00:00Z`)
  const clock: Clock = { now: async () => now, stored: false }
  const database = await freshDatabase({ clock, subscribers: options.subscribers ?? makeSubscribers() })
  const run = async <Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> => {
    const done = await inTransaction(database.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null }, async (tx) =>
      ok(await work(tx)),
    )
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value
  }
  await run(async (tx) => {
    await installScheme(tx, pack, files)
    await installAccounts(tx, pack)
  })
  return {
    ...database,
    pack,
    run,
    at: (day) => {
      now = new Date(`${day}T12:00:00Z`)
    },
    as: (actor, work) => readAs(database.platform, { role: 'online', actor: actorLike(actor) }, work),
    persons: (rows) =>
      run((tx) =>
        registerPersons(
          tx,
          { pack, encryption: database.platform.encryption },
          rows.map((row) => ({ name: 'Ana Lopes', born: '1990-05-01', sex: 'female', regionCode: '1.1', ...row })),
        ),
      ),
    organisation: async (kind, facts = {}) => {
      const [made] = await run((tx) => registerOrganisations(tx, { pack }, [{ kind, name: `A ${kind}`, regionCode: '1.1', facts }]))
      if (!made?.organisationId || !made.payerId) throw new Error(made?.refusal?.rule ?? 'no organisation')
      return { organisationId: made.organisationId, payerId: made.payerId }
    },
  }
}
