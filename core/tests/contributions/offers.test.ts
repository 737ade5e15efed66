// Who pays without owing: the self-employed, donors and public budgets. Nothing is billed before money comes; what comes pays whole months,
// opens cover on its day, waits when it is too little, and reaches into the months to come. Prices: PP 44/2015 annex II (1 % of the band
// and 6,800) and PP 46/2015 (2 % savings), half of the first two from April to December 2026 except for public money (PP 50/2025).
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, showCover } from '../../src/contributions/index.ts'
import { payerBalances } from '../../src/ledger/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

type Fisher = { readonly personId: bigint; readonly payerId: bigint }

let scheme: TestScheme
let external = 0

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-10-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-10' as Month))
})
afterAll(() => scheme.close())

/** Self-employed fishers with an income of 1,000,000; each pays alone unless a payer is named. */
async function fishers(count: number, of: { payerId?: bigint; programmes?: string[] } = {}): Promise<Fisher[]> {
  scheme.at('2026-10-01')
  const persons = await scheme.persons(count)
  await scheme.memberships(
    persons.map(({ memberNumber }) => ({
      memberNumber,
      segment: 'BPU',
      base: '1000000',
      facts: { occupation: 'fisher' },
      from: '2026-10-01',
      ...of,
    })),
  )
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from contributions.membership_fact where person_id = any ($1::bigint[]) order by person_id',
    [persons.map(({ personId }) => personId)],
  )
  return rows.map(({ person_id, payer_id }) => ({ personId: person_id, payerId: payer_id }))
}
async function fisher(programmes?: string[]): Promise<Fisher> {
  const [one] = await fishers(1, programmes ? { programmes } : {})
  if (!one) throw new Error('no fisher')
  return one
}

/** One payment on a day, which is today from then on. */
async function pays({ payerId }: Pick<Fisher, 'payerId'>, amount: number, day: string) {
  scheme.at(day)
  const [outcome] = await scheme.pay([
    { channel: 'counter', day, externalId: String(++external), code: paymentCode(payerId), amount: String(amount) },
  ])
  if (!outcome) throw new Error('no outcome')
  const { settled, credit, missing } = outcome
  return { paid: settled.map(({ month, amount: each }) => `${month} ${each}`), credit, missing }
}

/** The state of each programme, with its dates, of somebody on a day. */
async function coverOf({ personId }: Pick<Fisher, 'personId'>, day: string): Promise<Record<string, string>> {
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day))
  return Object.fromEntries(
    membership?.programmes.map(({ programme, state, since, paidUntil, reason }) => [
      programme,
      [state, state === 'covered' ? `since ${since} paid until ${paidUntil}` : reason].join(', '),
    ]) ?? [],
  )
}
const both = (text: string) => ({ JKK: text, JKM: text })

const rowsOf = async ({ payerId }: Pick<Fisher, 'payerId'>) =>
  (
    await scheme.admin.query<{ rows: bigint; bills: bigint }>(
      `select (select count(*) from contributions.contribution where bill_id >> 20 = $1) as rows, (select count(*) from contributions.bill where payer_id = $1) as bills`,
      [payerId],
    )
  ).rows[0]
const moneyOf = ({ payerId }: Pick<Fisher, 'payerId'>) =>
  scheme.run(async (tx) => {
    const { credit, trust, receivable } = (await payerBalances(tx, [payerId])).get(payerId) ?? { credit: 0n, trust: 0n, receivable: 0n }
    return { credit, trust, receivable }
  })
/** What a payer's money went to, by fund. */
const fundsOf = async ({ payerId }: Pick<Fisher, 'payerId'>): Promise<Record<string, bigint>> => {
  const { rows } = await scheme.admin.query<{ fund: string; amount: bigint }>(
    `select c.fund, sum(t.amount)::bigint as amount from ledger.transfer t join ledger.account c on c.account = t.credit where t.payer_id = $1 and c.fund <> '' group by c.fund`,
    [payerId],
  )
  return Object.fromEntries(rows.map(({ fund, amount }) => [fund, amount]))
}

