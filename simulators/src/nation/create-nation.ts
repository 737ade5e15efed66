// Creates the demonstration nation in an empty database: plans it, lives its history, counts it, and fails loudly if a count differs.
import type { Law } from '@payung/law'
import { addMonths, type Day, firstDay, lastDay, monthOf, ok } from '@payung/values'
import {
  checkChangedMonths,
  countCover,
  countMonths,
  declareRates,
  installAccounts,
  installCoverRules,
  installPopulation,
  installScheme,
  keepNation,
  type Nation,
  type Platform,
  type Progress,
  readRegionFiles,
  registerOrganisations,
  sponsored,
  systemActor,
  writeSetting,
} from './core.ts'
import { openDesk } from './history/desk.ts'
import { live } from './history/live.ts'
import { act, allGood, type World, wakeOn } from './history/world.ts'
import { type PlannedNation, planNation } from './plan/plan-nation.ts'
import type { District } from './plan/residence.ts'
import { type Profile, readProfile } from './profile.ts'
import { verifyCounts } from './verify.ts'

export type NationOptions = {
  /** One person stands for this many. */
  readonly scale: number
  /** The last day of the history, which is the last of a month. */
  readonly until: Day
  /** Months of history, the last one included. */
  readonly history: number
  readonly seed: number
  /** Brings the planner's statistics up to date where nobody else does so in time. */
  readonly analyze?: () => Promise<void>
}
export type CreatedNation = {
  readonly asOf: Day
  readonly active: number
  readonly registered: number
  readonly segments: Nation['segments']
  readonly groups: Nation['groups']
}

function worldOf(
  platform: Platform,
  law: Law,
  profile: Profile,
  { plan }: PlannedNation,
  { history, until, seed }: NationOptions,
  progress: Progress,
  provinceOf: World['provinceOf'],
): World {
  return {
    platform,
    law,
    profile,
    plan,
    seed,
    until,
    progress,
    first: addMonths(monthOf(until), 1 - history),
    provinceOf,
    statePayer: { id: 0n },
    desk: { head: systemActor, clerk: systemActor, branches: new Map() },
    absent: new Set(),
    contractIds: plan.contracts.map(() => 0n),
    contractMoney: new Map(),
    selfPayers: new Map(),
    memberNumbers: plan.persons.map(() => ''),
    personIds: plan.persons.map(() => 0n),
    ordinals: plan.memberships.map(() => 0),
    organisationIds: plan.organisations.map(() => 0n),
    payerIds: plan.organisations.map(() => 0n),
    times: plan.memberships.map(({ wage }) => ('times' in wage ? wage.times : 1)),
  }
}

type Regions = Awaited<ReturnType<typeof readRegionFiles>>

function districtsOf({ districts }: Regions, perThousand: number, scale: number): District[] {
  return districts.rows.map(({ cells }) => ({
    code: cells.code ?? '',
    name: cells.name ?? '',
    province: cells.province_code ?? '',
    city: cells.kind === 'kota' || cells.kind === 'city',
    eligible: (Number(cells.population ?? 0) * perThousand) / 1000 / scale,
  }))
}

/** Months earn our own provisional rate until one is published, and are labelled so. */
async function declareOwnRates(world: World): Promise<void> {
  const { programme, provisional, months_after, ...source } = world.profile.savings
  const to = addMonths(monthOf(world.until), months_after)
  await act(world, 'rates', (tx) =>
    declareRates(tx, world.law, { programme, from: world.first, to, rate: provisional, kind: 'provisional', ...source }),
  )
}

/** What stands before the first person: regions, accounts, rules of cover, people to count against, and the State as a payer. */
async function found(world: World, regions: Regions): Promise<void> {
  const { law, platform, profile } = world
  await writeSetting(platform, 'time-zone', law.pack.timeZone)
  await wakeOn(world, firstDay(world.first))
  await act(world, 'scheme', async (tx) => ok(await installScheme(tx, law.pack, regions)))
  await act(world, 'accounts', async (tx) => ok(await installAccounts(tx, law.pack)))
  await act(world, 'cover-rules', async (tx) => ok(await installCoverRules(tx, law)))
  await declareOwnRates(world)
  const { eligible_per_thousand, as_of, source } = profile.population
  await act(world, 'population', (tx) =>
    installPopulation(tx, { perThousand: eligible_per_thousand, asOf: as_of, source: source.en ?? '' }),
  )
  const { kind, name, region } = profile.organisations.state
  const [state] = allGood(
    'the State',
    await act(world, 'state', async (tx) => ok(await registerOrganisations(tx, { pack: law.pack }, [{ kind, name, regionCode: region }]))),
  )
  world.statePayer.id = state?.payerId ?? 0n
}

/** Counts the last day and its months, checks them against the plan, and keeps them. */
async function conclude(world: World, planned: PlannedNation, scale: number): Promise<CreatedNation> {
  const { until, law, profile } = world
  await act(world, 'control', async (tx) => ok(await checkChangedMonths(tx)))
  const counted = await act(world, 'count', (tx) => countCover(tx, law.pack, until))
  await act(world, 'months', (tx) => countMonths(tx, until))
  const { segments, groups } = await verifyCounts(world, planned, counted)
  const created = {
    asOf: until,
    active: Number(counted.active),
    registered: Number(counted.registered),
    segments,
    groups: groups.map(({ group, members }) => ({ group: group === 'sponsored' ? sponsored : group, members })),
  }
  await act(world, 'keep', (tx) =>
    keepNation(tx, { ...created, scale, price: profile.workers.price, source: profile.population.source, link: profile.population.link }),
  )
  return created
}

/** The database is empty but for its migrations, and nobody else uses it. */
export async function createNation(platform: Platform, law: Law, options: NationOptions, progress: Progress): Promise<CreatedNation> {
  if (options.until !== lastDay(monthOf(options.until)))
    throw new RangeError(`the history ends on the last day of a month, not on ${options.until}`)
  const profile = readProfile(law.pack.folder)
  const regions = await readRegionFiles(law.pack)
  const districts = districtsOf(regions, profile.population.eligible_per_thousand, options.scale)
  const provinces = regions.provinces.rows.map(({ cells }) => ({ code: cells.code ?? '', name: cells.name ?? '' }))
  const planned = planNation({ profile, provinces, districts, ...options })
  const provinceOf = new Map(districts.map(({ code, province }) => [code, province]))
  const empty = worldOf(platform, law, profile, planned, options, progress, (region) => provinceOf.get(region) ?? '')
  await found(empty, regions)
  const world = { ...empty, desk: await openDesk(empty) }
  await live(world, options.analyze ?? (async () => {}))
  return conclude(world, planned, options.scale)
}
