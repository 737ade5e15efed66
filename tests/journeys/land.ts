// A small land for journeys: some 750 people in all provinces, half a year of months, and every answer that a member number can have.
import { addMonths, type Day, lastDay, type Month, memberNumber, type Result } from '@payung/values'
import { closeMonth, openMonth, registerContracts, runMonth } from '../../core/src/contributions/index.ts'
import { countCover, countMonths, installPopulation, keepNation, sponsored } from '../../core/src/coverage/index.ts'
import { systemActor, type Tx } from '../../core/src/platform/index.ts'
import { mergePersons, type NewMembership, paymentCode, readRegionFiles, registerPersons } from '../../core/src/registry/index.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import type { Numbers } from './visitor.ts'

const first = '2026-05' as Month
const months = Array.from({ length: 6 }, (_, index) => addMonths(first, index))
const today = '2026-11-20' as Day
/** Each person stands for so many. */
const scale = 50_000

type Person = { readonly memberNumber: string; readonly personId: bigint }
type Payer = { readonly organisationId: bigint; readonly payerId: bigint }

class Land {
  readonly #scheme: TestScheme
  readonly #regions: readonly { readonly code: string; readonly people: number }[]
  #born = 0

  private constructor(scheme: TestScheme, regions: readonly { code: string; people: number }[]) {
    this.#scheme = scheme
    this.#regions = regions
  }
  static async in(scheme: TestScheme): Promise<Land> {
    const { districts } = await readRegionFiles(scheme.law.pack)
    return new Land(
      scheme,
      districts.rows.map(({ cells }) => ({ code: cells.code ?? '', people: Number(cells.population ?? 0) })),
    )
  }

  /** One transaction whose refusal is an error. */
  async act<Value>(work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> {
    const result = await this.#scheme.run(work)
    if (!result.ok) throw new Error(`${result.refusal.rule} ${JSON.stringify(result.refusal.data)}`)
    return result.value
  }

  /** The home of the next person: the steps of the golden ratio reach every province, the large ones more often. */
  #home(): string {
    const all = this.#regions.reduce((sum, { people }) => sum + people, 0)
    let place = ((++this.#born * 0.618_033_988_75) % 1) * all
    const home = this.#regions.find(({ people }) => {
      place -= people
      return place < 0
    })
    return home?.code ?? ''
  }

