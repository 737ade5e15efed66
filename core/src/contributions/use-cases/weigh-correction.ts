// What a correction would change, computed by the law known today without writing anything: the bill, each programme, savings, cover.
// Which benefits were paid is shown beside it (`show-corrections`); what they would come to is not computed here.
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { refusePending, refuseReplaced } from '../domain/correction.ts'
import type { Tariff } from '../store/assess-rows.ts'
import { layOutAsked, writeChangedRows } from '../store/changed-rows.ts'
import { type CorrectionRow, profilesOfMemberships, readRowFacts, rowsOfCorrection } from '../store/corrections.ts'
import { lockMonthRows } from '../store/months.ts'
import { payersOf } from '../store/payers.ts'
import { layReductions, readAboutWrittenOff, readReductions } from '../store/reductions.ts'
import { sumChanges } from './apply-changes.ts'
import { layOutMonth } from './issue-bills.ts'
import { nextBills } from './next-bills.ts'
import { refuseSkipped } from './refuse-skipped.ts'

export type Difference = {
  readonly employer: bigint
  readonly worker: bigint
  readonly state: bigint
  /** By programme: employer and worker together. */
  readonly programmes: Readonly<Record<string, bigint>>
  /** Of it, what goes to savings. */
  readonly savings: bigint
  /**
   * Whether memberships that were ended go on again, or what is paid goes from one to another. Of who owes it never moves: cover follows the
   * bills of the payer, whoever stands on them.
   */
  readonly cover: 'unchanged' | 'goes on' | 'moves'
  readonly total: bigint
  /** Besides the total, of a bill below nothing: the fine that goes back with it, and what it does not give back because it had been written off. */
  readonly fine: bigint
  readonly writtenOff: bigint
  /** Members more or fewer. */
  readonly members: number
}
export type Weighed = {
  readonly billId: bigint
  readonly tariff: Tariff
  readonly difference: Difference
  readonly persons: readonly bigint[]
}

/** The one bill of `new_sums`, by slot. */
export async function readDifference(tx: Tx, law: Law, { wide }: Tariff, cover: Difference['cover'] = 'unchanged'): Promise<Difference> {
  const [row] = await tx.query<Record<string, bigint>>('select * from new_sums')
  const programmes: Record<string, bigint> = {}
  let state = 0n
  for (const [index, { kind, programme, from }] of wide.slots.entries()) {
    const amount = BigInt(row?.[`s${index}`] ?? 0n)
    if (kind === 'state') state += amount
    if (kind === 'employer' || kind === 'worker') programmes[programme] = (programmes[programme] ?? 0n) + amount
    if (kind === 'split') {
      programmes[programme] = (programmes[programme] ?? 0n) + amount
      programmes[from] = (programmes[from] ?? 0n) - amount
    }
  }
  const savings = law.pack.programmes.reduce((sum, each) => (each.savings ? sum + (programmes[each.code] ?? 0n) : sum), 0n)
  const [employer, worker] = [BigInt(row?.employer ?? 0n), BigInt(row?.worker ?? 0n)]
  return {
    employer,
    worker,
    state,
    programmes,
    savings,
    cover,
    total: employer + worker,
    fine: 0n,
    writtenOff: 0n,
    members: Number(row?.members ?? 0n),
  }
}

/** What a bill below nothing takes with it depends on the rows that it changes, so they are written, looked at and taken back. */
async function weighReductions(tx: Tx, month: Month): Promise<Pick<Difference, 'fine' | 'writtenOff'>> {
  await tx.run('savepoint weighed')
  await writeChangedRows(tx, month)
  await layReductions(tx, month)
  const reductions = await readReductions(tx)
  await tx.run('rollback to savepoint weighed')
  return reductions
}

const coverAfter = (kind: CorrectionRow['kind'], settlement: string): Difference['cover'] =>
  kind === 'deactivation' ? 'goes on' : kind === 'member' && settlement === 'offer' ? 'moves' : 'unchanged'

