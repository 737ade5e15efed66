// Rows of leaving, returning and continuity for the test of row security: of both members and of both firms' workers.
import { noteSavingsClaim } from '../../core/src/contributions/use-cases/note-savings-claim.ts'
import { endMemberships, takeBackEnds } from '../../core/src/registry/index.ts'
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
      await noteSavingsClaim(tx, law, { personId, claimedOn: '2026-08-01', evidence: 'order 7' })
  })
}
