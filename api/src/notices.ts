// Letters: what an exception means to the person or the payer whom it concerns, in the language of the reader, and when it was told.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Day, Money, Next, Page, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const Why = Type.Optional(Type.String({ maxLength: 200 }))
const Lang = Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' }))
const OrNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()])
const How = Type.Union([Type.Literal('post'), Type.Literal('e-mail'), Type.Literal('desk')])
const Pdf = { bytes: 'application/pdf', response: Type.Unsafe<Uint8Array>(Type.String({ format: 'binary' })) } as const
/** A letter to a member is his own: an employer sees those to itself, and none to its workers. */
const ownReaders = { roles: ['officer', 'administrator', 'auditor', 'member'] } as const
const readers = { roles: ['officer', 'administrator', 'auditor', 'member', 'organisation'] } as const

export const LetterHead = Type.Object({
  letterId: Id,
  to: Type.Union([Type.Literal('person'), Type.Literal('payer')]),
  kind: Type.String(),
  title: Type.String(),
  /** What the letter is about; of a corrected month what it costs now less what it cost before. */
  amount: OrNull(Money),
  writtenOn: Day,
  tellBy: Type.Union([Day, Type.Null()], { description: 'Until when it is to be told by the agency’s own aim; null: no source says' }),
  tellByLaw: OrNull(Day),
  toldOn: OrNull(Day),
  how: OrNull(How),
})
/** A letter in one language, ready to be shown: sentences, figures and a table as text. */
export const LetterText = Type.Object({
  letterId: Id,
  kind: Type.String(),
  language: Type.String(),
  title: Type.String(),
  to: Type.Object({ label: Type.String(), name: Type.String(), numberLabel: Type.String(), number: Type.String() }),
  written: Type.Object({ label: Type.String(), on: Day, text: Type.String() }),
  number: Type.Object({ label: Type.String(), text: Type.String() }),
  what: Type.Array(Type.String()),
  figures: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  table: OrNull(
    Type.Object({
      caption: Type.String(),
      what: Type.String(),
      before: Type.String(),
      after: Type.String(),
      rows: Type.Array(Type.Object({ label: Type.String(), before: Type.String(), after: Type.String() })),
    }),
  ),
  /** All instalments of what was deferred, and what became of each, as it is when the letter is read. */
  instalments: OrNull(
    Type.Object({
      caption: Type.String(),
      due: Type.String(),
      amount: Type.String(),
      state: Type.String(),
      rows: Type.Array(Type.Object({ due: Type.String(), amount: Type.String(), state: Type.String() })),
    }),
  ),
  next: Type.Array(Type.String()),
  question: Type.String(),
})
const Letters = Type.Object({ items: Type.Array(LetterHead), next: Next })
const ListQuery = Type.Object({ ...Page, lang: Lang, why: Why })
const LetterParams = Type.Object({ letterId: Id })
const CodeParams = Type.Object({ code: Type.String({ maxLength: 60 }) })
const ReadQuery = Type.Object({ lang: Lang, why: Why })

export const noticesRoutes = {
  memberLetters: route({
    method: 'GET',
    path: '/v1/members/:number/letters',
    tag: 'letters',
    summary: 'Letters to a member, latest first',
    access: ownReaders,
    params: Type.Object({ number: Type.String({ maxLength: 40 }) }),
    query: ListQuery,
    response: Letters,
  }),
  payerLetters: route({
    method: 'GET',
    path: '/v1/payers/:payerId/letters',
    tag: 'letters',
    summary: 'Letters to a payer, latest first',
    access: readers,
    params: Type.Object({ payerId: Id }),
    query: ListQuery,
    response: Letters,
  }),
  overdueLetters: route({
    method: 'GET',
    path: '/v1/letters/overdue',
    tag: 'letters',
    summary: 'Letters that should have been told by now and were not, oldest first',
    access: staff,
    query: Type.Object({ ...Page, lang: Lang }),
    response: Letters,
  }),
  letter: route({
    method: 'GET',
    path: '/v1/letters/:letterId',
    tag: 'letters',
    summary: 'One letter in a language',
    access: readers,
    params: LetterParams,
    query: ReadQuery,
    response: Type.Object({ head: LetterHead, text: LetterText }),
  }),
  letterPdf: route({
    method: 'GET',
    path: '/v1/letters/:letterId/pdf',
    tag: 'letters',
    summary: 'One letter for printing, with the address of its page',
    access: readers,
    params: LetterParams,
    query: ReadQuery,
    ...Pdf,
  }),
  markLetterTold: route({
    method: 'POST',
    path: '/v1/letters/:letterId/told',
    tag: 'letters',
    summary: 'Note that a letter was told, on which day and how; the first telling stays',
    access: staff,
    keyed: true,
    params: LetterParams,
    body: Type.Object({ how: How, on: Type.Optional(Day) }),
    response: LetterHead,
  }),
  offerSurplus: route({
    method: 'POST',
    path: '/v1/payers/:payerId/offset-offers',
    tag: 'letters',
    summary: 'Write the letter that offers a payer the money that waits for the next months, where no event wrote one',
    access: staff,
    keyed: true,
    params: Type.Object({ payerId: Id }),
    body: Type.Object({}),
    response: LetterHead,
  }),
  renewLetterCode: route({
    method: 'POST',
    path: '/v1/letters/:letterId/code',
    tag: 'letters',
    summary: 'End the address that is printed on a letter; the next print bears a new one',
    access: staff,
    keyed: true,
    params: LetterParams,
    body: Type.Object({ why: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: Type.Object({ letterId: Id, turn: Type.Integer() }),
  }),
  letterByCode: route({
    method: 'GET',
    path: '/v1/public/letters/:code',
    tag: 'letters',
    summary: 'The letter that a printed code opens; null where the code is wrong or has ended',
    access: 'public',
    perMinute: 20,
    params: CodeParams,
    query: Type.Object({ lang: Lang }),
    response: Type.Object({ letter: OrNull(LetterText) }),
  }),
  letterPdfByCode: route({
    method: 'GET',
    path: '/v1/public/letters/:code/pdf',
    tag: 'letters',
    summary: 'The same letter for printing',
    access: 'public',
    perMinute: 20,
    params: CodeParams,
    query: Type.Object({ lang: Lang }),
    ...Pdf,
  }),
}
export type LetterHead = Static<typeof LetterHead>
export type LetterText = Static<typeof LetterText>
