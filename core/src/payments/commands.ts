// `payung pay` and `payung queue`: money by hand or from a bank's file, and money whose code names nobody.
import type { Law } from '@payung/law'
import type { Day, Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  readAs,
  reasonOf,
  systemActor,
} from '../platform/index.ts'
import { answerRows, badRow, payerOfCode, readColumns } from '../registry/index.ts'
import { billingBy } from './billing.ts'
import type { NewPayment } from './domain/payment.ts'
import { payoutCommands } from './payout-commands.ts'
import { queueCommandsOf } from './queue-commands.ts'
import { requestCommandsOf } from './request-commands.ts'
import { sealSender } from './sender.ts'

import { allocatePayment } from './use-cases/allocate-payment.ts'
import type { PaymentOutcome, Recording } from './use-cases/record-payments.ts'
import { takePayments } from './use-cases/take-payments.ts'

const caller = { role: 'run', actor: systemActor } as const
const chunk = 1000
const columns = { channel: 'channel', day: 'day', externalId: 'external_id', code: 'code', amount: 'amount' } as const

async function payOne(context: CommandContext, recording: Recording): Promise<Result<Answer>> {
  const [code, amount, externalId] = [context.text('code'), context.text('amount'), context.text('external-id')]
  if (code === undefined || amount === undefined || externalId === undefined)
    return misuse(
      'A payment has a code, an amount and an id of its channel.',
      {},
      'Write: payung pay --code 800000000001 --amount 100000 --external-id B-1 (or --file payments.csv).',
    )
  const platform = await context.platform()
  const today = await readAs(platform, caller, async (tx): Promise<Day> => tx.today(recording.pack.timeZone))
  const errors: unknown[] = []
  const [outcome] = await takePayments(
    platform,
    caller,
    recording,
    [
      {
        channel: context.required('channel'),
        day: context.text('day') ?? today,
        externalId,
        code,
        amount,
        sender: sealSender(platform.encryption, context.text('sender')),
      },
    ],
    (error) => errors.push(error),
  )
  if (!outcome) throw new Error('a payment gave no outcome')
  if (errors.length > 0) throw errors[0]
  if (outcome.refusal) return { ok: false, refusal: outcome.refusal }
  return answer(outcome, [
    `${outcome.outcome}: payment ${outcome.paymentId}`,
    ...outcome.settled.map(paidLine),
    `credit ${outcome.credit}, missing ${outcome.missing}`,
  ])
}

const paidLine = ({ billId, reversedPaymentId, month, amount }: PaymentOutcome['settled'][number]): string =>
  billId === null
    ? `paid: what was owed since ${month} because payment ${reversedPaymentId} was taken back, ${amount}`
    : `paid: bill ${billId} of ${month}, ${amount}`

async function payFile(context: CommandContext, recording: Recording, path: string): Promise<Result<Answer>> {
  const file = await readColumns(path, Object.values(columns))
  if (!file.ok) return file
  const platform = await context.platform()
  const { rows } = file.value
  const outcomes: (PaymentOutcome & { readonly line: number })[] = []
  for (let from = 0; from < rows.length; from += chunk) {
    const part = rows.slice(from, from + chunk)
    const payments = part.map(
      ({ cells }): NewPayment => ({
        channel: cells.channel ?? '',
        day: cells.day ?? '',
        externalId: cells.external_id ?? '',
        code: cells.code ?? '',
        amount: cells.amount ?? '',
        sender: sealSender(platform.encryption, cells.sender),
      }),
    )
    outcomes.push(
      ...(await takePayments(platform, caller, recording, payments, (error) => context.progress.note(reasonOf(error)))).map(
        (outcome, index) => ({
          ...outcome,
          line: part[index]?.line ?? 0,
        }),
      ),
    )
    context.progress.step('Payments', outcomes.length, rows.length)
  }
  const count = (wanted: PaymentOutcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === wanted).length
  const bad = outcomes.flatMap(({ line, refusal }) => (refusal ? [badRow(line, refusal, columns)] : []))
  const settled = outcomes.reduce((sum, outcome) => sum + outcome.settled.length, 0)
  const summary = { booked: count('booked'), alreadyBooked: count('already booked'), queued: count('queued'), settled }
  return answerRows(path, file.value, bad, {
    value: summary,
    lines: [
      `${summary.booked} booked, ${summary.alreadyBooked} already booked, ${summary.queued} queued, ${bad.length} refused; ${settled} bills and other debts paid`,
    ],
  })
}

async function allocate(context: CommandContext, recording: Recording): Promise<Result<Answer>> {
  const [payment = '', code] = [context.words[0], context.required('to')]
  const payerId = payerOfCode(code)
  if (!/^\d{1,18}$/.test(payment) || payerId === undefined)
    return misuse(
      'An allocation names a payment and the payment code of a payer.',
      { payment, to: code },
      'Write: payung queue allocate 17 --to 800000000001 --reason "…".',
    )
  const input = { paymentId: BigInt(payment), payerId, reason: context.required('reason') }
  const done = await inTransaction(await context.platform(), caller, { name: 'allocate-payment', input }, (tx, asked) =>
    allocatePayment(tx, recording, asked),
  )
  if (!done.ok) return done
  return answer(done.value, [
    `payment ${payment} allocated`,
    ...done.value.settled.map(paidLine),
    `credit ${done.value.credit}, missing ${done.value.missing}`,
  ])
}

export function commandsOf(law: Law): readonly Command[] {
  const recording = { pack: law.pack, billing: billingBy(law) }
  return [
    {
      name: 'pay',
      summary: `record a payment, or those of a file with the columns ${Object.values(columns).join(', ')} and, if known, sender`,
      options: {
        file: { type: 'string', summary: 'a file of payments', value: 'file.csv' },
        code: { type: 'string', summary: 'payment code of the payer', value: 'code' },
        amount: { type: 'string', summary: 'in whole minor units', value: 'amount' },
        channel: { type: 'string', summary: 'the bank or counter', value: 'name', default: 'counter' },
        'external-id': { type: 'string', summary: 'the id that the channel gave it', value: 'id' },
        day: { type: 'string', summary: 'booking day; absent: today', value: 'day' },
        sender: { type: 'string', summary: 'who sent it', value: 'name' },
      },
      run: (context) => {
        const file = context.text('file')
        return file === undefined ? payOne(context, recording) : payFile(context, recording, file)
      },
    },
    ...queueCommandsOf(law),
    {
      name: 'queue allocate',
      summary: 'give queued money to a payer',
      words: '<payment>',
      options: {
        to: { type: 'string', summary: 'payment code of the payer', value: 'code', required: true },
        reason: { type: 'string', summary: 'how it is known whose money it is', value: 'text', required: true },
      },
      run: (context) => allocate(context, recording),
    },
    ...requestCommandsOf(law),
    ...payoutCommands,
  ]
}