/**
 * A lowered wage whose contribution was written off gives nothing back. Within a bill that gives something to others it would: the raised wages would be
 * paid less what nobody paid. Within one that takes something off others too, their money would go back while savings wait, for ever, for
 * what is never paid. A wrong member has no other way of raising and stays as it is.
 */
async function refuseMixed(tx: Tx, month: Month, kind: CorrectionRow['kind'], { total }: Difference): Promise<Refusal | undefined> {
  const { lowered, others, raised } = await readAboutWrittenOff(tx, month)
  if (!lowered || !(others || (kind !== 'member' && (raised || total > 0n)))) return undefined
  return {
    code: 'lowered-written-off',
    rule: 'What was written off gives nothing back, so it is not lowered together with what is raised or with what was not written off.',
    data: { month, kind },
    next: 'Lower what was written off by a correction of its own, before the others. A wage that was raised since goes down to what was written off first.',
  }
}

const noTariff = (month: Month) =>
  refuse({
    code: 'nothing-computed',
    rule: 'The law of the month has no contribution for one of these workers.',
    data: { month },
    next: 'Check the segment and the facts of the worker in that month.',
  })

/**
 * Lays the correction out (`changed_row`, `new_sums`) and reads its difference. Refused when the month was corrected in between. Nobody else writes
 * the month's rows until the transaction ends; the lock comes before the first row is read, or a run that holds it would wait for this reader.
 */
export async function weighCorrection(tx: Tx, law: Law, correction: CorrectionRow): Promise<Result<Weighed>> {
  const { correction_id, payer_id, kind } = correction
  const month = monthFromNumber(correction.month)
  await lockMonthRows(tx, month)
  const rows = await rowsOfCorrection(tx, correction_id)
  const named = rows.map(({ personId, ordinal }) => ({ persons: [personId], ordinal }))
  const facts = await readRowFacts(tx, payer_id, month, named, correction_id)
  for (const [index, { replaces }] of rows.entries()) {
    const entry = facts[index]?.entry ?? null
    const asked = { memberNumber: '', ...(replaces === null ? {} : { replaces }) }
    const stale =
      replaces === null && entry !== null
        ? refuseReplaced(index + 1, { memberNumber: '', replaces: -1 }, entry)
        : refuseReplaced(index + 1, asked, entry)
    if (stale) return refuse(stale)
    const waits = refusePending(index + 1, undefined, { pending: facts[index]?.pending ?? null })
    if (waits) return refuse(waits)
  }
  const skipped = await refuseSkipped(tx, law, payer_id, month, rows)
  if (skipped) return refuse(skipped)
  const numbers = await nextBills(tx, month, payer_id, 1)
  if (!numbers.ok) return numbers
  const [bill = 0n] = numbers.value
  const persons = rows.map(({ personId }) => personId)
  const settlement = (await payersOf(tx, [payer_id])).get(payer_id)?.settlement ?? 'receivable'
  const laid = await layOutMonth(tx, law, month, settlement, await profilesOfMemberships(tx, month, persons))
  if (!laid) return noTariff(month)
  await layOutAsked(tx, laid.tariff, month, bill, rows)
  const [uncomputed] = await tx.query<{ rows: bigint }>('select count(*) as rows from changed_row where new_class is not null')
  if (Number(uncomputed?.rows) !== rows.filter(({ base }) => base !== null).length) return noTariff(month)
  const tariff = await sumChanges(tx, month)
  const difference = await readDifference(tx, law, tariff, coverAfter(kind, settlement))
  // Who pays by offer is fined for nothing, and has nothing written off.
  const owes = settlement === 'receivable'
  const mixed = owes ? await refuseMixed(tx, month, kind, difference) : undefined
  if (mixed) return refuse(mixed)
  const besides = owes && difference.total < 0n ? await weighReductions(tx, month) : {}
  return ok({ billId: bill, tariff, difference: { ...difference, ...besides }, persons })
}
