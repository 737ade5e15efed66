// Histories of cover, drawn at random and planted as rows: bills paid, late, never or split; months paid with gaps; contracts; periods.
import { type Law, lawOf, loadPack, payerKindsOf, profileOf } from '@payung/law'
import { addDays, addMonths, type Day, firstDay, lastDay, monthNumber, monthOf } from '@payung/values'
import fc from 'fast-check'
import type { TestScheme } from '../../../tests/scheme.ts'
import { billId, firstRunning, monthlyNumber } from '../../src/contributions/domain/bill-number.ts'
import { addFacts, addProfiles } from '../../src/contributions/store/membership-facts.ts'
import type { Tx } from '../../src/platform/index.ts'

/** Every segment with each kind of payer that may pay for it, as the pack says it. */
const pack = await loadPack('indonesia')
export const lastDayDrawn = '2026-11-02' as Day
export const kinds = pack.segments.flatMap(({ code, assessed }) =>
  payerKindsOf(lawOf(pack).on(lastDayDrawn), code).map((payer) => {
    const settlement = pack.payerKinds.find((each) => each.code === payer)?.settlement
    if (!settlement) throw new Error(`${payer} is no kind of payer`)
    return { segment: code, payer, settlement: assessed === 'contract' ? ('contract' as const) : settlement }
  }),
)
export type Kind = (typeof kinds)[number]

type History = {
  readonly kind: Kind
  readonly joined: number
  readonly leaves: number | null
  readonly openings: readonly number[]
  readonly months: readonly {
    readonly back: number
    readonly paid: number | null
    /** When the membership was taken to a bill of its own, perhaps again from that, and when each of these bills was paid. */
    readonly splits: readonly { readonly on: number; readonly paid: number | null }[]
  }[]
  readonly contracts: readonly {
    readonly from: number
    readonly length: number
    readonly paid: number | null
    /** A later instalment: its day, and that of its payment. */
    readonly later: { readonly due: number; readonly paid: number | null } | null
    /** How long after the beginning the window of reporting ends, and the report came. */
    readonly reported: { readonly window: number; readonly after: number } | null
    /** The part that covers begins and ends this much later than the member does. */
    readonly shift: number
  }[]
}

const split = fc.record({ on: fc.integer({ min: -20, max: 200 }), paid: fc.option(fc.integer({ min: -30, max: 200 }), { freq: 3 }) })

/** Days and months are counted back from the day asked about, so that most of them matter to it. */
export const history: fc.Arbitrary<History> = fc.record({
  kind: fc.constantFrom(...kinds),
  joined: fc.integer({ min: 0, max: 500 }),
  leaves: fc.option(fc.integer({ min: -40, max: 60 }), { freq: 6 }),
  openings: fc.uniqueArray(fc.integer({ min: -5, max: 400 }), { maxLength: 2 }),
  months: fc.uniqueArray(
    fc.record({
      back: fc.integer({ min: -3, max: 9 }),
      paid: fc.option(fc.integer({ min: -30, max: 280 }), { freq: 3 }),
      splits: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(split, { maxLength: 2 })),
    }),
    { maxLength: 9, selector: ({ back }) => back },
  ),
  contracts: fc.uniqueArray(
    fc.record({
      from: fc.integer({ min: -60, max: 400 }),
      length: fc.integer({ min: 1, max: 300 }),
      paid: fc.option(fc.integer({ min: -20, max: 400 }), { freq: 5 }),
      later: fc.option(fc.record({ due: fc.integer({ min: -20, max: 60 }), paid: fc.option(fc.integer({ min: -20, max: 90 })) })),
      reported: fc.option(fc.record({ window: fc.integer({ min: 1, max: 60 }), after: fc.integer({ min: 0, max: 120 }) })),
      shift: fc.oneof(fc.constant(0), fc.integer({ min: -60, max: 60 })),
    }),
    { maxLength: 2, selector: ({ from }) => from },
  ),
})

export type Drawn = History & { readonly person: bigint }

