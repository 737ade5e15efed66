// A letter on paper: a page of A4 with the same words as its page, and the address under which it can be read again.
import type { LetterText } from '@payung/api'
import type { Day } from '@payung/values'
import { makePdf, pdfMargin as margin, pdfText } from '../platform/index.ts'
import { printedCode } from './domain/code.ts'
import { wordsIn } from './words/words.ts'

const width = 483
const columns = { what: 243, figure: 120 }
const ink = '#23284f'
const soft = '#5a5f7d'
const accent = '#d98a04'

/** The path of a letter's page; it leads on to the language of the reader. */
export const letterPath = (code: string): string => `/l/${printedCode(code)}`

type Document = PDFKit.PDFDocument

function sentences(document: Document, texts: readonly string[]): void {
  document.font('Helvetica').fontSize(11).fillColor(ink)
  for (const text of texts) document.text(pdfText(text), margin, document.y, { width, lineGap: 2.5 }).moveDown(0.5)
}

function pair(document: Document, label: string, value: string, valueX = margin + 170): void {
  const top = document.y
  document
    .font('Helvetica')
    .fontSize(10)
    .fillColor(soft)
    .text(label, margin, top, { width: valueX - margin - 10 })
  const below = document.y
  document
    .font('Helvetica-Bold')
    .fillColor(ink)
    .text(pdfText(value), valueX, top, { width: margin + width - valueX })
  document.y = Math.max(below, document.y) + 3
}

/** A row that has no place on a page begins the next one. */
const rowHeight = 32

function tableRow(document: Document, cells: readonly [string, string, string], strong: boolean): void {
  if (document.y + rowHeight > document.page.height - margin) document.addPage()
  const top = document.y + 4
  document
    .font(strong ? 'Helvetica-Bold' : 'Helvetica')
    .fontSize(10)
    .fillColor(ink)
  document.text(cells[0], margin, top, { width: columns.what - 12 })
  const below = document.y
  for (const [index, cell] of cells.slice(1).entries())
    document.text(pdfText(cell), margin + columns.what + index * columns.figure, top, { width: columns.figure, align: 'right' })
  document.y = Math.max(below, document.y) + 3
  document
    .moveTo(margin, document.y)
    .lineTo(margin + width, document.y)
    .lineWidth(0.5)
    .strokeColor('#c9c3b4')
    .stroke()
}

type Cells = readonly [string, string, string]

/** The last row is the sum. */
function rows(document: Document, caption: string, heads: Cells, all: readonly Cells[]): void {
  document.moveDown(0.4).font('Helvetica-Bold').fontSize(11).fillColor(ink).text(caption, margin, document.y, { width })
  tableRow(document, heads, true)
  for (const [index, cells] of all.entries()) tableRow(document, cells, index === all.length - 1)
  document.moveDown(0.8)
}

function tables(document: Document, { table, instalments }: LetterText): void {
  if (table !== null)
    rows(
      document,
      table.caption,
      [table.what, table.before, table.after],
      table.rows.map(({ label, before, after }) => [label, before, after]),
    )
  if (instalments !== null)
    rows(
      document,
      instalments.caption,
      [instalments.due, instalments.amount, instalments.state],
      instalments.rows.map(({ due, amount, state }) => [due, amount, state]),
    )
}

/** `synthetic`: the letter is one of a demonstration, and says so. `site` is the public address of the pages, where one is set; the path alone is printed otherwise. The bytes are a whole PDF file. */
export function printLetter(
  letter: LetterText,
  code: string,
  { site, synthetic }: { site: string; synthetic: boolean },
): Promise<Uint8Array> {
  const words = wordsIn(letter.language)
  return makePdf({ language: letter.language, title: letter.title, on: letter.written.on as Day }, (document) => {
    document.rect(margin, margin - 14, 48, 4).fill(accent)
    const from = synthetic ? `${words.sender} · ${words.synthetic}` : words.sender
    document
      .fillColor(soft)
      .font('Helvetica')
      .fontSize(9)
      .text(pdfText(from), margin + 60, margin - 16, { width: width - 60 })
    document
      .fillColor(ink)
      .font('Helvetica-Bold')
      .fontSize(18)
      .text(letter.title, margin, Math.max(margin + 4, document.y + 4), { width })
      .moveDown(0.6)
    pair(document, letter.to.label, letter.to.name)
    pair(document, letter.to.numberLabel, letter.to.number)
    pair(document, letter.written.label, letter.written.text)
    pair(document, letter.number.label, letter.number.text)
    document.moveDown(0.8)
    sentences(document, letter.what)
    for (const { label, value } of letter.figures) pair(document, label, value)
    tables(document, letter)
    if (letter.figures.length > 0) document.moveDown(0.6)
    sentences(document, letter.next)
    document.moveDown(0.6)
    sentences(document, [letter.question])
    document.moveDown(0.4).font('Helvetica').fontSize(10).fillColor(soft).text(words.online, margin, document.y, { width })
    document
      .font('Courier-Bold')
      .fontSize(11)
      .fillColor(ink)
      .text(`${site}${letterPath(code)}`, { width })
      .moveDown(0.2)
    document.font('Helvetica').fontSize(9).fillColor(soft).text(words.code, { width })
  })
}
