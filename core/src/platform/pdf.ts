// A PDF as bytes: A4, with its language and title, and a date that is given, so that the same text gives the same bytes.
import type { Day } from '@payung/values'

export type Pdf = { readonly language: string; readonly title: string; readonly on: Day }

/** Space around the text, in points. */
export const pdfMargin = 56

/** `draw` writes the pages one after the other; the file is whole when it returns. */
export async function makePdf({ language, title, on }: Pdf, draw: (document: PDFKit.PDFDocument) => void): Promise<Uint8Array> {
  const made = new Date(`${on}T00:00:00Z`)
  // Loaded only here: it is large, and nothing else needs it.
  const { default: PDFDocument } = await import('pdfkit')
  const document = new PDFDocument({
    size: 'A4',
    margin: pdfMargin,
    lang: language,
    info: { Title: title, CreationDate: made, ModDate: made, Producer: 'Payung', Creator: 'Payung' },
  })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject))
  draw(document)
  document.end()
  await ended
  return Buffer.concat(pieces)
}

/** The fonts that every reader has know no true minus sign. */
export const pdfText = (text: string): string => text.replaceAll('−', '–')