/** Bills to which memberships of those who owe were taken, each from the bill before it. */
async function plantSplits(tx: Tx, on: Day, drawn: readonly Drawn[]): Promise<void> {
  const ago = (count: number): Day => addDays(on, -count)
  const rows = drawn
    .filter(({ kind }) => kind.settlement === 'receivable')
    .flatMap(({ person, months }) =>
      months.flatMap(({ back, splits }) => {
        const month = addMonths(monthOf(on), -back)
        const first = billId(person, monthlyNumber(month))
        return [...splits]
          .sort((a, b) => b.on - a.on)
          .map(({ on: count, paid }, place) => ({
            person,
            month,
            bill: first + BigInt(place),
            split: first + BigInt(place + 1),
            on: ago(count),
            due: addDays(firstDay(addMonths(month, 1)), 14),
            paid: paid === null ? null : ago(paid),
          }))
      }),
    )
  await tx.run(
    `with n as (select * from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::date[], $6::date[], $7::date[]) as n (p, m, b, s, i, d, o)),
     made as (
       insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on) select p, s, m, 'split', 'issued', 1000, i, i, d, o from n
     ) insert into contributions.split_member (person_id, ordinal, payer_id, bill_id, split_bill_id, split_on) select p, 1, p, b, s, i from n`,
    [
      rows.map(({ person }) => person),
      rows.map(({ month }) => monthNumber(month)),
      rows.map(({ bill }) => bill),
      rows.map(({ split: to }) => to),
      rows.map((each) => each.on),
      rows.map(({ due }) => due),
      rows.map(({ paid }) => paid),
    ],
  )
}

const before =
  (on: Day) =>
  (count: number): Day =>
    addDays(on, -count)

async function plantMembers(tx: Tx, law: Law, on: Day, drawn: readonly Drawn[]): Promise<void> {
  const ago = before(on)
  const view = law.asPublishedBy(lastDayDrawn).on(firstDay(monthOf(on)))
  const profiles = kinds.map(({ segment, payer, settlement }) => {
    const { profile, key } = profileOf(pack, view, { segment, payer, born: '1990-01-01', joined: on })
    return { segment, key: `${settlement} ${key}`, payerKind: payer, settlement, facts: profile }
  })
  const numbers = await addProfiles(tx, profiles)
  const profileId = (kind: Kind): number => numbers.get(profiles[kinds.indexOf(kind)]?.key ?? '') ?? 0
  await addFacts(
    tx,
    drawn.map(({ person, kind, joined }) => ({
      personId: person,
      ordinal: 1,
      payerId: person,
      base: 5_000_000n,
      baseMonth: 0,
      from: ago(joined),
      until: null,
      joined: ago(joined),
      born: '1990-01-01' as Day,
      profileId: profileId(kind),
      acceptedOn: ago(joined),
    })),
  )
  const gone = drawn.filter(({ leaves, joined }) => leaves !== null && leaves < joined)
  await tx.run(
    'update contributions.membership_fact f set until_day = g.until_day from unnest($1::bigint[], $2::date[]) as g (person_id, until_day) where f.person_id = g.person_id',
    [gone.map(({ person }) => person), gone.map(({ leaves }) => ago(leaves ?? 0))],
  )
  const openings = drawn.flatMap(({ person, openings: back }) => back.map((count) => ({ person, on: ago(count) })))
  await tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month) select p, 1, d, 'test', contributions.month_number(d) from unnest($1::bigint[], $2::date[]) as o (p, d)`,
    [openings.map(({ person }) => person), openings.map((each) => each.on)],
  )
}

function billsOf(on: Day, drawn: readonly Drawn[]) {
  const ago = before(on)
  return drawn
    .filter(({ kind }) => kind.settlement === 'receivable')
    .flatMap(({ person, months }) =>
      months.map(({ back, paid }) => ({ person, month: addMonths(monthOf(on), -back), paid: paid === null ? null : ago(paid) })),
    )
}

function contractsOf(on: Day, drawn: readonly Drawn[]) {
  const ago = before(on)
  return drawn
    .filter(({ kind }) => kind.settlement === 'contract')
    .flatMap(({ person, contracts: all }) =>
      all.map(({ from, length, paid, later, reported, shift }, index) => ({
        person,
        number: firstRunning + index,
        from: ago(from),
        until: addDays(ago(from), length),
        paid: paid === null ? null : ago(paid),
        later: later && { number: firstRunning + 8 + index, due: ago(later.due), paid: later.paid === null ? null : ago(later.paid) },
        window: reported && addDays(ago(from), reported.window),
        reported: reported && addDays(ago(from), reported.after),
        shift,
      })),
    )
}
type Contracts = ReturnType<typeof contractsOf>

async function plantBills(tx: Tx, bills: ReturnType<typeof billsOf>, contracts: Contracts): Promise<void> {
  await tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on) select p, b, m, k, 'issued', 1000, i, i, d, o
     from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::date[], $6::date[], $7::date[]) as n (p, b, m, k, i, d, o)`,
    [
      [...bills, ...contracts].map(({ person }) => person),
      [
        ...bills.map(({ person, month }) => billId(person, monthlyNumber(month))),
        ...contracts.map(({ person, number }) => billId(person, number)),
      ],
      [...bills.map(({ month }) => monthNumber(month)), ...contracts.map(({ from }) => monthNumber(monthOf(from)))],
      [...bills.map(() => 'month'), ...contracts.map(() => 'contract')],
      [...bills.map(({ month }) => lastDay(month)), ...contracts.map(({ from }) => from)],
      [...bills.map(({ month }) => addDays(firstDay(addMonths(month, 1)), 14)), ...contracts.map(() => null)],
      [...bills, ...contracts].map(({ paid }) => paid),
    ],
  )
  await tx.run(
    'insert into contributions.premium_member (person_id, ordinal, from_day, until_day, payer_id, contract_id, window_until, reported_on) select p, 1, f, u, p, c, w, r from unnest($1::bigint[], $2::date[], $3::date[], $4::bigint[], $5::date[], $6::date[]) as n (p, f, u, c, w, r)',
    [
      contracts.map(({ person }) => person),
      contracts.map(({ from }) => from),
      contracts.map(({ until }) => until),
      contracts.map(({ person, number }) => billId(person, number)),
      contracts.map(({ window }) => window),
      contracts.map(({ reported }) => reported),
    ],
  )
}

