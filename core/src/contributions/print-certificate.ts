// The certificate of a contract on paper, a page of A4 (Permenaker 5/2021: it may be printed by the payer). The same certificate gives the same bytes.
import { makePdf, pdfMargin as margin, pdfText } from '../platform/index.ts'
import type { Certificate } from './use-cases/certify-contract.ts'
import { checkWords } from './words/certificate.ts'

const width = 483

/** The path of the page that checks a certificate; it leads to the language of the reader. */
const checkPath = (number: string): string => `/c/${number}`

/** In a language of the certificate, else in its first. `site` is the public address of the pages, where one is set. The bytes are a whole PDF file. */
export function printCertificate({ texts, number, certifiedOn }: Certificate, asked: string | undefined, site = ''): Promise<Uint8Array> {
  const language = asked !== undefined && texts[asked] ? asked : (Object.keys(texts)[0] ?? 'en')
  const [title = '', about = '', ...sentences] = texts[language] ?? []
  return makePdf({ language, title, on: certifiedOn }, (document) => {
    document
      .rect(margin, margin - 14, 48, 4)
      .fill('#d98a04')
      .fillColor('#23284f')
    document
      .font('Helvetica-Bold')
      .fontSize(20)
      .text(pdfText(title), margin, margin + 4, { width })
      .moveDown(0.4)
    document.fontSize(14).text(pdfText(about), { width }).moveDown(0.8).font('Helvetica').fontSize(12)
    for (const sentence of sentences) document.text(pdfText(sentence), { width, lineGap: 3 }).moveDown(0.5)
    document.moveDown(0.6).text(pdfText(checkWords[language] ?? ''), { width, lineGap: 3 })
    document.font('Courier-Bold').text(pdfText(`${site}${checkPath(number)}`), { width })
  })
}
