// `payung payer change` and `payung organisation change`: what changes after registration.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, inTransaction, misuse, systemActor } from '../platform/index.ts'
import type { ArrangementRow } from './domain/member-row.ts'
import { rowFault } from './domain/row-fault.ts'
import { answerRows, badRow, readColumns } from './file-rows.ts'
import { changeArrangements } from './use-cases/change-arrangement.ts'
import { changeOrganisationFacts } from './use-cases/change-organisation-facts.ts'
import type { MembershipResult } from './use-cases/register-memberships.ts'

const caller = { role: 'run', actor: systemActor } as const
const chunk = 1000
const columns = { memberNumber: 'member_number', ordinal: 'membership', payerId: 'payer', from: 'from' } as const

type Written = { readonly memberNumber: string; readonly ordinal: string; readonly payerId: string; readonly from: string }

/** A row with its numbers read, or which of them is none. An empty payer means that the member pays alone. */
function readArrangement({ ordinal, payerId, ...row }: Written): Result<ArrangementRow> {
  const no = (field: string, given: string, rule: string, next: string) => refuse(rowFault('wrong-number', field, given, rule, next))
  if (!/^\d{1,4}$/.test(ordinal))
    return no('ordinal', ordinal, 'A membership is named by its place: 1, 2, …', 'Look at the member to see the memberships.')
  if (!/^\d{0,18}$/.test(payerId))
    return no('payerId', payerId, 'A payer is named by its number.', 'It stands in the list of payers; leave it empty for the member.')
  return ok({ ...row, ordinal: Number(ordinal), payerId: payerId === '' ? null : BigInt(payerId) })
}

type Changed = Pick<MembershipResult, 'refusal'>

/** Each row is answered in its place: those that cannot be read too. */
async function change(context: CommandContext, pack: Pack, rows: readonly Written[]): Promise<Result<Changed[]>> {
  const read = rows.map(readArrangement)
  const input = read.flatMap((row) => (row.ok ? [row.value] : []))
  const done = await inTransaction(await context.platform(), caller, { name: 'change-arrangements', input }, async (tx, asked) =>
    ok(await changeArrangements(tx, pack, asked)),
  )
  if (!done.ok) return done
  const results = done.value.values()
  return ok(read.map((row): Changed => (row.ok ? (results.next().value ?? { refusal: null }) : { refusal: row.refusal })))
}

async function changeFile(context: CommandContext, pack: Pack, path: string): Promise<Result<Answer>> {
  const file = await readColumns(path, Object.values(columns))
  if (!file.ok) return file
  const { rows } = file.value
  const results: (Changed & { readonly line: number })[] = []
  for (let from = 0; from < rows.length; from += chunk) {
    const part = rows.slice(from, from + chunk)
    const written = part.map(({ cells }) => ({
      memberNumber: cells.member_number ?? '',
      ordinal: cells.membership ?? '',
      payerId: cells.payer ?? '',
      from: cells.from ?? '',
    }))
    const done = await change(context, pack, written)
    if (!done.ok) return done
    results.push(...done.value.map((result, index) => ({ ...result, line: part[index]?.line ?? 0 })))
    context.progress.step('Memberships', results.length, rows.length)
  }
  const bad = results.flatMap(({ line, refusal }) => (refusal ? [badRow(line, refusal, columns)] : []))
  return answerRows(path, file.value, bad, {
    value: { changed: results.length - bad.length },
    lines: [`${results.length - bad.length} memberships have another payer, ${bad.length} refused`],
  })
}

async function changeOne(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const memberNumber = context.words.join('')
  const [payerId, from] = [context.text('to'), context.text('from')]
  if (memberNumber === '' || payerId === undefined || from === undefined)
    return misuse(
      'A change of payer names the member, the payer and the first day.',
      {},
      'Write: payung payer change 10000282348 --to 17 --from 2026-11-01 (--to self: the member pays alone), or --file changes.csv.',
    )
  const ordinal = context.required('membership')
  const done = await change(context, pack, [{ memberNumber, ordinal, payerId: payerId === 'self' ? '' : payerId, from }])
  if (!done.ok) return done
  const [result] = done.value
  if (result?.refusal) return { ok: false, refusal: result.refusal }
  return answer(
    { memberNumber, membership: Number(ordinal), payer: payerId, from },
    `From ${from} on ${payerId === 'self' ? 'the member pays alone' : `payer ${payerId} pays`}.`,
  )
}

/** `code=value` of each --fact. */
function factsIn(context: CommandContext): Result<Record<string, string>> {
  const given = context.all('fact').map((text) => /^([a-z_]+)=(.*)$/.exec(text))
  const wrong = given.indexOf(null)
  return wrong >= 0 || given.length === 0
    ? misuse(
        'A fact is written code=value.',
        { fact: context.all('fact')[wrong] ?? '' },
        'Write for instance: --fact risk_class=III --fact active_workers=80.',
      )
    : ok(Object.fromEntries(given.map((parts) => [parts?.[1] ?? '', parts?.[2] ?? ''])))
}

async function changeOrganisation(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const organisation = context.words[0] ?? ''
  const facts = factsIn(context)
  if (!facts.ok) return facts
  if (!/^\d{1,18}$/.test(organisation))
    return misuse('An organisation is named by its number.', { organisation }, 'Write: payung organisation change 12 --fact …')
  const input = { organisationId: BigInt(organisation), from: context.required('from'), facts: facts.value }
  const done = await inTransaction(await context.platform(), caller, { name: 'change-organisation-facts', input }, (tx, asked) =>
    changeOrganisationFacts(tx, pack, asked),
  )
  if (!done.ok) return done
  return answer(
    { organisation, from: input.from, facts: input.facts, memberships: done.value },
    `From ${input.from} on it holds for ${done.value} memberships.`,
  )
}

export const changeCommandsOf = (pack: Pack): readonly Command[] => [
  {
    name: 'payer change',
    summary: `say who pays a membership from a day on, or those of a file with the columns ${Object.values(columns).join(', ')}`,
    words: '<member number>',
    options: {
      to: { type: 'string', summary: 'the payer’s number; self: the member pays alone', value: 'payer' },
      from: { type: 'string', summary: 'the first day', value: 'day' },
      membership: { type: 'string', summary: 'which of the member’s memberships', value: 'no', default: '1' },
      file: { type: 'string', summary: 'a file of changes; an empty payer is the member', value: 'file.csv' },
    },
    run: (context) => {
      const file = context.text('file')
      return file === undefined ? changeOne(context, pack) : changeFile(context, pack, file)
    },
  },
  {
    name: 'organisation change',
    summary: 'change what the law asks about an organisation from a day on: size, risk, industry …',
    words: '<organisation>',
    options: {
      from: { type: 'string', summary: 'the first day', value: 'day', required: true },
      fact: {
        type: 'string',
        summary: 'a fact, by the code of the country pack; may be repeated',
        value: 'code=value',
        required: true,
        multiple: true,
      },
    },
    run: (context) => changeOrganisation(context, pack),
  },
]