async function plantParts(tx: Tx, contracts: Contracts): Promise<void> {
  const parts = contracts.flatMap(({ person, number, from, until, paid, later, shift }) => {
    const contract = billId(person, number)
    const first = {
      person,
      contract,
      nth: 0,
      bill: contract,
      from: addDays(from, shift),
      until: addDays(until, shift),
      due: null,
      paid,
      made: from,
    }
    return later
      ? [first, { ...first, nth: 1, bill: billId(person, later.number), from: null, until: null, due: later.due, paid: later.paid }]
      : [first]
  })
  await tx.run(
    `insert into contributions.premium_part (payer_id, contract_id, nth, bill_id, kind, month, due, from_day, until_day, amounts, employer, worker, made_on)
     select p, c, n, b, 'instalment', 0, d, f, u, '{}', 1000, 0, m from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::date[], $6::date[], $7::date[], $8::date[]) as x (p, c, n, b, d, f, u, m)`,
    [
      parts.map(({ person }) => person),
      parts.map(({ contract }) => contract),
      parts.map(({ nth }) => nth),
      parts.map(({ bill }) => bill),
      parts.map(({ due }) => due),
      parts.map(({ from }) => from),
      parts.map(({ until }) => until),
      parts.map(({ made }) => made),
    ],
  )
  const laterParts = parts.filter(({ nth }) => nth === 1)
  await tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on) select p, b, 24000, 'contract', 'issued', 1000, m, m, d, o
     from unnest($1::bigint[], $2::bigint[], $3::date[], $4::date[], $5::date[]) as n (p, b, m, d, o)`,
    [
      laterParts.map(({ person }) => person),
      laterParts.map(({ bill }) => bill),
      laterParts.map(({ made }) => made),
      laterParts.map(({ due }) => due),
      laterParts.map(({ paid }) => paid),
    ],
  )
}

async function plantSpans(tx: Tx, on: Day, drawn: readonly Drawn[]): Promise<void> {
  const ago = before(on)
  const spans = drawn
    .filter(({ kind }) => kind.settlement === 'offer')
    .flatMap(({ person, months }) =>
      months.flatMap(({ back, paid }) => (paid === null ? [] : [{ person, month: monthNumber(monthOf(on)) - back, paid: ago(paid) }])),
    )
  await tx.run(
    'insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id) select p, 1, m, m, d, 0 from unnest($1::bigint[], $2::smallint[], $3::date[]) as n (p, m, d)',
    [spans.map(({ person }) => person), spans.map(({ month }) => month), spans.map(({ paid }) => paid)],
  )
}

export const plant = (scheme: TestScheme, on: Day, drawn: readonly Drawn[]): Promise<void> =>
  scheme.run(async (tx) => {
    const contracts = contractsOf(on, drawn)
    await plantMembers(tx, scheme.law, on, drawn)
    await plantBills(tx, billsOf(on, drawn), contracts)
    await plantParts(tx, contracts)
    await plantSplits(tx, on, drawn)
    await plantSpans(tx, on, drawn)
  })
