// A month that is assessed anew twice, with single corrections before and between: the same rows and bills come of it whether rows are
// added to what stands or laid beside it, in a part of their own or with the whole leaf.
import { type Entry, type Law, lawOf } from '@payung/law'
import { type Day, firstDay, type Month, type Result } from '@payung/values'
import { describe, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { approveCorrection, openMonth, proposeCorrection, reassessMonth, runMonth } from '../../src/contributions/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'

const june = '2026-06' as Month
const [officer, head] = [actorLike({ actorId: 11n, officeId: 2n }), actorLike({ actorId: 14n, officeId: 1n })]
const wages = [5_000_000n, 6_000_000n, 7_000_000n, 8_000_000n]

/** June's rate of savings in this many parts, promulgated on a later day; it may take the place of an earlier such act. */
function lateLaw(law: Law, published: string, parts: number, corrects?: string): Law {
  const standing = law.on(firstDay(june)).entryForMonth('savings-rate', june)
  if (!standing) throw new Error('the pack has no rate of savings to change')
  const value = JSON.parse(
    JSON.stringify(standing.value).replaceAll(/(\d+(?:\.\d+)?)%/g, (_, rate: string) => `${Number(rate) / parts}%`),
  ) as Entry['value']
  const entry = { ...standing, value, from: published as Day, published: published as Day, months: { from: june, to: june } }
  return lawOf({
    ...law.pack,
    entries: [...law.pack.entries, { ...entry, digest: `late ${published}`, ...(corrects ? { corrects } : {}) }],
  })
}

const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const as = <Value>(scheme: TestScheme, actor: typeof officer, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor }, { name: 'test', input: null }, work)

async function correct(
  scheme: TestScheme,
  law: Law,
  { payerId, memberNumber, base, replaces }: { payerId: bigint; memberNumber: string; base: string; replaces?: number },
): Promise<void> {
  const id = value(
    await as(scheme, officer, (tx) =>
      proposeCorrection(tx, law, {
        payerId,
        month: june,
        kind: 'wage',
        rows: [{ memberNumber, ordinal: 1, base, ...(replaces === undefined ? {} : { replaces }) }],
        reason: 'The wage was typed wrongly',
        evidence: { digest: 'a'.repeat(64), description: 'Letter 12/VII of the employer' },
      }),
    ),
  )
  // Whoever approves says which difference he has seen; a wrong one is told the right one.
  const blind = await as(scheme, head, (tx) => approveCorrection(tx, law, { id, seen: 0n, why: 'seen' }))
  const seen = blind.ok ? 0n : BigInt(String(blind.refusal.data.difference))
  value(await as(scheme, head, (tx) => approveCorrection(tx, law, { id, seen, why: 'seen' })))
}

type Lived = { readonly rows: unknown[]; readonly bills: unknown[]; readonly transfers: unknown[]; readonly laid: boolean[] }

/** The facts of a worker were others than those on which his month was assessed: as if he had worked at a more dangerous place. */
async function changeFacts(scheme: TestScheme, personId: bigint, like: bigint): Promise<void> {
  await scheme.admin.query(
    'update contributions.membership_fact set profile_id = (select profile_id from contributions.membership_fact where person_id = $2) where person_id = $1',
    [personId, like],
  )
}

async function live(idsApart: number, before: { readonly corrected: boolean; readonly facts: boolean }): Promise<Lived> {
  const scheme = await freshScheme('indonesia', '2026-06-01')
  try {
    await scheme.owner.query(`alter sequence registry.person_id increment by ${idsApart}`)
    const firm = await scheme.organisation({
      kind: 'employer',
      facts: { employer_size: 'large', risk_class: 'III', active_workers: '80' },
    })
    const danger = await scheme.organisation({
      kind: 'employer',
      facts: { employer_size: 'large', risk_class: 'V', active_workers: '80' },
    })
    const workers = await scheme.persons(wages.length)
    await scheme.memberships(
      workers.map(({ memberNumber }, index) => ({
        memberNumber,
        segment: 'PU',
        organisationId: index === 3 ? danger.organisationId : firm.organisationId,
        base: String(wages[index]),
        from: '2026-06-01',
      })),
    )
    await scheme.run((tx) => openMonth(tx, scheme.law, june))
    scheme.at('2026-06-30')
    value(await runMonth(scheme.platform, scheme.law, june, { actor: systemActor }))
    scheme.at('2026-07-02')
    const number = (index: number): string => workers[index]?.memberNumber ?? ''
    if (before.facts) await changeFacts(scheme, workers[2]?.personId ?? 0n, workers[3]?.personId ?? 0n)
    if (before.corrected) await correct(scheme, scheme.law, { payerId: firm.payerId, memberNumber: number(0), base: '4000000' })
    const once = lateLaw(scheme.law, '2026-07-05', 2)
    scheme.at('2026-07-06')
    const first = value(await reassessMonth(scheme.platform, once, june, { actor: systemActor }))
    expect([first.memberships, first.control.difference]).toEqual([4n, 0n])
    await correct(scheme, once, { payerId: firm.payerId, memberNumber: number(1), base: '3000000', replaces: 2 })
    const twice = lateLaw(once, '2026-07-08', 4, 'late 2026-07-05')
    scheme.at('2026-07-09')
    const second = value(await reassessMonth(scheme.platform, twice, june, { actor: systemActor }))
    expect([second.memberships, second.control.difference]).toEqual([4n, 0n])
    const { rows } = await scheme.admin.query(
      `select dense_rank() over (order by person_id)::integer as worker, entry, base, employer, worker as own, class, bill_id from contributions.contribution order by 1, 2`,
    )
    const { rows: bills } = await scheme.admin.query(
      'select bill_id, kind, state, employer, worker, members, total from contributions.bill order by 1',
    )
    const { rows: transfers } = await scheme.admin.query(
      'select payer_id, debit, credit, reason, sum(amount)::bigint as amount from ledger.transfer group by 1, 2, 3, 4 order by 1, 2, 3, 4',
    )
    // A leaf that was laid brings its statistics along; one that rows were added to has none yet.
    const { rows: leaves } = await scheme.admin.query<{ laid: boolean }>(
      `select c.reltuples >= 0 as laid from pg_class c where exists (select from contributions.replacement k where k.tableoid = c.oid)`,
    )
    return { rows, bills, transfers, laid: leaves.map(({ laid }) => laid) }
  } finally {
    await scheme.close()
  }
}

describe.each`
  when                                        | before
  ${'nothing was corrected before'}           | ${{ corrected: false, facts: false }}
  ${'a single wage was corrected before'}     | ${{ corrected: true, facts: false }}
  ${'the facts of a worker are others since'} | ${{ corrected: false, facts: true }}
`('$when', ({ before }: { before: { corrected: boolean; facts: boolean } }) => {
  it('rows laid beside what stands are those that are added to it, and each fund gets the same', async () => {
    const added = await live(1, before)
    const laid = await live(1_000_000, before)
    expect(added.laid).toEqual([false])
    expect(laid.laid).toEqual([true])
    expect(added.rows).toHaveLength(4 + 2 * 4 + 2 * 4 + 2 + (before.corrected ? 2 : 0))
    expect(laid.rows).toEqual(added.rows)
    expect(laid.bills).toEqual(added.bills)
    expect(laid.transfers).toEqual(added.transfers)
  }, 60_000)
})
