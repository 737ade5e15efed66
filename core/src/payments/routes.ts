// Payments over HTTP: each handler translates and calls one use case.
import type { Law } from '@payung/law'
import { moneyToJson, ok } from '@payung/values'
import { type Statement, statement } from '../ledger/index.ts'
import { cursorOf, type Handlers, inTransaction, readAs, reasonOf } from '../platform/index.ts'
import { findPayer, payerUnknown } from '../registry/index.ts'
import { billingBy } from './billing.ts'
import { payoutHandlersOf } from './payout-routes.ts'
import { queueHandlersOf } from './queue-routes.ts'
import { requestHandlersOf } from './request-routes.ts'
import { sealSender } from './sender.ts'
import { takingMoney } from './taking-money.ts'
import { allocatePayment } from './use-cases/allocate-payment.ts'
import { gatherPayments } from './use-cases/gather-payments.ts'
import { readAccounts } from './use-cases/read-accounts.ts'
import type { PaymentOutcome } from './use-cases/record-payments.ts'
import { takeQueued } from './use-cases/take-queued.ts'

/** The error of a payment that failed alone is for the operator; whoever sent it gets a refusal. */
const complain = (error: unknown): void => void process.stderr.write(`payments: ${reasonOf(error)}\n`)

const moneyIn = (law: Law) => (amount: bigint) => moneyToJson({ amount, currency: law.pack.currency })

const outcomeIn =
  (inMoney: ReturnType<typeof moneyIn>) =>
  ({ row, outcome, paymentId, settled, credit, missing, refusal }: PaymentOutcome) => ({
    row,
    outcome,
    paymentId: paymentId?.toString() ?? null,
    settled: settled.map(({ billId, reversedPaymentId, month, amount }) => ({
      billId: billId?.toString() ?? null,
      reversedPaymentId: reversedPaymentId?.toString() ?? null,
      month,
      amount: inMoney(amount),
    })),
    credit: inMoney(credit),
    missing: inMoney(missing),
    refusal: refusal && { code: refusal.code, rule: refusal.rule, data: { ...refusal.data }, next: refusal.next },
  })

const transferIn =
  (inMoney: ReturnType<typeof moneyIn>) =>
  ({ transferId, day, month, debit, credit, amount, reason, sourceId }: Statement['items'][number]) => ({
    transferId: transferId.toString(),
    day,
    month,
    debit,
    credit,
    amount: inMoney(amount),
    reason,
    sourceId: sourceId.toString(),
  })

function reading(law: Law) {
  const [billing, inMoney] = [billingBy(law), moneyIn(law)]
  return {
    payerAccount: async ({ params }, context) => {
      const payerId = BigInt(params.payerId)
      const caller = context.actor.kind === 'member' || context.actor.kind === 'organisation' ? context.online : takingMoney(context)
      return readAs(context.platform, caller, async (tx) => {
        const payer = await findPayer(tx, payerId)
        if (!payer.ok) return payer
        const account = (await readAccounts(tx, billing, [payer.value], () => true)).get(payerId)
        if (!account) return payerUnknown(payerId)
        const { code, credit, outstanding, missing, oldest } = account
        return ok({
          payerId: params.payerId,
          code,
          credit: inMoney(credit),
          outstanding: inMoney(outstanding),
          missing: inMoney(missing),
          oldest,
        })
      })
    },
    statement: async ({ params, query }, { platform, online }) =>
      readAs(platform, online, async (tx) => {
        const cursor = cursorOf(query.cursor)
        if (!cursor.ok) return cursor
        const payer = await findPayer(tx, BigInt(params.payerId))
        if (!payer.ok) return payer
        const page = await statement(tx, payer.value.payerId, cursor.value, query.limit)
        return ok({
          items: page.items.map(transferIn(inMoney)),
          next: page.next?.toString() ?? null,
        })
      }),
  } satisfies Handlers
}

export function handlersOf(law: Law): Handlers {
  const recording = { pack: law.pack, billing: billingBy(law) }
  const gatherer = gatherPayments(recording, complain)
  const outcomeJson = outcomeIn(moneyIn(law))
  return {
    ...reading(law),
    ...queueHandlersOf(law),
    ...requestHandlersOf(law),
    ...payoutHandlersOf(law),
    takeQueued: async ({ params, body }, context) => {
      const input = { paymentId: BigInt(params.paymentId), letGo: body.letGo ?? false, takeOver: body.takeOver ?? false }
      const command = { name: 'takeQueued', input, ...(context.key === undefined ? {} : { key: context.key }) }
      const done = await inTransaction(context.platform, takingMoney(context), command, (tx, asked) => takeQueued(tx, recording, asked))
      return done.ok ? ok({ paymentId: params.paymentId, owner: done.value?.toString() ?? null }) : done
    },
    addPayments: async ({ body }, context) => {
      const rows = body.payments.map((payment) => ({ ...payment, sender: sealSender(context.platform.encryption, payment.sender) }))
      return ok({ results: (await gatherer.take(context.platform, takingMoney(context), rows)).map(outcomeJson) })
    },
    allocatePayment: async ({ params, body }, context) => {
      const command = {
        name: 'allocatePayment',
        input: { paymentId: BigInt(params.paymentId), payerId: BigInt(body.payerId), reason: body.reason },
        ...(context.key === undefined ? {} : { key: context.key }),
      }
      const done = await inTransaction(context.platform, takingMoney(context), command, (tx, input) =>
        allocatePayment(tx, recording, input),
      )
      return done.ok ? ok(outcomeJson(done.value)) : done
    },
  }
}
