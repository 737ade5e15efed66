// The text of a contract's certificate in each language: what a site may ask to see, in whole sentences.
import type { Pack } from '@payung/law'
import type { Day } from '@payung/values'

export type CertificateFacts = {
  readonly number: string
  readonly name: string
  readonly segment: string
  readonly payer: string
  readonly programmes: string
  readonly from: Day
  readonly lastDay: Day
  readonly certifiedOn: Day
}

/** A day as the language writes it. */
const written =
  (locale: string) =>
  (day: Day): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
const [english, indonesian] = [written('en-GB'), written('id-ID')]

const texts: Readonly<Record<string, (facts: CertificateFacts) => string[]>> = {
  en: ({ number, name, segment, payer, programmes, from, lastDay, certifiedOn }) => [
    `Certificate of cover no. ${number}`,
    `${name} (${segment})`,
    `Paid by ${payer}.`,
    `Covers those named under it, from ${english(from)} to ${english(lastDay)}: ${programmes}.`,
    `Given on ${english(certifiedOn)}, the day of the first payment. Whether somebody is covered today is answered by the member number.`,
  ],
  id: ({ number, name, segment, payer, programmes, from, lastDay, certifiedOn }) => [
    `Sertifikat kepesertaan nomor ${number}`,
    `${name} (${segment})`,
    `Dibayar oleh ${payer}.`,
    `Melindungi pekerja yang terdaftar di dalamnya, mulai ${indonesian(from)} sampai ${indonesian(lastDay)}: ${programmes}.`,
    `Diterbitkan ${indonesian(certifiedOn)}, hari pembayaran pertama. Status perlindungan seseorang hari ini dapat ditanyakan dengan nomor pesertanya.`,
  ],
}

/** What stands above the address under which anybody can check a printed certificate, by language. */
export const checkWords: Readonly<Record<string, string>> = {
  en: 'Anybody can check whether this certificate is in force:',
  id: 'Siapa pun bisa mengecek apakah sertifikat ini masih berlaku:',
}

/** The certificate in every language of the pack for which we have words. `facts` are asked for in that language. */
export const certificateTexts = (pack: Pack, facts: (language: string) => CertificateFacts): Record<string, string[]> =>
  Object.fromEntries(pack.languages.flatMap((language) => (texts[language] ? [[language, texts[language](facts(language))]] : [])))
