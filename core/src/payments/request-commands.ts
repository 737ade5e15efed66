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
import { reopenedEmployers } from './use-cases/reopened-employers.ts'

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

/** Asking for something about a queued payment. */
function askAbout(
  context: CommandContext,
  law: Law,
  kind: 'return' | 'parts',
  more: Pick<AskedRequest, 'detail' | 'parts'>,
): Promise<Result<Answer>> {
  const [payment = ''] = context.words
  if (!/^\d{1,18}$/.test(payment)) return Promise.resolve(misuse('It is about a payment.', { payment }, 'Look at the queue: payung queue.'))
  return ask(context, law, {
    kind,
    paymentId: BigInt(payment),
    ground: context.required('ground'),
    evidence: context.required('evidence'),
    ...more,
  })
}

/** Asking that a debt ends without money. */
const endOf = (law: Law, word: string, kind: 'fine-waiver' | 'write-off', summary: string): Command => ({
  name: `requests ${word}`,
  summary,
  words: '<bill>',
  options: { ground: { type: 'string', summary: 'why, by a word of the rule', value: 'word', required: true }, evidence },
  run: (context) => {
    const [bill = ''] = context.words
    return /^\d{1,18}$/.test(bill)
      ? ask(context, law, { kind, billId: BigInt(bill), ground: context.required('ground'), evidence: context.required('evidence') })
      : Promise.resolve(
          misuse('A debt stands on a bill.', { bill }, `Write: payung requests ${word} 5242880123 --ground … --evidence "…".`),
        )
  },
})

async function listReopened(context: CommandContext): Promise<Result<Answer>> {
  const rows = await readAs(await context.platform(), caller, reopenedEmployers)
  const cells = rows.map(({ payerId, name, ground, closedOn, reopenedOn, money }) => [payerId, name, ground, closedOn, reopenedOn, money])
  return answer(
    rows,
    rows.length === 0
      ? 'every employer that was opened again is closed'
      : table(['payer', 'name', 'ground', 'closed', 'opened again', 'money left'], cells),
  )
}

/** Asking that an employer is closed, or opened again for what was left. */
const closingCommandsOf = (law: Law): readonly Command[] => [
  {
    name: 'requests close',
    summary: 'ask that an employer is closed',
    words: '<payer>',
    options: {
      ground: { type: 'string', summary: 'why, by a word of the rule', value: 'word', required: true },
      papers: { type: 'string', summary: 'which papers there are, with commas between them', value: 'words', required: true },
      witnesses: { type: 'string', summary: 'persons from outside, with commas between them', value: 'names' },
      evidence,
    },
    run: (context) => {
      const [payer = ''] = context.words
      if (!/^\d{1,18}$/.test(payer))
        return Promise.resolve(
          misuse('A closing names a payer.', { payer }, 'Write: payung requests close 17 --ground idle --papers … --evidence "…".'),
        )
      const detail = { papers: context.required('papers'), witnesses: context.text('witnesses') ?? '' }
      const [ground, paper] = [context.required('ground'), context.required('evidence')]
      return ask(context, law, { kind: 'closing', payerId: BigInt(payer), ground, evidence: paper, detail })
    },
  },
  {
    name: 'requests reopen',
    summary: 'ask that a closed employer is opened again, for what was left',
    words: '<payer>',
    options: { ground: { type: 'string', summary: 'why, by a word of the rule', value: 'word', required: true }, evidence },
    run: (context) => {
      const [payer = ''] = context.words
      return /^\d{1,18}$/.test(payer)
        ? ask(context, law, {
            kind: 'reopening',
            payerId: BigInt(payer),
            ground: context.required('ground'),
            evidence: context.required('evidence'),
          })
        : Promise.resolve(
            misuse(
              'Who is opened again is named by its payer.',
              { payer },
              'Write: payung requests reopen 17 --ground money-left --evidence "…".',
            ),
          )
    },
  },
  {
    name: 'requests reopened',
    summary: 'employers that were opened again and are not closed yet, with their money',
    options: {},
    run: listReopened,
  },
]

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
  {
    name: 'requests return',
    summary: 'ask that money which names nobody goes back to whoever sent it',
    words: '<payment>',
    options: {
      ground: { type: 'string', summary: 'why nobody can be found', value: 'text', required: true },
      bank: { type: 'string', summary: 'the bank it came from', value: 'name', required: true },
      account: { type: 'string', summary: 'the account there', value: 'number', required: true },
      holder: { type: 'string', summary: 'whose account it is', value: 'name', required: true },
      evidence,
    },
    run: (context) => {
      const detail = { bank: context.required('bank'), account: context.required('account'), holder: context.required('holder') }
      return askAbout(context, law, 'return', { detail })
    },
  },
  {
    name: 'requests part',
    summary: 'ask that one payment is given to several bills or payers, by proof',
    words: '<payment>',
    options: {
      to: { type: 'string', summary: 'each bill, or payer, with its part: 5242880123=1000,payer:6=500', value: 'bills', required: true },
      ground: { type: 'string', summary: 'why one code was used for several', value: 'text', required: true },
      evidence,
    },
    run: (context) => {
      const parts = context
        .required('to')
        .split(',')
        .map((part) => /^\s*(payer:)?(\d{1,18})=(\d{1,15})\s*$/.exec(part))
      if (!parts.every((part) => part !== null))
        return Promise.resolve(
          misuse('A part is a bill or a payer, and an amount.', { to: context.required('to') }, 'Write: --to 5242880123=1000,payer:6=500.'),
        )
      const named = parts.map(([, payer, number = '', amount = '']) => ({
        payerId: payer ? BigInt(number) : BigInt(number) >> 20n,
        billId: payer ? null : BigInt(number),
        amount: BigInt(amount),
      }))
      return askAbout(context, law, 'parts', { parts: named })
    },
  },
  ...closingCommandsOf(law),
  endOf(law, 'waive-fine', 'fine-waiver', 'ask that the fine on a bill is waived'),
  endOf(law, 'write-off', 'write-off', 'ask that what is owed on a bill is written off'),
]
