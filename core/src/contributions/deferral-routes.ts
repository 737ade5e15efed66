// What was deferred and is owed later, over HTTP and on the command line.
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  type Handlers,
  inTransaction,
  misuse,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { moneyIn } from './translate.ts'
import { billDeferred, billDeferredOf } from './use-cases/bill-deferred.ts'
import { type Owed, showDeferred } from './use-cases/show-deferred.ts'

const caller = { role: 'run', actor: systemActor } as const

function owedJson(law: Law, rows: readonly Owed[]) {
  const money = moneyIn(law)
  const items = rows.map(({ month, programme, deferred, billed, paid, writtenOff, left, next, source }) => ({
    month,
    programme,
    deferred: money(deferred),
    billed: money(billed),
    paid: money(paid),
    writtenOff: money(writtenOff),
    left: money(left),
    next: next && { due: next.due, amount: money(next.amount) },
    source: source && { ...source },
  }))
  return { items, left: money(rows.reduce((sum, { left }) => sum + left, 0n)) }
}

export const deferralHandlers = (law: Law): Handlers => ({
  deferred: ({ params }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const shown = await showDeferred(tx, law, BigInt(params.payerId))
      return shown.ok ? ok(owedJson(law, shown.value)) : shown
    }),
  billDeferred: ({ params, body }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'billDeferred', input: { ...params, ...body }, ...(key ? { key } : {}) },
      async (tx, { payerId, whole }) => {
        const done = await billDeferredOf(tx, law, { payerId: BigInt(payerId), whole: whole ?? false })
        if (!done.ok) return done
        const money = moneyIn(law)
        return ok({
          bills: done.value.bills.map(({ bill_id, total }) => ({ billId: bill_id.toString(), total: money(total) })),
          total: money(done.value.total),
        })
      },
    ),
})

const payerIn = (context: CommandContext): Result<bigint> => {
  const text = context.words[0] ?? ''
  return /^\d{1,13}$/.test(text)
    ? ok(BigInt(text))
    : misuse('A payer is a number.', { payer: text }, 'It stands on each bill, and in the list of payers: GET /v1/payers.')
}

async function show(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const payer = payerIn(context)
  if (!payer.ok) return payer
  const shown = await readAs(await context.platform(), caller, (tx) => showDeferred(tx, law, payer.value))
  if (!shown.ok) return shown
  const rows = shown.value
  if (rows.length === 0) return answer(owedJson(law, rows), 'No contribution of this payer was deferred.')
  const sources = new Set(rows.flatMap(({ source }) => (source ? [`${source.act}, article ${source.article} (${source.status})`] : [])))
  return answer(owedJson(law, rows), [
    ...table(
      ['month', 'programme', 'deferred', 'billed', 'paid', 'written off', 'left', 'next due', 'next amount'],
      rows.map((row) => [
        row.month,
        row.programme,
        row.deferred,
        row.billed,
        row.paid,
        row.writtenOff,
        row.left,
        row.next?.due ?? '–',
        row.next?.amount ?? '–',
      ]),
    ),
    ...sources,
  ])
}

async function bill(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const whole = context.flag('whole')
  if (context.words.length === 0 && whole)
    return misuse('Who asks to repay at once is one payer.', {}, 'Name the payer: payung deferred bill 17 --whole.')
  const payer = context.words.length === 0 ? ok(null) : payerIn(context)
  if (!payer.ok) return payer
  const input = { payerId: payer.value, whole }
  const done = await inTransaction(await context.platform(), caller, { name: 'deferred bill', input }, async (tx, { payerId }) =>
    payerId === null ? ok(await billDeferred(tx, law)) : billDeferredOf(tx, law, { payerId, whole }),
  )
  if (!done.ok) return done
  const { bills, total } = done.value
  return answer({ bills: bills.length, total: total.toString() }, `${bills.length} bills of what was deferred, ${total} in all.`)
}

export const deferralCommands = (law: Law): readonly Command[] => [
  {
    name: 'deferred',
    summary: 'what a payer owes later because it was deferred, by month and programme',
    words: '<payer>',
    options: {},
    run: (context) => show(context, law),
  },
  {
    name: 'deferred bill',
    summary: 'bill the open instalments of what was deferred, of all payers or of one',
    words: '[payer]',
    options: { whole: { type: 'boolean', summary: 'all that is left at once; of one payer' } },
    run: (context) => bill(context, law),
  },
]
