// `payung letters` and `payung letter`: what was written to a member or a payer, what is overdue, one letter as text or PDF, and that it was told.
import fs from 'node:fs'
import type { LetterText } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import {
  type Answer,
  answer,
  type Command,
  type CommandContext,
  inTransaction,
  misuse,
  readAs,
  systemActor,
  type Tx,
  table,
  writeSetting,
} from '../platform/index.ts'
import { findMember, findPayer } from '../registry/index.ts'
import type { Letter } from './domain/letter.ts'
import { paperOf } from './routes.ts'
import { overdueLetters, pageOfLetters } from './store/read-letters.ts'
import { headJson } from './translate.ts'
import { renewCode } from './use-cases/code-of-letter.ts'
import { markTold } from './use-cases/mark-told.ts'
import { offerSurplus } from './use-cases/offer-surplus.ts'
import { languageFor, openLetter, wordLetter } from './use-cases/read-letter.ts'
import { tellLetters } from './use-cases/tell-letters.ts'

const caller = { role: 'run', actor: systemActor } as const
const most = 500

/** A member number has eleven digits or is an old one; a payer is named by fewer digits alone, or with --payer. */
async function lettersTo(tx: Tx, context: CommandContext): Promise<Result<Letter[]>> {
  const word = context.words.join('')
  if (context.flag('payer')) {
    if (!/^\d{1,18}$/.test(word)) return misuse('A payer is named by its number.', { given: word }, 'Write: payung letters --payer 17.')
    const payer = await findPayer(tx, BigInt(word))
    return payer.ok ? ok(await pageOfLetters(tx, { persons: [], payers: [payer.value.payerId] }, null, most)) : payer
  }
  const member = await findMember(tx, word, { view: 'letters', why: 'command line' })
  if (!member.ok) return member
  const persons = [member.value.person.personId, ...member.value.memberships.map(({ personId }) => personId)]
  return ok(await pageOfLetters(tx, { persons, payers: [] }, null, most))
}

async function list(context: CommandContext, law: Law): Promise<Result<Answer>> {
  if (context.words.length === 0 && !context.flag('overdue'))
    return misuse('Letters are listed of one member or payer, or those that are overdue.', {}, 'Name a number, or write --overdue.')
  const language = languageFor(law, context.text('lang'))
  const found = await readAs(await context.platform(), caller, async (tx) =>
    context.flag('overdue') ? ok(await overdueLetters(tx, tx.today(law.pack.timeZone), null, most)) : lettersTo(tx, context),
  )
  if (!found.ok) return found
  const heads = found.value.map((letter) => headJson(law, letter, language))
  const rows = heads.map(({ letterId, writtenOn, title, amount, tellBy, tellByLaw, toldOn, how }) => [
    BigInt(letterId),
    writtenOn,
    title.replaceAll('\u00a0', ' '),
    amount?.amount ?? '',
    tellBy ?? '',
    tellByLaw ?? '',
    toldOn === null ? '' : `${toldOn} ${how}`,
  ])
  return answer(
    heads,
    rows.length === 0 ? 'no letters' : table(['letter', 'written', 'title', 'amount', 'tell by', 'by law', 'told'], rows),
  )
}

const plain = (text: LetterText): string[] =>
  [
    text.title,
    `${text.to.label}: ${text.to.name}, ${text.to.numberLabel} ${text.to.number}`,
    `${text.written.label}: ${text.written.text}`,
    '',
    ...text.what,
    ...text.figures.map(({ label, value }) => `${label}: ${value}`),
    ...(text.table
      ? table(
          [text.table.what, text.table.before, text.table.after],
          text.table.rows.map(({ label, before, after }) => [label, before, after]),
        )
      : []),
    ...(text.instalments
      ? [
          text.instalments.caption,
          ...table(
            [text.instalments.due, text.instalments.amount, text.instalments.state],
            text.instalments.rows.map(({ due, amount, state }) => [due, amount, state]),
          ),
        ]
      : []),
    '',
    ...text.next,
    text.question,
  ].map((line) => line.replaceAll('\u00a0', ' '))

/** The letter that the command names. */
async function named(context: CommandContext, view: string): Promise<Result<Letter>> {
  const [word = ''] = context.words
  if (!/^\d{1,18}$/.test(word)) return misuse('A letter is named by its number.', { given: word }, 'Look it up: payung letters NUMBER.')
  return readAs(await context.platform(), caller, (tx) => openLetter(tx, BigInt(word), view, 'command line'))
}

async function show(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const letter = await named(context, 'letter')
  if (!letter.ok) return letter
  const platform = await context.platform()
  const file = context.text('pdf')
  if (file !== undefined) {
    fs.writeFileSync(file, await paperOf(platform, law, systemActor, letter.value, context.text('lang')))
    return answer({ file, letter: letter.value.letterId }, file)
  }
  const text = await readAs(platform, caller, (tx) => wordLetter(tx, law, letter.value, languageFor(law, context.text('lang'))))
  return answer(text, plain(text))
}

