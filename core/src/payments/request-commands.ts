// `payung requests`: what was asked, and asking. Deciding needs a second person with a token of their own: over HTTP.
import type { Law } from '@payung/law'
import type { Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { billingBy } from './billing.ts'
import { pageOfRequests, type RequestRow } from './request-store.ts'
import { type AskedRequest, askRequest } from './use-cases/ask-request.ts'

const caller = { role: 'run', actor: systemActor } as const

const lines = (rows: readonly RequestRow[]): string[] =>
  table(
    ['request', 'kind', 'state', 'payer', 'payment', 'bill', 'amount', 'ground', 'asked on', 'by'],
    rows.map((row) => [
      row.requestId,
      row.kind,
      row.state,
      row.payerId,
      row.paymentId?.toString() ?? '',
      row.billId?.toString() ?? '',
      row.amount,
      row.ground,
      row.askedOn,
      row.askedBy,
    ]),
  )

async function list(context: CommandContext): Promise<Result<Answer>> {
  const state = context.flag('all') ? null : 'asked'
  const rows = await readAs(await context.platform(), caller, (tx) => pageOfRequests(tx, state, null, 1000))
  return answer(rows, rows.length === 0 ? 'nothing is asked' : lines(rows))
}

async function ask(context: CommandContext, law: Law, input: AskedRequest): Promise<Result<Answer>> {
  const done = await inTransaction(await context.platform(), caller, { name: 'ask-request', input }, (tx, asked) =>
    askRequest(tx, law, { pack: law.pack, billing: billingBy(law) }, asked),
  )
  return done.ok ? answer(done.value, [`request ${done.value.requestId} asked; somebody else decides it`, ...lines([done.value])]) : done
}

const evidence = { type: 'string', summary: 'the letter, proof or minutes it rests on', value: 'text', required: true } as const

export const requestCommandsOf = (law: Law): readonly Command[] => [
  {
    name: 'requests',
    summary: 'what was asked about money that goes back, and is not decided',
    options: { all: { type: 'boolean', summary: 'decided ones too' } },
    run: list,
  },
  {
    name: 'requests reverse',
    summary: 'ask that a payment is taken back, also when it has paid something',
    words: '<payment>',
    options: {
      ground: { type: 'string', summary: 'recall (by the bank) or wrong-payer', value: 'word', required: true },
      evidence,
    },
    run: (context) => {
      const [payment = ''] = context.words
      if (!/^\d{1,18}$/.test(payment))
        return Promise.resolve(
          misuse('A reversal names a payment.', { payment }, 'Write: payung requests reverse 17 --ground recall --evidence "…".'),
        )
      const [ground, paper] = [context.required('ground'), context.required('evidence')]
      return ask(context, law, { kind: 'reversal', paymentId: BigInt(payment), ground, evidence: paper })
    },
  },
]
