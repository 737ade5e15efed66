// Premium contracts on the command line: what one is, what changes of it, who works under it, and its certificate.
import fs from 'node:fs'
import type { Law } from '@payung/law'
import { type Result, refuse } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  publicAddress,
  readAs,
  systemActor,
  table,
} from '../platform/index.ts'
import { printCertificate } from './print-certificate.ts'
import { findPersonsByNumber } from './store/persons.ts'
import { amendContract } from './use-cases/amend-contract.ts'
import { certifyContract } from './use-cases/certify-contract.ts'
import { reportWorkers } from './use-cases/report-workers.ts'
import { showContract } from './use-cases/show-contract.ts'

const caller = { role: 'run', actor: systemActor } as const

const contractIn = (context: CommandContext): Result<bigint> => {
  const text = context.words[0] ?? ''
  return /^\d{1,18}$/.test(text)
    ? { ok: true, value: BigInt(text) }
    : misuse('A contract is named by the number of its first bill.', { contract: text }, 'Look it up: payung bills <payer>.')
}

async function show(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const contractId = contractIn(context)
  if (!contractId.ok) return contractId
  const shown = await readAs(await context.platform(), caller, async (tx) => {
    const found = await showContract(tx, law, contractId.value)
    if (found.ok) {
      const persons = found.value.members.map(({ person_id }) => person_id.toString())
      tx.look(null, 'contract', 'command line', { contract: contractId.value.toString(), persons })
    }
    return found
  })
  if (!shown.ok) return shown
  const { contract, parts, members, total, paid } = shown.value
  return answer(shown.value, [
    `${contract.name}: ${contract.segment}, ${contract.from} until ${contract.until}, ${contract.addenda} addenda; ${paid} of ${total} paid`,
    ...table(
      ['part', 'bill', 'amount', 'due', 'covers from', 'until', 'state'],
      parts.map((part) => [
        part.kind,
        part.billId,
        part.employer + part.worker,
        part.due ?? '–',
        part.from ?? '–',
        part.until ?? '–',
        part.state,
      ]),
    ),
    ...table(
      ['member', 'from', 'until', 'reported', 'window until'],
      members.map((each) => [each.member_number, each.from_day, each.until_day, each.reported_on ?? '–', each.window_until ?? '–']),
    ),
  ])
}

async function amend(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const contractId = contractIn(context)
  if (!contractId.ok) return contractId
  const pairs = context.all('fact').map((text) => text.split('='))
  const wrong = pairs.find((pair) => pair.length !== 2)
  if (wrong) return misuse('A fact is written code=value.', { fact: wrong.join('=') }, 'Write for instance --fact months=15.')
  const [from, until] = [context.text('from'), context.text('until')]
  const input = {
    contractId: contractId.value,
    facts: Object.fromEntries(pairs),
    reason: context.required('reason'),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  }
  const done = await inTransaction(await context.platform(), caller, { name: 'contract amend', input }, (tx, asked) =>
    amendContract(tx, law, asked),
  )
  if (!done.ok) return done
  const { difference, billId, owed } = done.value
  return answer(
    done.value,
    difference > 0n
      ? `${difference} more, ${owed ? `on bill ${billId}` : 'offered; cover goes on when it is paid'}.`
      : difference < 0n
        ? `${-difference} given back as credit.`
        : 'Nothing is to be paid; the dates moved.',
  )
}

async function workers(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const contractId = contractIn(context)
  if (!contractId.ok) return contractId
  const numbers = context.all('member')
  const until = context.text('until')
  const from = context.required('from')
  const done = await inTransaction(
    await context.platform(),
    caller,
    { name: 'contract workers', input: { contractId: contractId.value, numbers, from } },
    async (tx) => {
      const persons = await findPersonsByNumber(tx, numbers)
      const unknown = persons.indexOf(null)
      if (unknown >= 0)
        return refuse({
          code: 'number-unknown',
          rule: 'A contract names registered members.',
          data: { number: numbers[unknown] ?? '' },
          next: 'Register the person first.',
        })
      const rows = persons.map((person) => ({ personId: person ?? 0n, ordinal: 1, from, ...(until === undefined ? {} : { until }) }))
      return reportWorkers(tx, law, contractId.value, rows)
    },
  )
  if (!done.ok) return done
  return answer(
    done.value,
    done.value.map(({ late, existing, windowUntil }, index) =>
      [numbers[index], existing ? 'was named before' : 'named', late ? `after the window, which ended on ${windowUntil}` : 'in time'].join(
        ': ',
      ),
    ),
  )
}

async function certificate(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const contractId = contractIn(context)
  if (!contractId.ok) return contractId
  const done = await readAs(await context.platform(), caller, (tx) => certifyContract(tx, law, contractId.value))
  if (!done.ok) return done
  const file = context.text('pdf')
  if (file !== undefined) {
    fs.writeFileSync(file, await printCertificate(done.value, context.text('lang'), await publicAddress(await context.platform())))
    return answer({ file, number: done.value.number }, file)
  }
  const texts = Object.values(done.value.texts)
  return answer(
    done.value,
    texts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines])),
  )
}

export const contractCommands = (law: Law): readonly Command[] => [
  {
    name: 'contract',
    summary: 'a premium contract: its terms, parts and workers',
    words: '<contract>',
    options: {},
    run: (context) => show(context, law),
  },
  {
    name: 'contract amend',
    summary: 'an addendum: value, months or dates change',
    words: '<contract>',
    options: {
      from: { type: 'string', value: 'day', summary: 'the new first day' },
      until: { type: 'string', value: 'day', summary: 'the new first day outside' },
      fact: { type: 'string', value: 'code=value', summary: 'a fact that changes', multiple: true },
      reason: { type: 'string', value: 'text', summary: 'number and day of the addendum', required: true },
    },
    run: (context) => amend(context, law),
  },
  {
    name: 'contract workers',
    summary: 'report who works under a contract',
    words: '<contract>',
    options: {
      member: { type: 'string', value: 'number', summary: 'a member number', multiple: true, required: true },
      from: { type: 'string', value: 'day', summary: 'the first day of work', required: true },
      until: { type: 'string', value: 'day', summary: 'the first day after it; the end of the contract when left out' },
    },
    run: (context) => workers(context, law),
  },
  {
    name: 'contract certificate',
    summary: 'the certificate of a contract, in both languages, or as a PDF in one',
    words: '<contract>',
    options: {
      pdf: { type: 'string', value: 'file', summary: 'write a PDF' },
      lang: { type: 'string', value: 'code', summary: 'its language, for instance id or en' },
    },
    run: (context) => certificate(context, law),
  },
]
