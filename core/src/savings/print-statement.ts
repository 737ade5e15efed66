// The statement of a year as a PDF. The same statement gives the same bytes: its date is that of the close, not of the printing.
import { type Law, percent } from '@payung/law'
import { decimals, formatMoney, money, truncated } from '@payung/values'
import { makePdf, pdfMargin as margin, pdfText } from '../platform/index.ts'
import { rateSpans } from './translate.ts'
import type { Account, StatedYear } from './use-cases/read-account.ts'
import { fill, type StatementWords, wordsIn } from './words/words.ts'

export type StatementToPrint = {
  readonly name: string
  readonly memberNumber: string
  readonly stated: StatedYear
  /** The account at the end of the year, for its entries and rates. */
  readonly account: Account
}

const widths = { label: 300, amount: 183 }

type Page = { readonly document: PDFKit.PDFDocument; readonly words: StatementWords; show(amount: bigint): string }

const heading = ({ document }: Page, text: string): void =>
  void document.moveDown(0.8).font('Helvetica-Bold').fontSize(12).text(text, margin).moveDown(0.3)

function line({ document }: Page, label: string, amount: string, strong = false): void {
  document.font(strong ? 'Helvetica-Bold' : 'Helvetica').fontSize(10)
  if (document.y > document.page.height - margin - 24) document.addPage()
  const top = document.y
  document.text(label, margin, top, { width: widths.label })
  const below = document.y
  document.text(amount, margin + widths.label, top, { width: widths.amount, align: 'right' })
  document.y = Math.max(below, document.y) + 2
}

const paragraph = ({ document }: Page, text: string): void =>
  void document
    .font('Helvetica')
    .fontSize(9)
    .text(text, margin, document.y, { width: widths.label + widths.amount })
    .moveDown(0.4)

function amounts(page: Page, { stated }: StatementToPrint): void {
  const { words, show } = page
  const [opening, closing] = [truncated(stated.opening), truncated(stated.closing)]
  line(page, words.opening, show(opening))
  line(page, words.contributed, show(stated.contributed))
  if (stated.entered !== 0n) line(page, words.entered, show(stated.entered))
  line(page, words.returned, show(closing - opening - stated.contributed - stated.entered))
  line(page, words.closing, show(closing), true)
}

function entries(page: Page, { account }: StatementToPrint): void {
  const { words, show } = page
  heading(page, words.monthsTitle)
  for (const { kind, month, forMonth, amount } of account.entries)
    line(page, `${month}  ${words.kinds[kind] ?? kind}${forMonth ? ` (${words.paidFor} ${forMonth})` : ''}`, show(truncated(amount)))
}

function rates(page: Page, { account, stated }: StatementToPrint): void {
  const { words } = page
  heading(page, words.ratesTitle)
  for (const { from, to, rate } of rateSpans(account.rates)) {
    if (rate.rate === null) continue
    paragraph(page, fill(words.rateOf, { from, to, rate: percent(rate.rate), kind: words.statuses[rate.kind ?? ''] ?? '' }))
    if (rate.act)
      paragraph(page, fill(words.source, { act: rate.act, article: rate.article, status: words.statuses[rate.status] ?? rate.status }))
  }
  if (stated.kinds.includes('provisional')) paragraph(page, words.provisional)
  paragraph(page, fill(words.exact, { exact: decimals(stated.closing, 6) }))
  paragraph(page, fill(words.closedOn, { day: stated.closedOn }))
  paragraph(page, words.question)
}

/** `language` is one of the pack's; the bytes are a whole PDF file. */
export async function printStatement(law: Law, statement: StatementToPrint, language: string): Promise<Uint8Array> {
  const words = wordsIn(language)
  const programme = law.pack.programmes.find(({ code }) => code === statement.account.programme)
  const label = programme?.labels[language] ?? programme?.labels[law.pack.languages[0] ?? ''] ?? statement.account.programme
  const title = fill(words.title, { year: String(statement.stated.year) })
  const { symbol } = law.pack.currency
  const show = (amount: bigint): string => pdfText(formatMoney(money(amount, law.pack.currency), words.locale, symbol))
  return makePdf({ language, title, on: statement.stated.closedOn }, (document) => {
    const page: Page = { document, words, show }
    document.font('Helvetica-Bold').fontSize(18).text(title, margin).moveDown(0.2)
    document.font('Helvetica').fontSize(11).text(label).moveDown(0.6)
    line(page, words.member, statement.name)
    line(page, words.number, statement.memberNumber)
    document.moveDown(0.6)
    amounts(page, statement)
    entries(page, statement)
    rates(page, statement)
  })
}
