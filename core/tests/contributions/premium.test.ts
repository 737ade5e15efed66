// Premium contracts drawn at random against the published tables: contract, bill and transfers say the same, and cover follows the payment.
import { addDays, type Day, type Month } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { checkControl, type NewContract, openMonth, registerContracts, showCover } from '../../src/contributions/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Drawn, drawn, employers, fromOf, published, registered, sum, untilOf } from './premium-tables.ts'

const contracts = size(60, 1000)
const seed = 44_2015
const paidOn = '2026-10-15' as Day
const beforeUntil = '2027-03-01' as Day
const all = fc.sample(drawn, { seed, numRuns: contracts })

let scheme: TestScheme
type Made = Drawn & {
  readonly contractId: bigint
  readonly payerId: bigint
  readonly persons: readonly bigint[]
  readonly settles: boolean
}
let made: Made[] = []

beforeAll(async () => {
  scheme = await freshScheme('indonesia', registered)
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-10' as Month))
  const builders: { organisationId: bigint; payerId: bigint }[] = []
  for (let index = 0; index < employers; index++) builders.push(await scheme.organisation({ kind: 'employer' }))
  const people = await scheme.persons(all.reduce((total, { members }) => total + members, 0))
  let next = 0
  const named = all.map(({ members }) => {
    next += members
    return people.slice(next - members, next)
  })
  await scheme.memberships(
    all.flatMap((contract, index) =>
      (named[index] ?? []).map(({ memberNumber }) => ({
        memberNumber,
        from: '2026-07-01',
        ...(contract.kind === 'project'
          ? { segment: 'JAKON', organisationId: builders[contract.employer]?.organisationId ?? 0n }
          : { segment: 'PMI' }),
      })),
    ),
  )
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from contributions.membership_fact',
  )
  const payerOf = new Map(rows.map(({ person_id, payer_id }) => [person_id, payer_id]))
  const asked = all.map((contract, index): NewContract => {
    const persons = named[index] ?? []
    const facts: Record<string, string> =
      contract.kind === 'project'
        ? { [contract.by === 'value' ? 'contract_value' : 'wage']: contract.amount.toString() }
        : {
            months: String(contract.months),
            via: contract.via,
            ...(contract.savings === null ? {} : { savings: String(contract.savings) }),
          }
    return {
      payerId: contract.kind === 'project' ? (builders[contract.employer]?.payerId ?? 0n) : (payerOf.get(persons[0]?.personId ?? 0n) ?? 0n),
      segment: contract.kind === 'project' ? 'JAKON' : 'PMI',
      name: `Contract ${index}`,
      from: fromOf(contract),
      until: untilOf(contract),
      facts,
      members: persons.map(({ personId }) => ({ personId, ordinal: 1 })),
    }
  })
  const result = await scheme.run((tx) => registerContracts(tx, scheme.law, asked))
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  made = all.map((contract, index) => ({
    ...contract,
    contractId: result.value[index]?.contractId ?? 0n,
    payerId: asked[index]?.payerId ?? 0n,
    persons: (named[index] ?? []).map(({ personId }) => personId),
    // A builder pays all its contracts or none.
    settles: contract.kind === 'project' ? contract.employer % 2 === 0 : contract.pays,
  }))
})
afterAll(() => scheme.close())

