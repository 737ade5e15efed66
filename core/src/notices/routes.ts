// Letters over HTTP. Whether somebody may have a letter is decided as the caller; its words are then found with full sight.
import type { LetterText } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import {
  cursorOf,
  type Handlers,
  inTransaction,
  isDemonstration,
  type Platform,
  publicAddress,
  type RequestContext,
  readAs,
  type Tx,
} from '../platform/index.ts'
import { findMember, findPayer, personsOfOne } from '../registry/index.ts'
import type { Letter } from './domain/letter.ts'
import { printLetter } from './print-letter.ts'
import { overdueLetters, pageOfLetters } from './store/read-letters.ts'
import { headJson } from './translate.ts'
import { codeOfLetter, renewCode } from './use-cases/code-of-letter.ts'
import { markTold } from './use-cases/mark-told.ts'
import { offerSurplus } from './use-cases/offer-surplus.ts'
import { languageFor, openByCode, openLetter, wordLetter } from './use-cases/read-letter.ts'

type Page = { readonly cursor?: string; readonly limit?: number; readonly lang?: string }
type Found = { readonly items: readonly Letter[]; readonly next: string | null }

/** A page of what `read` finds: one more is asked for, to know whether there is another page. */
async function pageBy(
  page: Page,
  read: (from: bigint | null, limit: number) => Promise<Result<readonly Letter[]>>,
): Promise<Result<Found>> {
  const limit = page.limit ?? 50
  const from = cursorOf(page.cursor)
  if (!from.ok) return from
  const rows = await read(from.value, limit + 1)
  if (!rows.ok) return rows
  const items = rows.value.slice(0, limit)
  return ok({ items, next: rows.value.length > limit ? (items.at(-1)?.letterId.toString() ?? null) : null })
}

const listOf = (law: Law, found: Result<Found>, lang: string | undefined) =>
  found.ok ? ok({ items: found.value.items.map((letter) => headJson(law, letter, languageFor(law, lang))), next: found.value.next }) : found

/** Words and code of a letter, and from them its paper. */
export async function paperOf(
  platform: Platform,
  law: Law,
  actor: RequestContext['actor'],
  letter: Letter,
  lang: string | undefined,
): Promise<Uint8Array> {
  const { text, code, synthetic } = await readAs(platform, { role: 'run', actor }, async (tx) => ({
    text: await wordLetter(tx, law, letter, languageFor(law, lang)),
    code: await codeOfLetter(tx, law, platform.encryption, letter),
    synthetic: await isDemonstration(tx),
  }))
  return printLetter(text, code, { site: await publicAddress(platform), synthetic })
}

const open = ({ platform, online }: RequestContext, letterId: string, why: string | undefined): Promise<Result<Letter>> =>
  readAs(platform, online, (tx) => openLetter(tx, BigInt(letterId), 'letter', why ?? ''))