  async people(count: number): Promise<Person[]> {
    const { pack } = this.#scheme.law
    const { encryption } = this.#scheme.platform
    const rows = Array.from({ length: count }, () => ({ name: 'Ayu Lestari', born: '1990-05-17', sex: 'female', regionCode: this.#home() }))
    const made = await this.#scheme.run((tx) => registerPersons(tx, { pack, encryption }, rows))
    return made.map(({ personId, memberNumber, refusal }) => {
      if (personId === null || memberNumber === null) throw new Error(refusal?.rule ?? 'no person')
      return { personId, memberNumber }
    })
  }

  async join(count: number, membership: Omit<NewMembership, 'memberNumber' | 'from'>): Promise<Person[]> {
    const people = await this.people(count)
    await this.#scheme.memberships(people.map(({ memberNumber }) => ({ memberNumber, from: `${first}-01`, ...membership })))
    return people
  }

  /** Moves the clock to the day of the payments. */
  async pay(day: string, money: readonly { readonly payerId: bigint; readonly amount: bigint }[]): Promise<void> {
    this.#scheme.at(day)
    const rows = money.map(({ payerId, amount }) => ({
      channel: 'bank',
      day,
      externalId: `${day} ${payerId}`,
      code: paymentCode(payerId),
      amount: amount.toString(),
    }))
    const stray = (await this.#scheme.pay(rows)).find(({ outcome }) => outcome !== 'booked')
    if (stray) throw new Error(`payment of ${day}: ${stray.outcome}`)
  }

  /** What payers owe on issued bills; who owes nothing is left out. */
  async open(payers: readonly Payer[]): Promise<{ payerId: bigint; amount: bigint }[]> {
    const { rows } = await this.#scheme.admin.query<{ payerId: bigint; amount: bigint }>(
      `select payer_id as "payerId", sum(total)::bigint as amount from contributions.bill where payer_id = any ($1::bigint[]) and state = 'issued' group by payer_id`,
      [payers.map(({ payerId }) => payerId)],
    )
    return rows
  }

  /** The payers that persons are for themselves, in their order. */
  async payersOf(people: readonly Person[]): Promise<bigint[]> {
    const { rows } = await this.#scheme.admin.query<{ payer_id: bigint }>(
      'select payer_id from registry.payer where person_id = any ($1::bigint[]) order by array_position($1::bigint[], person_id)',
      [people.map(({ personId }) => personId)],
    )
    return rows.map(({ payer_id }) => payer_id)
  }
}

type Cast = Awaited<ReturnType<typeof settle>>

/** Everybody joins in the first month. */
async function settle(scheme: TestScheme, land: Land) {
  const employer = (facts = {}) => scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', ...facts } })
  const wages = ({ organisationId }: Payer) => ({ segment: 'PU', organisationId, base: '6000000' })
  const own = { segment: 'BPU', base: '1000000', programmes: ['JKK', 'JKM'], facts: { occupation: 'fisher' } }
  const [punctual, office, late, never] = [
    await employer(),
    await employer({ employer_kind: 'public' }),
    await employer(),
    await employer(),
  ]
  const sponsor = await scheme.organisation({ kind: 'sponsor' })
  const builder = await employer()
  const workers = await land.join(340, wages(punctual))
  // One of them works for the employer who never pays as well.
  const twice = workers.slice(0, 1)
  await scheme.memberships(twice.map(({ memberNumber }) => ({ memberNumber, from: `${first}-01`, ...wages(never) })))
  return {
    payers: { punctual, office, late, never, sponsor, builder },
    twice,
    officers: await land.join(90, wages(office)),
    behind: await land.join(50, wages(late)),
    abandoned: await land.join(7, wages(never)),
    alone: await land.join(76, own),
    sponsored: await land.join(60, { ...own, payerId: sponsor.payerId }),
    builders: await land.join(110, { segment: 'JAKON', organisationId: builder.organisationId }),
    migrants: await land.join(12, { segment: 'PMI' }),
    duplicate: await land.people(1),
  }
}

async function makeContracts(land: Land, scheme: TestScheme, { payers, builders, migrants }: Cast): Promise<void> {
  const named = (people: readonly Person[]) => people.map(({ personId }) => ({ personId, ordinal: 1 }))
  const project = {
    payerId: payers.builder.payerId,
    segment: 'JAKON',
    name: 'Bridge',
    from: '2026-05-01' as Day,
    until: '2027-03-01' as Day,
    facts: { contract_value: '2500000000' },
    members: named(builders),
  }
  const payersOfMigrants = await land.payersOf(migrants)
  const journeys = migrants.map((migrant, place) => ({
    payerId: payersOfMigrants[place] ?? 0n,
    segment: 'PMI',
    name: 'Contract',
    from: '2026-05-01' as Day,
    until: '2028-05-01' as Day,
    facts: { months: '24', via: 'individual' },
    members: named([migrant]),
  }))
  const contracts = [project, ...journeys]
  const made = await land.act((tx) => registerContracts(tx, scheme.law, contracts))
  await land.pay(
    '2026-05-04',
    made.map(({ assessment }, place) => ({ payerId: contracts[place]?.payerId ?? 0n, amount: assessment.totals.billed })),
  )
}

/** Who pays what in the month after `index`: all, but the one employer stops after a month and the other in the last but one. */
async function payEmployers(land: Land, { payers }: Cast, index: number, day: string): Promise<void> {
  const willing = [payers.punctual, payers.office, ...(index < 4 ? [payers.late] : []), ...(index < 1 ? [payers.never] : [])]
  await land.pay(day, await land.open(willing))
}

/** The price of a month for two programmes on the lowest band, by the relief of that year. */
const price = 8_400n

/** The first three pay one month and stop, the fourth never pays, the others pay a year ahead. */
async function paySelf(land: Land, { alone, sponsored, payers }: Cast): Promise<void> {
  const own = await land.payersOf(alone)
  const money = own.flatMap((payerId, place) => (place === 3 ? [] : [{ payerId, amount: price * (place < 3 ? 1n : 12n) }]))
  await land.pay('2026-05-05', [...money, { payerId: payers.sponsor.payerId, amount: price * 8n * BigInt(sponsored.length) }])
}

async function live(scheme: TestScheme, land: Land): Promise<Cast> {
  const { law, platform } = scheme
  await land.act((tx) => openMonth(tx, law, first))
  const cast = await settle(scheme, land)
  await makeContracts(land, scheme, cast)
  await paySelf(land, cast)
  for (const [index, month] of months.entries()) {
    if (index > 0) {
      scheme.at(`${month}-01`)
      await land.act((tx) => openMonth(tx, law, month))
      await payEmployers(land, cast, index - 1, `${month}-10`)
    }
    if (index > 0) {
      scheme.at(`${month}-20`)
      await land.act((tx) => closeMonth(tx, law, addMonths(month, -1)))
    }
    scheme.at(lastDay(month))
    const run = await runMonth(platform, law, month, { actor: systemActor })
    if (!run.ok) throw new Error(run.refusal.rule)
  }
  scheme.at('2026-11-01')
  await land.act((tx) => openMonth(tx, law, '2026-11' as Month))
  await payEmployers(land, cast, months.length - 1, '2026-11-10')
  scheme.at(today)
  await land.act((tx) => closeMonth(tx, law, addMonths(first, months.length - 1)))
  return cast
}

async function count(scheme: TestScheme, land: Land, { alone }: Cast): Promise<void> {
  const { law } = scheme
  await land.act((tx) => installPopulation(tx, { perThousand: 344, source: 'Census', asOf: '2025-12-31' as Day }))
  const nation = {
    asOf: '2026-10-31' as Day,
    scale,
    active: 700,
    registered: 746,
    segments: [
      { segment: 'PU', members: 450 },
      { segment: 'JAKON', members: 110 },
      { segment: 'BPU', members: 128 },
      { segment: 'PMI', members: 12 },
    ],
    groups: [
      { group: 'public', members: 90 },
      { group: sponsored, members: 60 },
    ],
    price: { segment: 'BPU', income: '1000000', occupation: 'other', programmes: 'JKK,JKM', payer: 'self' },
    source: { en: 'Census of the land', id: 'Sensus negeri' },
    link: null,
    examples: alone.slice(5, 6).map(({ memberNumber }) => ({ number: memberNumber, answer: 'covered' })),
  }
  await land.act((tx) => keepNation(tx, nation))
  await scheme.admin.query('update platform.clock set demonstration = true')
  await land.act((tx) => countCover(tx, law.pack, today))
  await land.act((tx) => countMonths(tx, today))
}

/** The same number with another last digit. */
const mistyped = (number: string): string => number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)

export async function foundLand(): Promise<{ scheme: TestScheme; numbers: Numbers }> {
  const scheme = await freshScheme('indonesia', '2026-05-01')
  const land = await Land.in(scheme)
  const cast = await live(scheme, land)
  const { alone, behind, abandoned, duplicate, twice } = cast
  const [own, old] = [alone[5]?.memberNumber ?? '', duplicate[0]?.memberNumber ?? '']
  await land.act((tx) =>
    mergePersons(tx, scheme.law.pack, { alias: old, into: own, reason: 'One person was registered twice.', consent: 'At the desk.' }),
  )
  await count(scheme, land, cast)
  return {
    scheme,
    numbers: {
      covered: own,
      outstanding: behind[0]?.memberNumber ?? '',
      lapsed: alone[0]?.memberNumber ?? '',
      unknown: memberNumber(9_999_999_998),
      mistyped: mistyped(own),
      merged: old,
      employer: abandoned[0]?.memberNumber ?? '',
      twice: twice[0]?.memberNumber ?? '',
    },
  }
}
