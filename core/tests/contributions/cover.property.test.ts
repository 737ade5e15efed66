// Cover in SQL and cover in TypeScript mean the same: random histories (bills paid, late or never; months paid with gaps; contracts;
// periods opened and opened again) asked about on random days.

import { addDays, addMonths, type Day, type Month, monthOf } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { decideCover } from '../../src/contributions/domain/cover.ts'
import { ensureTariff, openMonth } from '../../src/contributions/index.ts'
import { coverFacts, coverOn, membershipsAlive, rulesOn } from '../../src/contributions/store/cover.ts'
import { ruleOf } from '../../src/contributions/use-cases/show-cover.ts'
import { type Drawn, history, type Kind, kinds, lastDayDrawn, plant } from './cover-histories.ts'

const histories = size(2_400, 100_000)
const days = size(6, 40)
let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', lastDayDrawn)
})
afterAll(() => scheme.close())

/** The persons whose membership lives at the end of the day: the others must have no answer at all. */
const livingOf = (drawn: readonly Drawn[]): Drawn[] =>
  drawn.filter(({ leaves, joined }) => leaves === null || leaves < 0 || leaves >= joined)

/** Compares every history drawn and gives, for each way of paying for a segment, how many answers were compared. */
async function compareDay(on: Day, drawn: readonly Drawn[]): Promise<Map<Kind, number>> {
  await plant(scheme, on, drawn)
  const persons = drawn.map(({ person }) => person)
  return scheme.run(async (tx) => {
    for (const ahead of [-10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4])
      await ensureTariff(tx, scheme.law, addMonths(monthOf(on), ahead), [])
    await ensureTariff(tx, scheme.law, monthOf(on), null)
    const sql = Map.groupBy(await coverOn(tx, on, persons), ({ person_id }) => person_id)
    const alive = await membershipsAlive(tx, on, persons)
    const facts = await coverFacts(tx, alive)
    const rules = await rulesOn(tx, on)
    const living = livingOf(drawn)
    expect(alive.map(({ person_id }) => person_id)).toEqual(living.map(({ person }) => person))
    expect([...sql.keys()], 'a membership without a rule of cover').toEqual(alive.map(({ person_id }) => person_id))
    for (const [place, membership] of alive.entries()) {
      const mine = rules
        .filter(
          (row) =>
            row.segment === membership.segment &&
            row.settlement === membership.settlement &&
            membership.programmes.split(',').includes(row.programme),
        )
        .map(ruleOf)
      const fact = facts[place]
      if (!fact) throw new Error('a membership without facts')
      const decided = decideCover(on, mine, fact).sort((a, b) => (a.programme < b.programme ? -1 : 1))
      const told = (sql.get(membership.person_id) ?? [])
        .map(({ programme, state, since, paid_until, covered_until, limits, reason }) => ({
          programme,
          state,
          since,
          paidUntil: paid_until,
          coveredUntil: covered_until,
          limits,
          reason,
        }))
        .sort((a, b) => (a.programme < b.programme ? -1 : 1))
      const text = (rows: readonly unknown[]): string =>
        JSON.stringify(rows.map((row) => Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1))))
      if (text(told) !== text(decided))
        expect(
          told,
          `${on} ${JSON.stringify(
            drawn.find(({ person }) => person === membership.person_id),
            (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
          )}`,
        ).toEqual(decided)
    }
    return new Map([...Map.groupBy(living, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]))
  })
}

it(`answers ${histories} random histories as the pure decision does`, { timeout: size(240_000, 7_200_000) }, async () => {
  for (let ahead = 0; ahead <= 33; ahead++) await scheme.run((tx) => openMonth(tx, scheme.law, addMonths('2024-02' as Month, ahead)))
  const each = Math.ceil(histories / days)
  const compared = new Map<Kind, number>()
  let drawnInAll = 0
  for (let index = 0; index < days; index++) {
    const on = addDays('2024-02-10' as Day, Math.floor((index * 990) / days))
    const drawn = fc
      .sample(history, { numRuns: each, seed: index })
      .map((one, place) => ({ ...one, person: BigInt(index * each + place + 1) }))
    drawnInAll += drawn.length
    for (const [kind, count] of await compareDay(on, drawn)) compared.set(kind, (compared.get(kind) ?? 0) + count)
  }
  // As many as promised, over every way of paying that the pack allows; most of them are memberships that live on the day.
  expect(drawnInAll).toBeGreaterThanOrEqual(histories)
  for (const kind of kinds)
    expect(compared.get(kind) ?? 0, `${kind.segment} paid by ${kind.payer}`).toBeGreaterThan(histories / kinds.length / 2)
})
