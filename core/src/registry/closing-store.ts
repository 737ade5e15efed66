// SQL of employers that are closed, and opened again.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

/** Since when each of these payers is closed; one that is open, or open again, is left out. */
export async function closings(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, Day>> {
  if (payerIds.length === 0) return new Map()
  const rows = await tx.query<{ payer_id: bigint; closed_on: Day }>(
    `select c.payer_id, c.closed_on from registry.closing c where c.payer_id = any ($1::bigint[])
       and not exists (select from registry.reopening r where r.payer_id = c.payer_id and r.nth = c.nth)`,
    [payerIds],
  )
  return new Map(rows.map(({ payer_id, closed_on }) => [payer_id, closed_on]))
}

export type LastClosing = { readonly nth: number; readonly closedOn: Day; readonly reopenedOn: Day | null }

/** The last closing of a payer, and whether it was opened again since; undefined: it was never closed. */
export const lastClosing = async (tx: Tx, payerId: bigint): Promise<LastClosing | undefined> =>
  (
    await tx.query<LastClosing>(
      `select nth, c.closed_on as "closedOn", r.reopened_on as "reopenedOn" from registry.closing c left join registry.reopening r using (payer_id, nth)
       where payer_id = $1 order by nth desc limit 1`,
      [payerId],
    )
  )[0]

/** Memberships with an organisation that go on after a day. */
export const membersOf = async (tx: Tx, organisationId: bigint, day: Day): Promise<number> =>
  Number(
    (
      await tx.query<{ members: bigint }>(
        'select count(*) as members from registry.membership where organisation_id = $1 and (until_day is null or until_day > $2)',
        [organisationId, day],
      )
    )[0]?.members ?? 0n,
  )

type Deed = { readonly payerId: bigint; readonly nth: number; readonly ground: string; readonly evidence: string; readonly day: Day }

export const addClosing = (tx: Tx, { payerId, nth, ground, evidence, day }: Deed): Promise<number> =>
  tx.run('insert into registry.closing (payer_id, nth, ground, evidence, closed_on) values ($1, $2, $3, $4, $5)', [
    payerId,
    nth,
    ground,
    evidence,
    day,
  ])

export const addReopening = (tx: Tx, { payerId, nth, ground, evidence, day }: Deed): Promise<number> =>
  tx.run('insert into registry.reopening (payer_id, nth, ground, evidence, reopened_on) values ($1, $2, $3, $4, $5)', [
    payerId,
    nth,
    ground,
    evidence,
    day,
  ])

export type Reopened = {
  readonly payerId: bigint
  readonly name: string
  readonly ground: string
  readonly closedOn: Day
  readonly reopenedOn: Day
}

/** Employers that were opened again and are not closed yet, the longest open first. */
export const stillOpen = (tx: Tx): Promise<Reopened[]> =>
  tx.query<Reopened>(
    `select payer_id as "payerId", o.name, r.ground, c.closed_on as "closedOn", r.reopened_on as "reopenedOn"
     from registry.reopening r join registry.closing c using (payer_id, nth) join registry.payer p using (payer_id) join registry.organisation o using (organisation_id)
     where not exists (select from registry.closing n where n.payer_id = r.payer_id and n.nth = r.nth + 1)
     order by r.reopened_on, payer_id`,
  )
