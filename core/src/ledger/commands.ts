// `payung ledger`: balances and statements.
import { isDay } from '@payung/values'
import { answer, type Command, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { balances } from './use-cases/read-balances.ts'
import { statement } from './use-cases/read-statement.ts'

const caller = { role: 'run', actor: systemActor } as const

const showBalances: Command = {
  name: 'ledger balances',
  summary: 'what stands on every account',
  options: { on: { type: 'string', summary: 'at the end of a day; absent: now', value: 'day' } },
  run: async (context) => {
    const on = context.text('on')
    if (on !== undefined && !isDay(on)) return misuse('--on is a day.', { given: on }, 'Write it as YYYY-MM-DD.')
    const rows = await readAs(await context.platform(), caller, (tx) => balances(tx, on ?? null))
    return answer(
      rows,
      table(
        ['account', 'kind', 'debit', 'credit', 'balance'],
        rows.map(({ account, kind, debit, credit, balance }) => [account, kind, debit, credit, balance]),
      ),
    )
  },
}

const showStatement: Command = {
  name: 'ledger statement',
  summary: 'the transfers of a payer, latest first',
  words: '<payer>',
  options: {
    limit: { type: 'string', summary: 'how many', value: 'number', default: '50' },
    before: { type: 'string', summary: 'those before this transfer', value: 'transfer' },
  },
  run: async (context) => {
    const [payer = '', limit, before] = [context.words[0], context.required('limit'), context.text('before')]
    if (![payer, limit, before ?? '0'].every((text) => /^\d{1,18}$/.test(text)))
      return misuse(
        'A statement is asked for by the number of a payer.',
        { payer, limit, before: before ?? '' },
        'Write for instance: payung ledger statement 42 --limit 20.',
      )
    const page = await readAs(await context.platform(), caller, (tx) =>
      statement(tx, BigInt(payer), before === undefined ? null : BigInt(before), Math.min(Number(limit), 10_000)),
    )
    const rows = page.items.map(
      ({ transferId, day, month, debit, credit, amount, reason, sourceId }) =>
        [transferId, day, month, debit, credit, amount, reason, sourceId] as const,
    )
    return answer(page, table(['transfer', 'day', 'month', 'debit', 'credit', 'amount', 'reason', 'source'], rows))
  },
}

export const commands: readonly Command[] = [showBalances, showStatement]
