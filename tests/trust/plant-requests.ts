// Money that goes back and bills that were split, as rows that the tests of row security look at.
import { type AskedRequest, askRequest, billingBy, decideRequest } from '../../core/src/payments/index.ts'
import type { TestScheme } from '../scheme.ts'
import { tellOffset } from '../told.ts'

/** One asks, another approves. */
export async function request({ law, run }: TestScheme, asked: AskedRequest): Promise<void> {
  const recording = { pack: law.pack, billing: billingBy(law) }
  const made = await run((tx) => askRequest(tx, law, recording, asked))
  if (!made.ok) throw new Error(made.refusal.rule)
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decision = { requestId: made.value.requestId, decision: 'approved', why: 'test', decider } as const
  const done = await run((tx) => decideRequest(tx, law, recording, decision))
  if (!done.ok) throw new Error(done.refusal.rule)
}

/** A worker who was taken from a bill: a firm with one worker cannot split, so the rows are written as the split would. */
async function split({ run }: TestScheme, worker: { readonly personId: bigint; readonly payerId: bigint }): Promise<void> {
  const bill = worker.payerId << 20n
  await run(async (tx) => {
    await tx.run(
      `insert into contributions.counter_bill (payer_id, bill_id, counter_id, kind, amount, made_on) values ($1, $2, $3, 'split', 1, '2026-09-01')`,
      [worker.payerId, bill, bill + 1n],
    )
    await tx.run(
      `insert into contributions.bill_split (payer_id, split_bill_id, bill_id, counter_id, amount, members, first_issued_on, fined_months, reason, split_by, split_on)
       values ($1, $2, $3, $4, 1, 1, '2026-08-31', 0, 'test', 1, '2026-09-01')`,
      [worker.payerId, bill + 2n, bill, bill + 1n],
    )
    await tx.run(
      `insert into contributions.split_member (person_id, ordinal, payer_id, bill_id, split_bill_id, split_on) values ($1, 1, $2, $3, $4, '2026-09-01')`,
      [worker.personId, worker.payerId, bill, bill + 2n],
    )
  })
}

/** Money paid back that was offered for the next months and refused. */
async function refund(scheme: TestScheme, payerId: bigint): Promise<void> {
  await tellOffset(scheme, payerId, '2026-09-01')
  const detail = { bank: 'bank', account: '1', holder: 'firm', offset_refused_on: '2026-09-01' }
  await request(scheme, { kind: 'refund', payerId, amount: 10n, ground: 'offset-refused', evidence: 'letter', detail })
}

/** A part of a payment for a payer, as a request would keep it. */
const part = ({ run }: TestScheme, payerId: bigint): Promise<number> =>
  run((tx) =>
    tx.run(
      `insert into payments.request_part (request_id, nth, payment_id, payer_id, bill_id, amount)
       select r.request_id, (select count(*) + 1 from payments.request_part), r.payment_id, $1, $2, 1 from payments.request r where r.payment_id is not null order by r.request_id limit 1`,
      [payerId, payerId << 20n],
    ),
  )

/** What a bill deferred, and an instalment of it, as the relief of 2020 would leave them; and what a correction took off the bill. */
const defer = ({ run }: TestScheme, payerId: bigint): Promise<number> =>
  run((tx) =>
    tx.run(
      `with noted as (insert into contributions.deferral (payer_id, bill_id, programme, month, amount, noted_on) values ($1, $2, 'A', 24247, 2, '2020-08-31')),
         reduced as (insert into contributions.reduction (payer_id, bill_id, difference_id, amount, written_off, fine) values ($1, $2, $2::bigint + 1, 1, 0, 0)),
         changed as (insert into contributions.paid_change (payer_id, bill_id, was_paid_on, changed_on) values ($1, $2, '2020-10-01', '2020-10-02'))
       insert into contributions.deferral_instalment (payer_id, bill_id, programme, month, amount, stage) values ($1, $2, 'A', 24247, 1, '2021-05-15')`,
      [payerId, payerId << 20n],
    ),
  )

/** An employer that was closed and opened again. */
const close = ({ run }: TestScheme, payerId: bigint): Promise<number> =>
  run((tx) =>
    tx.run(
      `with closed as (insert into registry.closing (payer_id, nth, ground, evidence, closed_on) values ($1, 1, 'idle', 'letter', '2026-09-01'))
       insert into registry.reopening (payer_id, nth, ground, evidence, reopened_on) values ($1, 1, 'money-left', 'letter', '2026-09-02')`,
      [payerId],
    ),
  )

/** What a firm's worker and its money leave besides requests. */
export async function plantMoney(scheme: TestScheme, worker: { readonly personId: bigint; readonly payerId: bigint }): Promise<void> {
  await refund(scheme, worker.payerId)
  await split(scheme, worker)
  await part(scheme, worker.payerId)
  await defer(scheme, worker.payerId)
  await close(scheme, worker.payerId)
}
