// A member's savings on the command line: the account, its statements, and asking for entries. Deciding needs a second person with a token
// of their own: over HTTP.
import fs from 'node:fs'
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import { type Answer, answer, type CommandContext, inTransaction, misuse, readAs, systemActor, table } from '../platform/index.ts'
import { dayAsked } from './domain/days.ts'
import { programmeOf } from './domain/programme.ts'
import { printStatement } from './print-statement.ts'
import { statementOf } from './routes.ts'
import { pageOfRequests } from './store/requests.ts'
import { explain, savingsJson, statementJson } from './translate.ts'
import type { EntryAsked } from './use-cases/add-entry.ts'
import { askEntry } from './use-cases/ask-entry.ts'
import { findSaver } from './use-cases/find-saver.ts'
import { readAccount, readStatedYears } from './use-cases/read-account.ts'

const caller = { role: 'run', actor: systemActor } as const

export async function showAccount(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const { code } = programme.value
  return readAs(await context.platform(), caller, async (tx) => {
    const day = dayAsked(context.text('on'), tx.today(law.pack.timeZone))
    if (!day.ok) return day
    const saver = await findSaver(tx, context.words.join(''), 'savings', 'command line')
    if (!saver.ok) return saver
    const account = await readAccount(tx, code, saver.value.persons, day.value)
    const stated = await readStatedYears(tx, code, saver.value.persons)
    const json = savingsJson(law, account)
    const years = [
      ...stated.filter(({ year }) => !account.years.some((each) => each.year === year)).map((each) => statementJson(law, code, each)),
      ...json.years,
    ].filter(({ year }) => String(year) <= day.value.slice(0, 4))
    const lines = [
      `${json.balance.amount} ${json.balance.currency} on ${day.value}${json.provisional ? ', with a provisional rate' : ''}.`,
      ...(json.withoutRate.length > 0 ? [`No rate is known for ${json.withoutRate.join(', ')}: nothing is earned for it yet.`] : []),
      ...table(
        ['year', 'opening', 'contributed', 'other', 'earned', 'closing'],
        years.map(({ year, opening, contributed, entered, returned, closing }) => [
          String(year),
          ...[opening, contributed, entered, returned, closing].map(({ amount }) => BigInt(amount)),
        ]),
      ),
      ...(context.flag('explain') ? explain(account) : []),
    ]
    return answer({ ...json, statements: stated.map((each) => statementJson(law, code, each)) }, lines)
  })
}

export async function printYear(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const programme = programmeOf(law.pack, context.text('programme'))
  if (!programme.ok) return programme
  const [number = '', year = ''] = context.words
  if (!/^\d{4}$/.test(year))
    return misuse('A statement is of a year.', { year }, 'Write for instance: payung savings statement 10000000014 2025.')
  const found = await readAs(await context.platform(), caller, async (tx) => {
    const saver = await findSaver(tx, number, 'savings statement', 'command line')
    if (!saver.ok) return saver
    const read = await statementOf(tx, programme.value.code, saver.value, Number(year))
    return read.ok ? ok({ ...saver.value, ...read.value }) : read
  })
  if (!found.ok) return found
  const language = context.text('lang') ?? law.pack.languages[0] ?? 'en'
  const file = context.text('out') ?? `${found.value.memberNumber}-${year}.pdf`
  fs.writeFileSync(file, await printStatement(law, found.value, language))
  return answer({ file, ...statementJson(law, programme.value.code, found.value.stated) }, file)
}

export async function requestEntry(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const kind = context.required('kind')
  if (kind !== 'opening' && kind !== 'withdrawal' && kind !== 'correction')
    return misuse('An entry is an opening, a withdrawal or a correction.', { kind }, 'Write for instance --kind withdrawal.')
  const [programme, day] = [context.text('programme'), context.text('day')]
  const asked = await inTransaction(await context.platform(), caller, { name: 'savings entry', input: null }, async (tx) => {
    const savings = programmeOf(law.pack, programme)
    if (!savings.ok) return savings
    const saver = await findSaver(tx, context.words.join(''), 'savings request', context.required('act'))
    if (!saver.ok) return saver
    const entry: EntryAsked = {
      personId: saver.value.personId,
      kind,
      amount: context.required('amount'),
      reference: context.required('reference'),
      act: context.required('act'),
      ...(programme === undefined ? {} : { programme }),
      ...(day === undefined ? {} : { day }),
    }
    return askEntry(tx, law, entry)
  })
  if (!asked.ok) return asked
  const { requestId, amount, state } = asked.value
  return answer(
    asked.value,
    state === 'asked'
      ? `Request ${requestId}: ${kind} of ${amount}. Somebody else decides it: POST /v1/savings/requests/${requestId}/decide.`
      : `Request ${requestId} was ${state} before.`,
  )
}

export async function listRequests(context: CommandContext): Promise<Result<Answer>> {
  const rows = await readAs(await context.platform(), caller, (tx) => {
    tx.look(null, 'savings requests', 'command line')
    return pageOfRequests(tx, context.flag('all') ? null : 'asked', null, 1000)
  })
  const cells = rows.map((row) => [
    row.requestId,
    row.memberNumber,
    row.kind,
    row.amount,
    row.day,
    row.reference,
    row.state,
    row.askedOn,
    row.askedBy,
  ])
  return answer(
    rows,
    rows.length === 0
      ? 'nothing is asked'
      : table(['request', 'number', 'kind', 'amount', 'day', 'reference', 'state', 'asked on', 'by'], cells),
  )
}
