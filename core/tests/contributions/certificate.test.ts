// The certificate on paper: one page in the language asked for, the same bytes whenever it is printed.
import type { Day } from '@payung/values'
import { expect, it } from 'vitest'
import { printCertificate } from '../../src/contributions/print-certificate.ts'

const lines = (title: string): string[] => [title, 'Bridge (project)', 'Paid by Test.', 'Covers those named.', 'Given on 2026-05-04.']
const certificate = {
  number: '7-524288',
  contractId: 7n,
  certifiedOn: '2026-05-04' as Day,
  texts: { id: lines('Sertifikat kepesertaan nomor 7-524288'), en: lines('Certificate of cover no. 7-524288') },
}
const print = async (language?: string) => Buffer.from(await printCertificate(certificate, language)).toString('latin1')

it('prints one page in a language that it has, and the same bytes twice', async () => {
  const [first, again, english, unknown] = await Promise.all([print('id'), print('id'), print('en'), print('xx')])
  expect(first.startsWith('%PDF-')).toBe(true)
  expect(first.match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect([again, unknown]).toEqual([first, first])
  expect([first.includes('/Lang (id)'), english.includes('/Lang (en)')]).toEqual([true, true])
})