const ways = ['post', 'e-mail', 'desk']
const wrongWay = (how: string) =>
  misuse('A letter is told by post, by e-mail or at the desk.', { how }, 'Write --how post, --how e-mail or --how desk.')

async function tell(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const how = context.required('how')
  if (!ways.includes(how)) return wrongWay(how)
  const through = context.text('through')
  const done = await inTransaction(await context.platform(), caller, { name: 'letters tell', input: { how, through } }, (tx) =>
    tellLetters(tx, law, { how, ...(through === undefined ? {} : { through }) }),
  )
  return done.ok ? answer(done.value, `${done.value.letters} letters told on ${done.value.on} (${how}).`) : done
}

async function told(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const how = context.required('how')
  if (!ways.includes(how)) return wrongWay(how)
  const letter = await named(context, 'letter told')
  if (!letter.ok) return letter
  const on = context.text('on')
  const done = await inTransaction(await context.platform(), caller, { name: 'letter told', input: { how, on } }, (tx) =>
    markTold(tx, law, letter.value, { how, ...(on === undefined ? {} : { on }) }),
  )
  return done.ok
    ? answer(headJson(law, done.value, languageFor(law, undefined)), `Told on ${done.value.toldOn} (${done.value.how}).`)
    : done
}

async function offer(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const [word = ''] = context.words
  if (!/^\d{1,18}$/.test(word)) return misuse('A payer is named by its number.', { given: word }, 'Write: payung letter offer 17.')
  const done = await inTransaction(await context.platform(), caller, { name: 'letter offer', input: { payer: word } }, async (tx) => {
    const payer = await findPayer(tx, BigInt(word))
    return payer.ok ? offerSurplus(tx, law, payer.value) : payer
  })
  return done.ok
    ? answer(headJson(law, done.value, languageFor(law, undefined)), `Letter ${done.value.letterId} offers ${done.value.amount}.`)
    : done
}

async function renew(context: CommandContext, law: Law): Promise<Result<Answer>> {
  const letter = await named(context, 'letter code')
  if (!letter.ok) return letter
  const platform = await context.platform()
  const done = await inTransaction(platform, caller, { name: 'letter renew', input: null }, async (tx) =>
    ok(await renewCode(tx, law, platform.encryption, letter.value)),
  )
  return done.ok ? answer({ turn: done.value }, 'The address printed on it has ended. Print the letter again.') : done
}

async function site(context: CommandContext): Promise<Result<Answer>> {
  const [address = ''] = context.words
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    return misuse(
      'The address of the pages is a web address.',
      { given: address },
      'Write for instance: payung letters site https://payung.example.',
    )
  const { origin } = new URL(address)
  await writeSetting(await context.platform(), 'public-address', origin)
  return answer({ site: origin }, `Letters print ${origin}.`)
}

const lang = { type: 'string', value: 'code', summary: 'language, for instance id or en' } as const

export const commandsFor = (law: Law): readonly Command[] => [
  {
    name: 'letters',
    summary: 'letters to a member (or a payer, with --payer), latest first, or those that are overdue',
    words: '[number]',
    options: {
      payer: { type: 'boolean', summary: 'the number is that of a payer' },
      overdue: { type: 'boolean', summary: 'all that should have been told by now and were not' },
      lang,
    },
    run: (context) => list(context, law),
  },
  { name: 'letters site', summary: 'set the public address of the pages, which letters print', words: '<address>', options: {}, run: site },
  {
    name: 'letter',
    summary: 'one letter, as text or as a PDF with the address of its page',
    words: '<letter>',
    options: { pdf: { type: 'string', value: 'file', summary: 'write a PDF' }, lang },
    run: (context) => show(context, law),
  },
  {
    name: 'letters tell',
    summary: 'note that all letters written through a day were told together: by the printing house, or a night of e-mails',
    options: {
      how: { type: 'string', value: 'way', summary: 'post, e-mail or desk', required: true },
      through: { type: 'string', value: 'day', summary: 'the last day whose letters were sent; today if left out' },
    },
    run: (context) => tell(context, law),
  },
  {
    name: 'letter told',
    summary: 'note that a letter was told',
    words: '<letter>',
    options: {
      how: { type: 'string', value: 'way', summary: 'post, e-mail or desk', required: true },
      on: { type: 'string', value: 'day', summary: 'the day; today if left out' },
    },
    run: (context) => told(context, law),
  },
  {
    name: 'letter offer',
    summary: 'write the letter that offers a payer the money that waits for the next months, where no event wrote one',
    words: '<payer>',
    options: {},
    run: (context) => offer(context, law),
  },
  {
    name: 'letter renew',
    summary: 'end the address printed on a letter that went astray',
    words: '<letter>',
    options: {},
    run: (context) => renew(context, law),
  },
]