describe('a fisher who pays alone', () => {
  it('owes nothing before: there is no bill, no row and no cover', async () => {
    const one = await fisher()
    expect(await rowsOf(one)).toEqual({ rows: 0n, bills: 0n })
    expect(await coverOf(one, '2026-10-09')).toEqual(both('not covered, never-paid'))
  })

  it('is covered from the day of the first payment, not from the day before', async () => {
    const one = await fisher()
    expect(await pays(one, 8_400, '2026-10-10')).toEqual({ paid: ['2026-10 8400'], credit: 0n, missing: 0n })
    expect(await coverOf(one, '2026-10-09')).toEqual(both('not covered, never-paid'))
    expect(await coverOf(one, '2026-10-10')).toEqual(both('covered, since 2026-10-10 paid until 2026-10-31'))
  })

  it('pays the next month next, and the period goes on', async () => {
    const one = await fisher()
    await pays(one, 8_400, '2026-10-10')
    expect((await pays(one, 8_400, '2026-11-05')).paid).toEqual(['2026-11 8400'])
    expect(await coverOf(one, '2026-11-05')).toEqual(both('covered, since 2026-10-10 paid until 2026-11-30'))
    expect(await rowsOf(one)).toEqual({ rows: 2n, bills: 2n })
  })

  it('saves too: 2 % without relief, each part in its fund', async () => {
    const one = await fisher(['JKK', 'JKM', 'JHT'])
    expect((await pays(one, 28_400, '2026-10-10')).paid).toEqual(['2026-10 28400'])
    expect(await fundsOf(one)).toEqual({ JKK: 5_000n, JKM: 3_400n, JHT: 20_000n })
  })

  it('with too little is told what is missing; the money waits and pays when the rest comes, which opens cover', async () => {
    const one = await fisher()
    expect(await pays(one, 5_000, '2026-10-10')).toEqual({ paid: [], credit: 5_000n, missing: 3_400n })
    expect(await coverOf(one, '2026-10-10')).toEqual(both('not covered, never-paid'))
    expect(await rowsOf(one)).toEqual({ rows: 0n, bills: 0n })
    expect(await moneyOf(one)).toEqual({ credit: 5_000n, trust: 0n, receivable: 0n })
    expect((await pays(one, 3_400, '2026-10-12')).paid).toEqual(['2026-10 8400'])
    expect(await coverOf(one, '2026-10-12')).toEqual(both('covered, since 2026-10-12 paid until 2026-10-31'))
    expect(await moneyOf(one)).toEqual({ credit: 0n, trust: 0n, receivable: 0n })
  })

  it('pays ahead, each month at its own price: half until December, the whole from January', async () => {
    const one = await fisher()
    expect(await pays(one, 42_100, '2026-10-10')).toEqual({
      paid: ['2026-10 8400', '2026-11 8400', '2026-12 8400', '2027-01 16800'],
      credit: 100n,
      missing: 16_700n,
    })
    expect(await coverOf(one, '2027-01-31')).toEqual(both('covered, since 2026-10-10 paid until 2027-01-31'))
  })

  it('pays at most twelve months ahead; the rest stays as credit', async () => {
    const one = await fisher()
    const { paid, credit } = await pays(one, 1_000_000, '2026-10-10')
    expect([paid.length, paid.at(-1)]).toEqual([13, '2027-10 16800'])
    expect(credit).toBe(1_000_000n - 3n * 8_400n - 10n * 16_800n)
  })

  it('lapses after three months of grace, and enters again as a new period', async () => {
    const one = await fisher()
    await pays(one, 8_400, '2026-10-10')
    // The 15th is a Sunday: due on Monday.
    expect(await coverOf(one, '2026-11-16')).toEqual(both('covered, since 2026-10-10 paid until 2026-10-31'))
    expect(await coverOf(one, '2026-11-17')).toEqual(both('covered, contribution outstanding, contribution-outstanding'))
    expect(await coverOf(one, '2027-01-31')).toEqual(both('covered, contribution outstanding, contribution-outstanding'))
    expect(await coverOf(one, '2027-02-01')).toEqual(both('not covered, lapsed'))
    expect((await pays(one, 16_800, '2027-03-10')).paid).toEqual(['2027-03 16800'])
    expect(await coverOf(one, '2027-03-09')).toEqual(both('not covered, lapsed'))
    expect(await coverOf(one, '2027-03-10')).toEqual(both('covered, since 2027-03-10 paid until 2027-03-31'))
    const { rows } = await scheme.admin.query(
      'select opened_on, opened_by from contributions.cover_period where person_id = $1 order by opened_on',
      [one.personId],
    )
    expect(rows).toEqual([
      { opened_on: '2026-10-10', opened_by: 'first-payment' },
      { opened_on: '2027-03-10', opened_by: 're-entry' },
    ])
  })

  it('within grace pays the oldest month and keeps the period', async () => {
    const one = await fisher()
    await pays(one, 8_400, '2026-10-10')
    expect((await pays(one, 16_800, '2027-01-20')).paid).toEqual(['2026-11 8400', '2026-12 8400'])
    expect(await coverOf(one, '2027-01-20')).toMatchObject({ JKK: expect.stringMatching(/^covered, contribution outstanding/) })
    const { rowCount } = await scheme.admin.query('select from contributions.cover_period where person_id = $1', [one.personId])
    expect(rowCount).toBe(1)
  })
})

