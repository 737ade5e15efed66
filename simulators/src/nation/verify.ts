// Counts what became of the plan by the cover query, and stops with every difference when it is not what was planned.
import { ok } from '@payung/values'
import type { Nation } from './core.ts'
import { act, type World } from './history/world.ts'
import type { PlannedNation } from './plan/plan-nation.ts'

type Row = { segment: string; payer_kind: string; employer_group: string; members: bigint }

export async function verifyCounts(
  world: World,
  { counts, active, registered }: PlannedNation,
  counted: { readonly active: bigint; readonly registered: bigint },
): Promise<Pick<Nation, 'segments' | 'groups'>> {
  const { segments: codes, groups } = world.profile.nation
  const rows = await act(world, 'verify', async (tx) =>
    ok(
      await tx.query<Row>(
        `select segment, payer_kind, employer_group, sum(members)::bigint as members from coverage.daily_count where day = $1 and programme = '' group by segment, payer_kind, employer_group`,
        [world.until],
      ),
    ),
  )
  const sum = (keep: (row: Row) => boolean): number => rows.filter(keep).reduce((all, { members }) => all + Number(members), 0)
  const kinds = new Set(world.profile.organisations.sponsors.map(({ kind }) => kind))
  const found: readonly (readonly [string, number, number])[] = [
    ['active', Number(counted.active), active],
    ['registered', Number(counted.registered), registered],
    ['wage earners', sum(({ segment }) => segment === codes.wage), counts['wage-private'] + counts['wage-public']],
    ['staff of public employers', sum(({ employer_group }) => employer_group === groups.public), counts['wage-public']],
    ['self-employed', sum(({ segment }) => segment === codes.self), counts.self + counts.sponsored],
    ['paid for by others', sum(({ segment, payer_kind }) => segment === codes.self && kinds.has(payer_kind)), counts.sponsored],
    ['on projects', sum(({ segment }) => segment === codes.project), counts.project],
    ['migrants', sum(({ segment }) => segment === codes.migrant), counts.migrant],
  ]
  const wrong = found.filter(([, is, planned]) => is !== planned).map(([what, is, planned]) => `${what}: ${is} instead of ${planned}`)
  if (wrong.length > 0) throw new Error(`the nation is not what was planned: ${wrong.join('; ')}`)
  return {
    segments: [codes.wage, codes.self, codes.project, codes.migrant].map((segment) => ({
      segment,
      members: sum((row) => row.segment === segment),
    })),
    groups: [
      { group: groups.public, members: counts['wage-public'] },
      { group: 'sponsored', members: counts.sponsored },
    ],
  }
}