const bills = async (): Promise<Map<bigint, { total: bigint; state: string }>> => {
  const { rows } = await scheme.admin.query<{ bill_id: bigint; total: bigint; state: string }>(
    `select p.contract_id as bill_id, sum(b.total)::bigint as total, string_agg(distinct b.state, ' ') as state
     from contributions.bill b join contributions.premium_part p using (payer_id, bill_id) group by p.contract_id`,
  )
  return new Map(rows.map(({ bill_id, total, state }) => [bill_id, { total, state }]))
}
/** What each contract's transfers brought to the funds. */
const transfers = async (): Promise<Map<bigint, Record<string, bigint>>> => {
  const { rows } = await scheme.admin.query<{ source_id: bigint; funds: Record<string, string> }>(
    `select source_id, jsonb_object_agg(fund, amount::text) as funds from (
       select p.contract_id as source_id, c.fund, sum(t.amount) as amount from ledger.transfer t join ledger.account c on c.account = t.credit
       join contributions.premium_part p on p.payer_id = t.payer_id and p.bill_id = t.source_id where t.reason = 'premium' group by 1, 2
     ) each group by source_id`,
  )
  return new Map(
    rows.map(({ source_id, funds }) => [
      source_id,
      Object.fromEntries(Object.entries(funds).map(([fund, amount]) => [fund, BigInt(amount)])),
    ]),
  )
}
/** State and reason of each person's contract on a day, the same for each programme of its segment. */
const coversOn = async (day: Day): Promise<Map<bigint, string>> => {
  const people = made.flatMap(({ persons }) => persons)
  const covers = await scheme.run((tx) => showCover(tx, scheme.law, people, day))
  return new Map(
    covers.map(({ personId, programmes }) => [
      personId,
      [...new Set(programmes.map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`)))].join(' | '),
    ]),
  )
}

describe(`${contracts} contracts drawn at random`, () => {
  it('cost what the tables say, by fund', async () => {
    const { rows } = await scheme.admin.query<{ contract_id: bigint; amounts: Record<string, { employer: string; worker: string }> }>(
      'select contract_id, amounts from contributions.premium_contract',
    )
    const stored = new Map(rows.map(({ contract_id, amounts }) => [contract_id, amounts]))
    expect(stored.size).toBe(contracts)
    for (const contract of made) {
      const payer = contract.kind === 'project' ? 'employer' : 'worker'
      const other = contract.kind === 'project' ? 'worker' : 'employer'
      const expected = Object.entries(published(contract)).map(([fund, amount]) => [fund, { [payer]: amount.toString(), [other]: '0' }])
      expect(
        stored.get(contract.contractId),
        JSON.stringify({ ...contract }, (_, each: unknown) => String(each)),
      ).toEqual(Object.fromEntries(expected))
    }
  })

  it('of builders are owed at once: bill and transfers are the contract; of migrants are offered: neither exists', async () => {
    const [billed, booked] = [await bills(), await transfers()]
    for (const contract of made) {
      const amounts = published(contract)
      if (contract.kind === 'project') {
        expect(billed.get(contract.contractId)).toEqual({ total: sum(amounts), state: 'issued' })
        expect(booked.get(contract.contractId)).toEqual(amounts)
      } else expect([billed.get(contract.contractId), booked.get(contract.contractId)]).toEqual([undefined, undefined])
    }
  })

  it('cover nobody before they are paid', async () => {
    const covers = await coversOn(paidOn)
    for (const person of made.flatMap(({ persons }) => persons)) expect(covers.get(person)).toBe('not covered: never-paid')
  })

  it('are paid whole, and by the migrant with the same transfers', async () => {
    scheme.at(paidOn)
    const due = new Map<bigint, bigint>()
    for (const contract of made)
      if (contract.settles) due.set(contract.payerId, (due.get(contract.payerId) ?? 0n) + sum(published(contract)))
    const outcomes = await scheme.pay(
      [...due].map(([payerId, amount]) => ({
        channel: 'bank',
        day: paidOn,
        externalId: `premium ${payerId}`,
        code: paymentCode(payerId),
        amount: amount.toString(),
      })),
    )
    expect(outcomes.every(({ outcome, credit, missing }) => outcome === 'booked' && credit === 0n && missing === 0n)).toBe(true)
    const [billed, booked] = [await bills(), await transfers()]
    for (const contract of made.filter(({ settles }) => settles)) {
      expect(billed.get(contract.contractId)).toEqual({ total: sum(published(contract)), state: 'paid' })
      expect(booked.get(contract.contractId)).toEqual(published(contract))
    }
  })

  it('cover the members named from the payment, within the dates of the contract, and nobody else', async () => {
    // Today, around the beginnings and ends of contracts, and after all of them.
    const edges = made
      .slice(0, 25)
      .flatMap((contract) => [addDays(fromOf(contract), -1), fromOf(contract), addDays(untilOf(contract), -1), untilOf(contract)])
    const days = [...new Set([addDays(paidOn, -1), paidOn, ...edges, '2032-12-31' as Day])].filter((day) => day >= '2026-08-01')
    const seen = new Map<string, number>()
    for (const day of days) {
      const covers = await coversOn(day)
      for (const contract of made) {
        const [from, until] = [fromOf(contract), untilOf(contract)]
        // Through a placement firm cover begins before leaving, for five months at most from the day of registration.
        const before = contract.kind === 'migrant' && contract.via === 'placement' && from > registered && day < from
        const expected =
          before && contract.settles && paidOn <= day
            ? day < beforeUntil
              ? 'covered'
              : 'not covered: contract-not-begun'
            : !(contract.settles && paidOn <= day)
              ? 'not covered: never-paid'
              : from > day
                ? 'not covered: contract-not-begun'
                : until <= day
                  ? 'not covered: contract-ended'
                  : 'covered'
        for (const person of contract.persons) {
          expect(covers.get(person), `${contract.kind} ${from} to ${until} on ${day}`).toBe(expected)
          seen.set(expected, (seen.get(expected) ?? 0) + 1)
        }
      }
    }
    expect([...seen.keys()].sort()).toEqual([
      'covered',
      'not covered: contract-ended',
      'not covered: contract-not-begun',
      'not covered: never-paid',
    ])
  })

  it('leave the control at 0, with the premiums on their own line', async () => {
    const control = await scheme.run((tx) => checkControl(tx, 'test', null))
    const owed = made
      .filter(({ kind, settles }) => kind === 'project' || settles)
      .reduce((total, contract) => total + sum(published(contract)), 0n)
    expect(control).toMatchObject({ difference: 0n, premiums: owed, contributions: 0n, billed: owed, booked: owed })
  })
})

it('covers a membership in the programmes that it names, and in no other', async () => {
  const [named] = await scheme.persons(1)
  if (!named) throw new Error('no person')
  await scheme.memberships([{ memberNumber: named.memberNumber, segment: 'PMI', programmes: ['JKK', 'JKM'], from: registered }])
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [named.personId], paidOn))
  expect(membership?.programmes.map(({ programme }) => programme).sort()).toEqual(['JKK', 'JKM'])
})

it('is paid by a kind of payer that may pay for its segment', async () => {
  const migrant = made.find(({ kind }) => kind !== 'project')?.payerId ?? 0n
  const project = { payerId: migrant, segment: 'JAKON', name: 'Other', from: registered, until: '2027-10-01' as Day, members: [] }
  const done = await scheme.run((tx) => registerContracts(tx, scheme.law, [{ ...project, facts: { contract_value: '1000000' } }]))
  expect(done).toMatchObject({
    ok: false,
    refusal: { code: 'payer-not-of-segment', data: { row: '1', segment: 'JAKON', payer: 'self' } },
  })
})

describe('a contract that cannot be', () => {
  it.each`
    why                              | segment    | facts                                            | until           | code
    ${'ends before it begins'}       | ${'JAKON'} | ${{ contract_value: '1000000' }}                 | ${'2026-10-01'} | ${'contract-dates'}
    ${'is too short for any tariff'} | ${'PMI'}   | ${{ months: '5' }}                               | ${'2027-03-01'} | ${'contract-too-short'}
    ${'saves less than the least'}   | ${'PMI'}   | ${{ months: '12', savings: '49999' }}            | ${'2027-10-01'} | ${'wrong-fact'}
    ${'saves more than the most'}    | ${'PMI'}   | ${{ months: '12', savings: '600001' }}           | ${'2027-10-01'} | ${'wrong-fact'}
    ${'is longer than a life'}       | ${'PMI'}   | ${{ months: '9999' }}                            | ${'2027-10-01'} | ${'wrong-fact'}
    ${'has a value in words'}        | ${'JAKON'} | ${{ contract_value: 'much' }}                    | ${'2027-10-01'} | ${'wrong-fact'}
    ${'has no base'}                 | ${'JAKON'} | ${{}}                                            | ${'2027-10-01'} | ${'missing-fact'}
    ${'has two bases'}               | ${'JAKON'} | ${{ contract_value: '1000000', wage: '100000' }} | ${'2027-10-01'} | ${'wrong-fact'}
  `(
    '$why: refused with $code and its place, and the good one beside it is not written either',
    async ({ segment, facts, until, code }: { segment: string; facts: Record<string, string>; until: Day; code: string }) => {
      const payerId = made.find(({ kind }) => kind === 'project')?.payerId ?? 0n
      const good = {
        payerId,
        segment: 'JAKON',
        name: 'Good',
        from: registered,
        until: '2027-10-01' as Day,
        facts: { contract_value: '1' },
        members: [],
      }
      const payer = made.find(({ kind }) => (kind === 'project') === (segment === 'JAKON'))?.payerId ?? 0n
      const bad = { ...good, name: 'Bad', payerId: payer, segment, facts, until }
      const done = await scheme.run((tx) => registerContracts(tx, scheme.law, [good, bad]))
      expect(done).toMatchObject({ ok: false, refusal: { code, data: { row: '2' } } })
      const { rowCount } = await scheme.admin.query(`select from contributions.premium_contract where name = 'Good'`)
      expect(rowCount).toBe(0)
    },
  )
})