const readingHandlers = (law: Law): Handlers => ({
  memberLetters: async ({ params, query }, { platform, online }) => {
    const found = await pageBy(query, (before, limit) =>
      readAs(platform, online, async (tx) => {
        const member = await findMember(tx, params.number, { view: 'letters', why: query.why ?? '' })
        if (!member.ok) return member
        // Also what was written to a number of his that has no membership; whether the reader may have it, row security says.
        const persons = await personsOfOne(tx, member.value.person.personId)
        return ok(await pageOfLetters(tx, { persons, payers: [] }, before, limit))
      }),
    )
    return listOf(law, found, query.lang)
  },
  payerLetters: async ({ params, query }, { platform, online }) => {
    const found = await pageBy(query, (before, limit) =>
      readAs(platform, online, async (tx) => {
        const payer = await findPayer(tx, BigInt(params.payerId))
        if (!payer.ok) return payer
        if (online.actor.kind === 'staff') tx.look(payer.value.personId, 'letters', query.why ?? '', { payer: params.payerId })
        return ok(await pageOfLetters(tx, { persons: [], payers: [payer.value.payerId] }, before, limit))
      }),
    )
    return listOf(law, found, query.lang)
  },
  overdueLetters: async ({ query }, { platform, online }) => {
    const found = await pageBy(query, (after, limit) =>
      readAs(platform, online, async (tx) => {
        const rows = await overdueLetters(tx, tx.today(law.pack.timeZone), after, limit)
        tx.look(null, 'overdue letters', '', { letters: rows.map(({ letterId }) => letterId.toString()) })
        return ok(rows)
      }),
    )
    return listOf(law, found, query.lang)
  },
  letter: async ({ params, query }, context) => {
    const letter = await open(context, params.letterId, query.why)
    if (!letter.ok) return letter
    const language = languageFor(law, query.lang)
    const text = await withFullSight(context, (tx) => wordLetter(tx, law, letter.value, language))
    return ok({ head: headJson(law, letter.value, language), text })
  },
  letterPdf: async ({ params, query }, context) => {
    const letter = await open(context, params.letterId, query.why)
    return letter.ok ? ok(await paperOf(context.platform, law, context.actor, letter.value, query.lang)) : letter
  },
})

const withFullSight = <Value>({ platform, actor }: RequestContext, read: (tx: Tx) => Promise<Value>): Promise<Value> =>
  readAs(platform, { role: 'run', actor }, read)

const writingHandlers = (law: Law): Handlers => ({
  markLetterTold: async ({ params, body }, context) => {
    const letter = await open(context, params.letterId, 'mark as told')
    if (!letter.ok) return letter
    const { platform, actor, key } = context
    const command = { name: 'markLetterTold', input: { letterId: params.letterId, ...body }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx, { how, on }) => {
      const told = await markTold(tx, law, letter.value, { how, ...(on === undefined ? {} : { on }) })
      return told.ok ? ok(headJson(law, told.value, languageFor(law, undefined))) : told
    })
  },
  offerSurplus: async ({ params }, context) => {
    const { platform, online, actor, key } = context
    const payer = await readAs(platform, online, (tx) => findPayer(tx, BigInt(params.payerId)))
    if (!payer.ok) return payer
    const command = { name: 'offerSurplus', input: { payerId: params.payerId }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx) => {
      const letter = await offerSurplus(tx, law, payer.value)
      return letter.ok ? ok(headJson(law, letter.value, languageFor(law, undefined))) : letter
    })
  },
  renewLetterCode: async ({ params, body }, context) => {
    const letter = await open(context, params.letterId, body.why)
    if (!letter.ok) return letter
    const { platform, actor, key } = context
    const command = { name: 'renewLetterCode', input: { letterId: params.letterId, ...body }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx) => {
      const turn = await renewCode(tx, law, platform.encryption, letter.value)
      await tx.emit({ kind: 'letter-code-renewed', room: 'notices', subject: `letter:${params.letterId}`, payload: { turn } })
      return ok({ letterId: params.letterId, turn })
    })
  },
})

const publicHandlers = (law: Law): Handlers => ({
  letterByCode: ({ params, query }, context) =>
    withFullSight(context, async (tx): Promise<Result<{ letter: LetterText | null }>> => {
      const letter = await openByCode(tx, params.code)
      return ok({ letter: letter ? await wordLetter(tx, law, letter, languageFor(law, query.lang)) : null })
    }),
  letterPdfByCode: async ({ params, query }, context) => {
    const letter = await withFullSight(context, (tx) => openByCode(tx, params.code))
    if (!letter)
      return refuse({
        code: 'letter-not-found',
        rule: 'A code opens the letter on which it is printed, until a new one is made.',
        data: {},
        next: 'Compare the code with the letter, or ask at any office.',
      })
    return ok(await paperOf(context.platform, law, context.actor, letter, query.lang))
  },
})

export const handlersFor = (law: Law): Handlers => ({ ...readingHandlers(law), ...writingHandlers(law), ...publicHandlers(law) })
