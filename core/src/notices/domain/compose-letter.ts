// Turns a letter's facts into what it says in one language. Pure: the same facts give the same words, on a page, on paper and in a list.
import type { LetterText } from '@payung/api'
import type { Pack } from '@payung/law'
import { formatMoney, isMonth, type Month, money, monthNumber } from '@payung/values'
import type { Instalments } from '../../contributions/index.ts'
import { paymentCode } from '../../registry/index.ts'
import { fill, type LetterWords } from '../words/words.ts'
import type { Why } from './kinds.ts'
import { keyOf, type Letter, whomOf } from './letter.ts'

/** What was deferred is told with all its instalments, as they are when the letter is read. */
export const tellsInstalments = ({ kind }: Pick<Letter, 'kind'>): boolean => kind === 'deferred-instalment' || kind === 'deferred-returned'

function instalmentsOf({ instalments }: LetterSurroundings, words: LetterWords, manner: Manner): LetterText['instalments'] {
  if (instalments === null) return null
  const { caption, by, status, due, amount, state, total, states } = words.instalments
  const { on, source, rows } = instalments
  const said = (sentence: string, gaps: Record<string, string | undefined>): string => fill(sentence, gaps) ?? ''
  return {
    caption: said(caption, { on: manner.day(on) }) + (source === null ? '' : said(by, { act: source.act, status: status[source.status] })),
    due,
    amount,
    state,
    rows: [
      ...rows.map((row) => ({
        due: manner.day(row.due),
        amount: manner.money(row.amount),
        state: said(states[row.state], { paidOn: row.paidOn === null ? undefined : manner.day(row.paidOn) }),
      })),
      { due: total, amount: manner.money(rows.reduce((sum, row) => sum + row.amount, 0n)), state: '' },
    ],
  }
}

/** What a letter needs besides its own facts. */
export type LetterSurroundings = {
  readonly to: { readonly name: string; readonly number: string }
  readonly currency: Pack['currency']
  /** Of a corrected month: what it cost by programme, before and after; a side is null where nothing stood. */
  readonly parts: readonly {
    readonly label: Readonly<Record<string, string>>
    readonly before: bigint | null
    readonly after: bigint | null
  }[]
  /** Null for a letter that does not tell them. */
  readonly instalments: Instalments | null
}

type Manner = {
  readonly money: (amount: bigint) => string
  readonly day: (day: string) => string
  readonly months: (months: readonly string[]) => string
  readonly list: (parts: readonly string[]) => string
  readonly count: (count: number) => string
}

/** Writes figures as the language does; nothing inside one breaks across lines. */
function mannerOf(locale: string, currency: Pack['currency']): Manner {
  const written = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0')
  const [day, month] = [written({ dateStyle: 'long' }), written({ month: 'long', year: 'numeric' })]
  const monthText = (text: string): string => unbroken(month.format(new Date(`${text}-01T00:00:00Z`)))
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  return {
    money: (amount) => formatMoney(money(amount, currency), locale, currency.symbol),
    day: (text) => unbroken(day.format(new Date(`${text}T00:00:00Z`))),
    months: (texts) => {
      const known = texts.filter((text): text is Month => isMonth(text))
      const [first, last] = [known.at(0), known.at(-1)]
      const inARow = known.length > 2 && first && known.every((each, index) => monthNumber(each) === monthNumber(first) + index)
      return inARow && last ? `${monthText(first)} – ${monthText(last)}` : list.format(known.map(monthText))
    },
    list: (parts) => list.format(parts),
    count: (count) => new Intl.NumberFormat(locale).format(count),
  }
}

const monthFacts = ['month', 'from', 'through', 'paidMonth']
const dayFacts = ['due', 'paidOn', 'coveredUntil', 'firstDay', 'lastDay', 'closedOn', 'reopenedOn', 'revokedOn']
const moneyFacts = ['came', 'missing', 'before', 'after', 'baseBefore', 'baseAfter']

/** Every fact as text, by its name. */
function gapsOf({ amount, facts, payerId }: Letter, words: LetterWords, manner: Manner): Record<string, string | undefined> {
  const said = ([name, fact]: [string, Letter['facts'][string]]): [string, string | undefined] => {
    if (fact === undefined) return [name, undefined]
    if (typeof fact === 'object') return [name, name === 'months' ? manner.months(fact) : manner.list(fact)]
    if (name === 'why') return [name, words.whys[fact as Why]]
    if (monthFacts.includes(name)) return [name, manner.months([String(fact)])]
    if (dayFacts.includes(name)) return [name, manner.day(String(fact))]
    if (moneyFacts.includes(name)) return [name, manner.money(BigInt(fact))]
    return [name, typeof fact === 'number' ? manner.count(fact) : fact]
  }
  const payCode = payerId === null ? undefined : paymentCode(payerId)
  return { ...Object.fromEntries(Object.entries(facts).map(said)), amount: amount === null ? undefined : manner.money(amount), payCode }
}

function tableOf(
  letter: Letter,
  { parts }: LetterSurroundings,
  words: LetterWords,
  gaps: Record<string, string | undefined>,
  manner: Manner,
  language: string,
): LetterText['table'] {
  if (letter.kind !== 'month-corrected') return null
  const { table } = words
  const shown = (amount: bigint | null): string => (amount === null ? table.nothing : manner.money(amount))
  const row = (label: string, before: string | undefined, after: string | undefined) => ({
    label,
    before: before ?? table.nothing,
    after: after ?? table.nothing,
  })
  return {
    caption: fill(table.caption, gaps) ?? '',
    what: table.what,
    before: table.before,
    after: table.after,
    rows: [
      row(table.base, gaps.baseBefore, gaps.baseAfter),
      ...parts.map(({ label, before, after }) => row(label[language] ?? Object.values(label)[0] ?? '', shown(before), shown(after))),
      row(table.total, gaps.before, gaps.after),
    ],
  }
}

/** Figures that stand in a line of their own besides the sentences: those of money that is owed, waits or is lacking. */
function figuresOf(letter: Letter, words: LetterWords, gaps: Record<string, string | undefined>): LetterText['figures'] {
  if (letter.kind === 'month-corrected') return []
  return (Object.keys(words.figures) as (keyof LetterWords['figures'])[]).flatMap((name) => {
    const value = gaps[name]
    return value === undefined ? [] : [{ label: words.figures[name], value }]
  })
}

/** `language` is one of the pack's, whose words `words` are. */
export function composeLetter(letter: Letter, surroundings: LetterSurroundings, words: LetterWords, language: string): LetterText {
  const manner = mannerOf(words.locale, surroundings.currency)
  const gaps = gapsOf(letter, words, manner)
  const { title, what, next } = words.kinds[keyOf(letter)]
  const said = (sentences: readonly string[]): string[] => sentences.flatMap((sentence) => fill(sentence, gaps) ?? [])
  return {
    letterId: letter.letterId.toString(),
    kind: letter.kind,
    language,
    title: fill(title, gaps) ?? '',
    to: {
      label: words.to,
      name: surroundings.to.name,
      numberLabel: whomOf(letter) === 'person' ? words.memberNumber : words.payerNumber,
      number: surroundings.to.number,
    },
    written: { label: words.writtenOn, on: letter.writtenOn, text: manner.day(letter.writtenOn) },
    number: { label: words.letter, text: letter.letterId.toString() },
    what: said(what),
    figures: figuresOf(letter, words, gaps),
    table: tableOf(letter, surroundings, words, gaps, manner, language),
    instalments: instalmentsOf(surroundings, words, manner),
    next: said(next),
    question: words.question,
  }
}
