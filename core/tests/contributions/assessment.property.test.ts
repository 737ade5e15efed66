// The SQL of the monthly run and `assess` in TypeScript mean the same: random memberships of every segment that is assessed by month,
// over all months since the law begins, with random reliefs, programmes, ages and bases on and around every edge of the law.
import { type Assessment, assess, type Facts, type Law, type MonthLaw, monthLaw, profileOf } from '@payung/law'
import { addMonths, type Day, firstDay, lastDay, type Month, monthNumber, monthsBetween, ok, type Result } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { monthlyNumber } from '../../src/contributions/domain/bill-number.ts'
import { writeRows } from '../../src/contributions/store/assess-rows.ts'
import { sumNewBills } from '../../src/contributions/store/book-bills.ts'
import { addFacts, addProfiles } from '../../src/contributions/store/membership-facts.ts'
import { addMonth } from '../../src/contributions/store/months.ts'
import { layOutDueOffers, priceOffers } from '../../src/contributions/store/offers.ts'
import { layOutMonth } from '../../src/contributions/use-cases/issue-bills.ts'

type Case = {
  readonly person: bigint
  readonly facts: Facts
  readonly base: bigint
  readonly born: Day
  readonly settlement: 'receivable' | 'offer'
}
const memberships = size(1_200, 100_000)
const months = size(12, 60)
let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-11-02')
})
afterAll(() => scheme.close())

/** Bases on and next to every edge that the month's law has, and any amount between. */
const bases = (law: { lines: readonly { bandFrom: bigint; ceiling: bigint | null; floor: bigint | null }[] }): fc.Arbitrary<bigint> => {
  const edges = [...new Set(law.lines.flatMap(({ bandFrom, ceiling, floor }) => [bandFrom, ceiling ?? 0n, floor ?? 0n]))]
    .flatMap((edge) => [edge - 1n, edge, edge + 1n])
    .filter((edge) => edge >= 0n)
  return fc.oneof(fc.constantFrom(...edges), fc.bigInt(0n, 60_000_000n), fc.bigInt(0n, 999_999_999_999n))
}

const dayBetween = (from: string, to: string): fc.Arbitrary<Day> =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10) as Day)

/** Asking for a programme that no law gives yet is a refusal, not an amount: only those that the month has are chosen. */
function factsIn(month: Month, lawful: ReadonlySet<string>): fc.Arbitrary<{ facts: Facts; born: Day; settlement: 'receivable' | 'offer' }> {
  const { pack } = scheme.law
  const segments = pack.segments.filter(({ assessed }) => assessed === 'monthly')
  const given = pack.facts.filter(
    ({ profile, derived, type, code }) =>
      profile && !derived && code !== 'payer' && (type === 'choice' || type === 'flag' || type === 'count'),
  )
  const choice = Object.fromEntries(
    given.map((fact) => [
      fact.code,
      fact.type === 'count'
        ? fc.constantFrom('0', ...(fact.cuts ?? []).flatMap((cut) => [String(cut - 1), String(cut)]))
        : fc.constantFrom(...(fact.choices ?? ['yes', 'no'])),
    ]),
  )
  return fc
    .record({
      segment: fc.constantFrom(...segments),
      born: dayBetween('1950-01-01', '2008-01-01'),
      joined: dayBetween('2014-01-01', lastDay(month)),
      choice: fc.record(choice),
      payer: fc.nat(),
      chosen: fc.option(
        fc.subarray(
          pack.programmes.map(({ code }) => code),
          { minLength: 1 },
        ),
      ),
    })
    .map(({ segment, born, joined, choice: chosenFacts, payer, chosen }) => {
      const kinds = pack.payerKinds.filter(
        ({ code, settlement, holder }) =>
          holder !== 'state' && (segment.payer === 'employer' ? code === 'employer' : settlement === 'offer'),
      )
      const kind = kinds[payer % kinds.length]
      const programmes = chosen?.filter((code) => segment.programmes.includes(code) && lawful.has(code)).join(',')
      const facts: Facts = {
        ...(chosenFacts as Facts),
        segment: segment.code,
        payer: kind?.code ?? '',
        born,
        joined,
        ...(programmes ? { programmes } : {}),
      }
      return { facts, born, settlement: kind?.settlement ?? 'offer' }
    })
}

/** Null: nothing that was chosen applies (too old for it, not a citizen), which a desk refuses and the run leaves at nothing. */
function assessWhatApplies(monthly: MonthLaw, law: Law, facts: Facts): Result<Assessment | null> {
  const assessed = assess(monthly, law, facts)
  return !assessed.ok && ['not-insurable', 'no-compulsory-programmes'].includes(assessed.refusal.code) ? ok(null) : assessed
}

