// Tells who works under a contract that is registered already. An event before the window of reporting ends is covered though nobody had
// reported the worker; after it the payer answers until the report (Permenaker 5/2021 and Perdir 22/2022; the days are the pack's).
import type { Law } from '@payung/law'
import { addDays, type Day, isDay, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { openNamedCover } from '../store/contract-parts.ts'
import { membersOf, type NamedMember, nameMembers } from '../store/contracts.ts'
import { contractOf } from './find-contract.ts'

export type WorkerRow = { readonly personId: bigint; readonly ordinal: number; readonly from: string; readonly until?: string }
/** `windowUntil`: the first day on which the payer would have answered; `late`: the report came after the window. */
export type ReportedWorker = {
  readonly personId: bigint
  readonly windowUntil: Day | null
  readonly late: boolean
  readonly existing: boolean
}

/** The first row that may not stand, in a fixed order. */
function refuseRow(contract: { from: Day; until: Day }, { from, until }: WorkerRow, place: number, today: Day): Result<never> | undefined {
  const data = { row: String(place + 1), from, until: until ?? contract.until }
  const wrong = [from, until].find((day) => day !== undefined && !isDay(day))
  if (wrong !== undefined) return refuse({ code: 'wrong-day', rule: 'A day is written YYYY-MM-DD.', data, next: 'Correct the date.' })
  if (until !== undefined && until <= from)
    return refuse({ code: 'contract-dates', rule: 'Work ends after it begins.', data, next: 'Correct the dates.' })
  if (from < contract.from || (until ?? contract.until) > contract.until)
    return refuse({
      code: 'outside-contract',
      rule: 'A worker is named for days of the contract.',
      data: { ...data, contractFrom: contract.from, contractUntil: contract.until },
      next: 'Choose days within it, or change the contract first.',
    })
  if (from > today)
    return refuse({
      code: 'not-begun',
      rule: 'Who works is reported from the first day of work on.',
      data: { ...data, today },
      next: 'Report it on that day.',
    })
  return undefined
}

/** One row that is refused refuses the set. Who is named already stays as named. Runs as the role `run`. */
export async function reportWorkers(tx: Tx, law: Law, contractId: bigint, rows: readonly WorkerRow[]): Promise<Result<ReportedWorker[]>> {
  const today = tx.today(law.pack.timeZone)
  const found = await contractOf(tx, contractId)
  if (!found.ok) return found
  const contract = found.value
  for (const [place, row] of rows.entries()) {
    const refused = refuseRow(contract, row, place, today)
    if (refused) return refused
  }
  const view = law.asPublishedBy(today).on(contract.from)
  const facts = { ...contract.facts, segment: contract.segment }
  const assessed = law.pack.rules.assessContract(view, facts, contract.month)
  if (!assessed.ok) return assessed
  const terms = law.pack.rules.contractTerms(view, facts, assessed.value, { from: contract.from, until: contract.until, registered: today })
  const known = new Set((await membersOf(tx, contractId)).map(({ person_id }) => person_id))
  const named = rows.map((row): NamedMember => {
    const from = row.from as Day
    const by = terms.reportBy(from)
    const until = (row.until as Day | undefined) ?? contract.until
    return {
      ...row,
      from,
      until,
      payerId: contract.payerId,
      contractId,
      reportedOn: today,
      windowUntil: by === null ? null : addDays(by, 1),
    }
  })
  const added = await nameMembers(tx, named)
  await openNamedCover(tx, contractId, today)
  if (added > 0)
    await tx.emit({ kind: 'workers-reported', room: 'contributions', subject: `contract:${contractId}`, payload: { workers: added } })
  return ok(
    named.map(({ personId, windowUntil }) => ({
      personId,
      windowUntil,
      late: windowUntil !== null && windowUntil <= today,
      existing: known.has(personId),
    })),
  )
}
