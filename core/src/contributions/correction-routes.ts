// Corrections over HTTP. They change bills of payers and rows of persons whom a branch may not all see, so they act as the role `run`
// in the name of the caller; whether it serves the payer, and who may decide, is asked of the caller's office.
import type { Law } from '@payung/law'
import { type Day, type Month, ok, type Result } from '@payung/values'
import { type Handlers, inTransaction, type RequestContext, readAs, type Tx } from '../platform/index.ts'
import { serveAll } from '../registry/index.ts'
import { approveCorrection, refuseCorrection, withdrawCorrection } from './use-cases/decide-correction.ts'
import { proposeCorrection } from './use-cases/propose-correction.ts'
import { mayReassess } from './use-cases/reassess-month.ts'
import { showBillAsKnown } from './use-cases/show-bill-as-known.ts'
import { showCorrection, showCorrections, showDifference } from './use-cases/show-corrections.ts'
import { showSplit } from './use-cases/show-split.ts'
import { splitBill } from './use-cases/split-bill.ts'

/** One keyed command; the correction is shown as it is afterwards. */
const act = <Input>(
  { platform, actor, key }: RequestContext,
  name: string,
  input: Input,
  work: (tx: Tx, input: Input) => Promise<Result<bigint>>,
) =>
  inTransaction(platform, { role: 'run', actor }, { name, input, ...(key ? { key } : {}) }, async (tx, given) => {
    const done = await work(tx, given)
    return done.ok ? showCorrection(tx, done.value) : done
  })

export const correctionHandlers = (law: Law): Handlers => ({
  splitBill: ({ params, body }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'splitBill', input: { ...params, ...body }, ...(key ? { key } : {}) },
      async (tx, { payerId, billId, workers, reason }) => {
        const done = await splitBill(tx, law, { payerId: BigInt(payerId), billId: BigInt(billId), workers, reason })
        return done.ok ? ok(await showSplit(tx, law, done.value, reason)) : done
      },
    ),
  reassessMonth: ({ params }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'reassessMonth', input: params, ...(key ? { key } : {}) },
      async (tx, { month }) => {
        const head = await serveAll(tx)
        if (!head.ok) return head
        const may = await mayReassess(tx, month as Month)
        if (!may.ok) return may
        tx.enqueue({ task: 'reassess-month', payload: { month }, key: `reassess-month:${month}` })
        return ok({ job: `reassess-month:${month}` })
      },
    ),
  billAsKnown: ({ params, query }, { platform, actor }) =>
    readAs(platform, { role: 'run', actor }, (tx) =>
      showBillAsKnown(tx, law, BigInt(params.payerId), params.month as Month, query.asPublishedBy as Day),
    ),
  proposeCorrection: ({ body }, context) =>
    act(context, 'proposeCorrection', body, (tx, given) =>
      proposeCorrection(tx, law, { ...given, payerId: BigInt(given.payerId), month: given.month as Month }),
    ),
  corrections: ({ query }, { platform, online }) =>
    readAs(platform, online, (tx) => showCorrections(tx, { state: query.state, cursor: query.cursor, limit: query.limit ?? 50 })),
  correction: ({ params }, { platform, actor }) =>
    readAs(platform, { role: 'run', actor }, (tx) => showDifference(tx, law, BigInt(params.correctionId), 'weighing a correction')),
  approveCorrection: ({ params, body }, context) =>
    act(context, 'approveCorrection', { ...params, ...body }, async (tx, { correctionId, seen, why }) => {
      const approved = await approveCorrection(tx, law, { id: BigInt(correctionId), seen: BigInt(seen), why })
      return approved.ok ? { ok: true, value: approved.value.correctionId } : approved
    }),
  refuseCorrection: ({ params, body }, context) =>
    act(context, 'refuseCorrection', { ...params, ...body }, (tx, { correctionId, why }) =>
      refuseCorrection(tx, law, { id: BigInt(correctionId), why }),
    ),
  withdrawCorrection: ({ params, body }, context) =>
    act(context, 'withdrawCorrection', { ...params, ...body }, (tx, { correctionId, why }) =>
      withdrawCorrection(tx, law, { id: BigInt(correctionId), why }),
    ),
})
