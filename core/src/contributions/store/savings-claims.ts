// SQL of savings that were claimed, as far as cover asks: who, and when first.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export const addSavingsClaim = async (
  tx: Tx,
  { personId, claimedOn, evidence, toldOn }: { personId: bigint; claimedOn: Day; evidence: string; toldOn: Day },
): Promise<boolean> =>
  (await tx.run(
    'insert into contributions.savings_claim (person_id, claimed_on, evidence, told_on, actor) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [personId, claimedOn, evidence, toldOn, tx.actor.actorId],
  )) === 1

/** Those of some persons who had claimed savings by the end of a day. */
export const claimedBy = async (tx: Tx, persons: readonly bigint[], day: Day): Promise<Set<bigint>> =>
  new Set(
    (
      await tx.query<{ person_id: bigint }>(
        'select distinct person_id from contributions.savings_claim where person_id = any ($1::bigint[]) and claimed_on <= $2',
        [persons, day],
      )
    ).map(({ person_id }) => person_id),
  )