async function compareMonth(month: Month, count: number, first: bigint): Promise<number> {
  const { law } = scheme
  const compiled = monthLaw(law.asPublishedBy('2026-11-02' as Day), month)
  if (!compiled.ok) throw new Error(compiled.refusal.rule)
  const monthly = compiled.value
  const drawn = fc.sample(
    fc.record({ given: factsIn(month, new Set(monthly.lines.map(({ programme }) => programme))), base: bases(monthly) }),
    { numRuns: count, seed: monthNumber(month) },
  )
  const view = law.asPublishedBy('2026-11-02' as Day).on(firstDay(month))
  const cases = drawn.map(({ given, base }, index): Case & { profile: ReturnType<typeof profileOf> } => ({
    ...given,
    base,
    person: first + BigInt(index),
    profile: profileOf(law.pack, view, given.facts),
  }))
  const rows = await scheme.run(async (tx) => {
    await addMonth(tx, month, firstDay(month))
    const keyOf = ({ settlement, profile }: (typeof cases)[number]): string => `${settlement} ${profile.key}`
    const numbers = await addProfiles(
      tx,
      [...new Map(cases.map((each) => [keyOf(each), each])).values()].map((each) => ({
        key: keyOf(each),
        segment: each.facts.segment ?? '',
        payerKind: each.facts.payer ?? '',
        settlement: each.settlement,
        facts: each.profile.profile,
      })),
    )
    await addFacts(
      tx,
      cases.map((each) => ({
        personId: each.person,
        ordinal: 1,
        payerId: each.person,
        base: each.base,
        baseMonth: monthNumber(month),
        from: firstDay(month),
        until: null,
        joined: firstDay(month),
        born: each.born,
        profileId: numbers.get(keyOf(each)) ?? 0,
        acceptedOn: firstDay(month),
      })),
    )
    const owed = await layOutMonth(tx, law, month, 'receivable', null)
    if (owed)
      await writeRows(tx, owed.tariff, month, { persons: [first, first + BigInt(count)] }, monthlyNumber(month), {
        rowsStand: false,
        billsStand: false,
        full: false,
      })
    if (owed) await sumNewBills(tx, owed.byClass, month)
    const written = await tx.query<{ payer_id: bigint; employer: bigint; worker: bigint } & Record<string, bigint>>(
      'select * from new_sums',
    )
    const slots = owed?.byClass.wide.slots ?? []
    const offered = await layOutMonth(tx, law, month, 'offer', null)
    const offers = cases.filter(({ settlement }) => settlement === 'offer').map(({ person }) => person)
    if (offered) await layOutDueOffers(tx, offers, month, firstDay(month), 12)
    const prices = offered ? await priceOffers(tx, offered.tariff, month) : []
    return {
      written: new Map(written.map((row) => [row.payer_id, row])),
      slots,
      prices: new Map(prices.map((row) => [row.payer_id, row.amount])),
    }
  })
  for (const each of cases) {
    const base = law.pack.segments.find(({ code }) => code === each.facts.segment)?.base[0] ?? ''
    const facts: Facts = Object.fromEntries(Object.entries(each.facts).filter(([code]) => code !== 'programmes'))
    const chosen = each.profile.profile.programmes
    const assessed = assessWhatApplies(monthly, law, { ...facts, ...(chosen ? { programmes: chosen } : {}), [base]: each.base.toString() })
    const where = (): string => `${month} ${JSON.stringify(each.facts)} base ${each.base}`
    if (!assessed.ok) throw new Error(`${where()}: ${assessed.refusal.rule} ${JSON.stringify(assessed.refusal.data)}`)
    const totals = assessed.value?.totals ?? { employer: 0n, worker: 0n, billed: 0n }
    if (each.settlement === 'offer') {
      if (rows.prices.get(each.person) !== totals.billed) expect(rows.prices.get(each.person) ?? 0n, where()).toBe(totals.billed)
      continue
    }
    const row = rows.written.get(each.person)
    // Lines of one programme and share may stand in slots of their own (two shares that are deferred): their sum is what the law asks.
    const parts = [
      ...Map.groupBy(
        rows.slots.map((slot, index) => ({ ...slot, amount: row?.[`s${index}`] ?? 0n })),
        ({ programme, kind, from }) => `${programme} ${kind} ${from}`,
      ).values(),
    ]
    const found = [row?.employer ?? 0n, row?.worker ?? 0n, ...parts.map((slots) => slots.reduce((sum, { amount }) => sum + amount, 0n))]
    const expected = [
      totals.employer,
      totals.worker,
      ...parts.map(([slot]) => {
        const amount = assessed.value?.programmes[slot?.programme ?? '']
        return (slot?.kind === 'split' ? amount?.taken[slot.from] : amount?.[slot?.kind ?? 'employer']) ?? 0n
      }),
    ]
    // Compared by hand first: a hundred thousand assertions would take longer than what they check.
    if (found.some((amount, index) => amount !== expected[index])) expect(found, where()).toEqual(expected)
  }
  return cases.length
}

it(`assesses ${memberships} random memberships as the database does`, { timeout: size(120_000, 7_200_000) }, async () => {
  const span = monthsBetween('2015-07' as Month, '2027-03' as Month) + 1
  const each = Math.ceil(memberships / months)
  let compared = 0
  for (let index = 0; index < months; index++)
    compared += await compareMonth(addMonths('2015-07' as Month, Math.floor((index * span) / months)), each, BigInt(index * each + 1))
  expect(compared).toBeGreaterThanOrEqual(memberships)
})
