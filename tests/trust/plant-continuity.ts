// Rows of leaving, returning and continuity for the test of row security: of both members and of both firms' workers.
import type { Day, Month } from '@payung/values'
import { addWarnings } from '../../core/src/contributions/store/late-warnings.ts'
import { addCase, addVerdict } from '../../core/src/contributions/store/reinstatements.ts'
import { noteClaim } from '../../core/src/contributions/use-cases/note-claim.ts'
import { endMemberships, mergePersons, takeBackEnds, unmergePersons } from '../../core/src/registry/index.ts'
import { addProposals } from '../../core/src/registry/merge-store.ts'
import type { TestScheme } from '../scheme.ts'

type Person = { readonly memberNumber: string; readonly personId: bigint }

export async function plantContinuity({ run, law }: TestScheme, people: readonly Person[]): Promise<void> {
  const rows = people.map(({ memberNumber }) => ({ memberNumber, ordinal: 1, reason: 'a mistake' }))
  await run(async (tx) => {
    await endMemberships(
      tx,
      law.pack,
      rows.map((row) => ({ ...row, lastDay: '2026-08-20' })),
    )
    await takeBackEnds(tx, law.pack, rows)
    // What somebody has claimed is no firm's to read: only the members who pay alone have.
    for (const { personId } of people.slice(0, 2))
      await noteClaim(tx, law, { personId, programme: 'JHT', claimedOn: '2026-08-01', evidence: 'order 7' })
    for (const { personId, memberNumber } of people.slice(0, 2)) {
      const merged = await mergePersons(tx, law.pack, {
        alias: `OLD${personId}`,
        into: memberNumber,
        reason: 'a mistake',
        consent: 'at the desk',
      })
      if (!merged.ok) throw new Error(merged.refusal.rule)
      await unmergePersons(tx, law.pack, merged.value.mergeId, 'two cards')
      await addProposals(tx, [{ personId, otherId: personId + 1_000_000n, reasons: ['name-and-birth'] }], '2026-08-01' as Day)
    }
  })
}

type Payment = { readonly payerId: bigint; readonly personId: bigint }

/** Cases of late money and warnings, each of one payer and his member. */
export async function plantCases({ run }: TestScheme, rows: readonly Payment[]): Promise<void> {
  const on = '2026-09-01' as Day
  await run(async (tx) => {
    for (const { payerId, personId } of rows) {
      const months = { from: '2026-08' as Month, through: '2026-12' as Month, graceMonths: 3 }
      const members = [{ person_id: personId, ordinal: 1, grace_months: 3 }]
      const caseId = await addCase(tx, { payerId, ...months, levels: ['branch'], reason: 'late', evidence: ['letter'], members }, on)
      await addVerdict(tx, { payerId, caseId }, { level: 1, verdict: 'refused', reason: 'no' }, on)
    }
    const told = { paidMonth: '2026-07' as Month, unpaid: 1, members: 1, amount: 1n, coveredUntil: on, toldOn: on }
    await addWarnings(
      tx,
      rows.map(({ payerId }) => ({ payerId, ...told })),
    )
  })
}