describe('somebody who pays for others', () => {
  const sponsorOf = async (kind: string, count: number) => {
    scheme.at('2026-10-01')
    const { payerId } = await scheme.organisation({ kind })
    return { payerId, members: await fishers(count, { payerId }) }
  }
  const coveredOn = async (members: readonly Fisher[], day: string): Promise<number> => {
    const covers = await Promise.all(members.map((member) => coverOf(member, day)))
    return covers.filter((cover) => Object.values(cover).every((state) => state.startsWith('covered'))).length
  }

  it('pays several at once, from money held in trust', async () => {
    const { payerId, members } = await sponsorOf('sponsor', 5)
    expect(await pays({ payerId }, 43_000, '2026-10-10')).toEqual({ paid: ['2026-10 42000'], credit: 1_000n, missing: 41_000n })
    expect(await coveredOn(members, '2026-10-09')).toBe(0)
    expect(await coveredOn(members, '2026-10-10')).toBe(5)
    expect(await rowsOf({ payerId })).toEqual({ rows: 5n, bills: 1n })
    expect(await moneyOf({ payerId })).toEqual({ credit: 0n, trust: 1_000n, receivable: 0n })
    expect(await fundsOf({ payerId })).toEqual({ JKK: 25_000n, JKM: 17_000n })
  })

  it('with money for a part of them pays nothing yet: nobody is chosen among them', async () => {
    const { payerId, members } = await sponsorOf('sponsor', 5)
    expect(await pays({ payerId }, 41_999, '2026-10-10')).toEqual({ paid: [], credit: 41_999n, missing: 1n })
    expect(await coveredOn(members, '2026-10-10')).toBe(0)
    expect(await rowsOf({ payerId })).toEqual({ rows: 0n, bills: 0n })
  })

  it('gets no relief when the money is a public budget’s (PP 50/2025 art 5)', async () => {
    const { payerId, members } = await sponsorOf('APBD', 5)
    expect(await pays({ payerId }, 42_000, '2026-10-10')).toEqual({ paid: [], credit: 42_000n, missing: 42_000n })
    expect((await pays({ payerId }, 42_000, '2026-10-11')).paid).toEqual(['2026-10 84000'])
    expect(await coveredOn(members, '2026-10-11')).toBe(5)
  })

  it('pays a member who joins after the month was paid on a second bill of that month', async () => {
    const { payerId } = await sponsorOf('sponsor', 2)
    await pays({ payerId }, 16_800, '2026-10-10')
    const [joiner] = await fishers(1, { payerId })
    expect((await pays({ payerId }, 8_400, '2026-10-20')).paid).toEqual(['2026-10 8400'])
    expect(await coverOf(joiner ?? { personId: 0n }, '2026-10-20')).toEqual(both('covered, since 2026-10-20 paid until 2026-10-31'))
    expect(await rowsOf({ payerId })).toEqual({ rows: 3n, bills: 2n })
    expect((await pays({ payerId }, 25_200, '2026-11-02')).paid).toEqual(['2026-11 25200'])
  })
})

describe('two payments at the same moment', () => {
  const atOnce = async (payments: readonly (readonly [Pick<Fisher, 'payerId'>, number])[]) => {
    scheme.at('2026-10-15')
    const outcomes = await Promise.all(
      payments.map(([{ payerId }, amount]) =>
        scheme.pay([
          { channel: 'counter', day: '2026-10-15', externalId: String(++external), code: paymentCode(payerId), amount: String(amount) },
        ]),
      ),
    )
    return outcomes.flatMap(([outcome]) => outcome?.settled.map(({ month, amount }) => `${month} ${amount}`) ?? []).sort()
  }

  it('of a whole month each pay two months, not one twice', async () => {
    const one = await fisher()
    expect(
      await atOnce([
        [one, 8_400],
        [one, 8_400],
      ]),
    ).toEqual(['2026-10 8400', '2026-11 8400'])
    expect(await rowsOf(one)).toEqual({ rows: 2n, bills: 2n })
    expect(await moneyOf(one)).toMatchObject({ credit: 0n })
  })

  it('of half a month each pay one month together', async () => {
    const one = await fisher()
    expect(
      await atOnce([
        [one, 4_200],
        [one, 4_200],
      ]),
    ).toEqual(['2026-10 8400'])
    expect(await rowsOf(one)).toEqual({ rows: 1n, bills: 1n })
  })

  it('of many payers pay each its own', async () => {
    const many = await fishers(20)
    expect(await atOnce(many.map((one) => [one, 8_400] as const))).toEqual(many.map(() => '2026-10 8400'))
  })
})

it('leaves the control at 0 after all of it', async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
