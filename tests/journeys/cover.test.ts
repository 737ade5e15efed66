// A visitor asks whether a member number is covered, from the front page, on a phone without scripts.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Certificates, plantCertificates } from './certificates.ts'
import { printedCode } from './printed-code.ts'
import { journeyServer, type Numbers } from './server.ts'
import { visit } from './visitor.ts'

let browser: Browser
let url: string
let numbers: Numbers
let close: () => Promise<void>
let code: string
let certificates: Certificates

beforeAll(async () => {
  browser = await launchBrowser()
  const server = await journeyServer()
  url = server.url
  numbers = server.numbers
  code = await printedCode(server.scheme)
  certificates = await plantCertificates(server.scheme)
  close = server.close
})
afterAll(async () => {
  await browser?.close()
  await close?.()
})

const entrances = {
  id: { start: '/id', answer: '/id/cek?nomor=', label: 'Nomor peserta', button: 'Cek perlindungan' },
  en: { start: '/en', answer: '/en/check?number=', label: 'Member number', button: 'Check cover' },
} as const

/** The answer as the form on the front page leads to it. */
const ask = (language: keyof typeof entrances, number: string) =>
  visit(browser, url + entrances[language].answer + encodeURIComponent(number))

test.each(['id', 'en'] as const)('the form on the front page leads to the answer (%s)', async (language) => {
  const { start, answer, label, button } = entrances[language]
  const { page, context } = await visit(browser, url + start)
  await page.getByLabel(label).fill(numbers.covered)
  await page.getByRole('button', { name: button }).click()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(answer + encodeURIComponent(numbers.covered))
  expect(await page.locator('.answer.covered').count()).toBe(1)
  await context.close()
})

describe('a member number', () => {
  test.each([
    ['id', 'covered', 'Anda terlindungi hari ini.', '.answer.covered'],
    ['en', 'covered', 'You are covered today.', '.answer.covered'],
    ['id', 'outstanding', 'Anda terlindungi hari ini, tetapi ada iuran yang belum dibayar.', '.answer.outstanding'],
    ['en', 'outstanding', 'You are covered today, but a contribution has not been paid.', '.answer.outstanding'],
    ['id', 'lapsed', 'Anda tidak terlindungi hari ini.', '.answer.uncovered'],
    ['en', 'lapsed', 'You are not covered today.', '.answer.uncovered'],
    ['id', 'employer', 'Hak Anda tetap ada; pemberi kerja yang membayar lebih dulu.', '.answer.employer'],
    ['en', 'employer', 'Your rights stand; the employer pays first.', '.answer.employer'],
    ['id', 'merged', 'Anda terlindungi hari ini.', '.answer.covered'],
    ['id', 'unknown', 'Nomor ini tidak terdaftar.', '.answer.other'],
    ['en', 'unknown', 'This number is not registered.', '.answer.other'],
  ] as const)('%s, %s: %s', async (language, kind, sentence, look) => {
    const { page, context } = await ask(language, numbers[kind])
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(sentence)
    expect(await page.locator(look).count()).toBe(1)
    await context.close()
  })

  test('that is covered shows its months, each with a word, and what it is covered against', async () => {
    const { page, context } = await ask('id', numbers.covered)
    const months = await page.locator('.months li:not(.outside)').allTextContents()
    expect(months.length).toBeGreaterThan(0)
    expect(
      months.filter((text) => !/: (terlindungi, lunas|terlindungi, menunggu pembayaran|tidak terlindungi|bulan mendatang)$/.test(text)),
    ).toEqual([])
    expect(await page.locator('.programmes li').count()).toBeGreaterThan(0)
    await context.close()
  })

  test('that has lapsed says what to do', async () => {
    const { page, context } = await ask('id', numbers.lapsed)
    expect(await page.getByRole('heading', { name: 'Agar terlindungi lagi' }).count()).toBe(1)
    expect(await page.locator('main').innerText()).toContain('Bayar Rp\u00a08.400 untuk November\u00a02026.')
    await context.close()
  })

  test('that lapsed in August was covered, unpaid, until then', async () => {
    const { page, context } = await ask('id', numbers.lapsed)
    const months = await page.locator('.months li:not(.outside)').allTextContents()
    const unpaid = 'terlindungi, menunggu pembayaran'
    expect(months.slice(0, 5)).toEqual([
      'Mei: terlindungi, lunas',
      ...['Jun', 'Jul', 'Agu'].map((month) => `${month}: ${unpaid}`),
      'Sep: tidak terlindungi',
    ])
    await context.close()
  })

  test('of an employer who stopped paying shows from when he pays first, by a word of its own, and promises no end of cover', async () => {
    const { page, context } = await ask('id', numbers.employer)
    const months = await page.locator('.months li:not(.outside)').allTextContents()
    const [unpaid, employer] = ['terlindungi, menunggu pembayaran', 'pemberi kerja membayar lebih dulu']
    expect(months).toEqual([
      'Mei: terlindungi, lunas',
      ...['Jun', 'Jul', 'Agu', 'Sep'].map((month) => `${month}: ${unpaid}`),
      ...['Okt', 'Nov'].map((month) => `${month}: ${employer}`),
      'Des: bulan mendatang',
    ])
    expect(await page.locator('.month.employer').count()).toBe(3)
    expect(await page.locator('.key li').allTextContents()).toContain(employer)
    expect(await page.getByRole('heading', { name: 'Yang perlu dilakukan sekarang' }).count()).toBe(1)
    expect(await page.locator('main').innerText()).not.toContain('tidak berhenti')
    await context.close()
  })

  test('whose employer is late is told what follows: not that cover stops', async () => {
    const { page, context } = await ask('en', numbers.outstanding)
    const text = await page.locator('main').innerText()
    expect(text).toContain('So that contributions are paid up again')
    expect(text).toContain('the employer must pay the benefits first')
    expect(text).not.toContain('does not stop')
    await context.close()
  })

  test('with two memberships shows each by itself, and neither employer nor payer', async () => {
    const { page, context } = await ask('en', numbers.twice)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You are covered today.')
    const text = await page.locator('main').innerText()
    expect(text).toContain('This number has 2 memberships in these years')
    const strips = page.locator('.months')
    expect(await strips.count()).toBe(2)
    expect(new Set(await strips.nth(0).locator('.month:not(.outside)').allTextContents())).not.toContain('Oct: employer pays first')
    expect(await strips.nth(1).locator('.month:not(.outside)').allTextContents()).toContain('Oct: employer pays first')
    const told = (await (await fetch(`${url}/v1/public/cover/${numbers.twice}`)).json()) as { memberships: object[] }
    expect(told.memberships.map((membership) => Object.keys(membership))).toEqual([
      ['left', 'months'],
      ['left', 'months'],
    ])
    await context.close()
  })

  test('that is an old one answers for its holder and never tells the other number', async () => {
    const html = await (await fetch(`${url}/id/cek?nomor=${numbers.merged}`)).text()
    expect(html).toContain('Ini nomor lama')
    const digits = html.replaceAll(/[\s\u00a0]/g, '')
    expect(digits).toContain(numbers.merged)
    expect(digits).not.toContain(numbers.covered)
  })

  test.each([
    ['id', 'terlindungi', 'Anda terlindungi hari ini.'],
    ['id', 'tidak terlindungi', 'Anda tidak terlindungi hari ini.'],
    ['en', 'covered', 'You are covered today.'],
    ['en', 'not covered', 'You are not covered today.'],
  ] as const)('to try is on the front page (%s): %s', async (language, said, sentence) => {
    const { page, context } = await visit(browser, url + entrances[language].start)
    await page.getByRole('link', { name: new RegExp(`^[\\d ]+: ${said}$`) }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(sentence)
    await context.close()
  })

  test('that is mistyped is corrected at the field, named in the title, and not lost', async () => {
    const { page, context } = await ask('id', numbers.mistyped)
    expect(await page.title()).toMatch(/^Kesalahan: /)
    const field = page.getByLabel('Nomor peserta')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await field.inputValue()).toBe(numbers.mistyped)
    await page.getByRole('alert').getByRole('link').click()
    expect(await page.locator('input#number:focus').count()).toBe(1)
    await context.close()
  })

  test.each([
    ['', 'Isi nomor peserta dulu.'],
    ['6400A834027', 'Nomor ini tidak dimiliki siapa pun. Nomor kami hanya berisi angka; salin nomor lama persis seperti di kartu.'],
    ['6400', 'Nomor peserta terdiri atas 11 angka; yang Anda ketik 4 angka.'],
    ['..', 'Nomor ini bukan nomor peserta. Cocokkan lagi dengan kartu peserta.'],
  ])('typed as "%s" is told: %s', async (typed, sentence) => {
    const { page, context } = await ask('id', typed)
    expect(await page.locator('#number-error').innerText()).toBe(sentence)
    await context.close()
  })

  test('with a day that does not exist is told so', async () => {
    const { page, context } = await visit(browser, `${url}/id/cek?nomor=${numbers.covered}&pada=2026-02-30`)
    expect(await page.locator('#on-error').innerText()).toContain('tidak ada di kalender')
    await context.close()
  })

  test('is answered to nobody else: not kept by caches, not indexed', async () => {
    const response = await fetch(`${url}/id/cek?nomor=${numbers.covered}`)
    expect(response.headers.get('cache-control')).toContain('no-store')
    expect(await response.text()).toContain('<meta name="robots" content="noindex"/>')
  })
})

describe('a letter', () => {
  test('opens by the code printed on it, speaks both languages, and gives itself as a PDF', async () => {
    const { page, context } = await visit(browser, `${url}/l/${code}`, 360, { locale: 'id-ID' })
    expect(page.url()).toBe(`${url}/id/surat/${code}`)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Iuran Anda untuk Mei\u00a02026 berubah')
    expect(await page.locator('.letter tbody tr').count()).toBeGreaterThan(3)
    expect(await page.locator('.letter tbody tr').last().innerText()).toContain('Iuran seluruhnya')
    const pdf = await fetch(url + (await page.getByRole('link', { name: 'Unduh surat ini (PDF)' }).getAttribute('href')))
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your contribution for May\u00a02026 has changed')
    await context.close()
  })

  test('whose code is wrong says no more than that, and neither is kept by caches', async () => {
    const wrong = await fetch(`${url}/en/letter/${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`)
    expect([wrong.status, wrong.headers.get('cache-control')]).toEqual([404, 'private, no-store'])
    expect(await wrong.text()).toContain('Letter not found')
    expect((await fetch(`${url}/en/letter/${code}`)).headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('a certificate', () => {
  test('is asked for from the foot of any page, and says which project it is of', async () => {
    const { page, context } = await visit(browser, `${url}/id`)
    await page.getByRole('link', { name: 'Cek sertifikat proyek' }).click()
    await page.getByLabel('Nomor sertifikat').fill(certificates.inForce.replace('-', ' '))
    await page.getByRole('button', { name: 'Cek sertifikat' }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sertifikat ini berlaku.')
    const facts = await page.locator('.answer dl').innerText()
    for (const said of [certificates.inForce, certificates.project, '29\u00a0Februari\u00a02028']) expect(facts).toContain(said)
    expect(facts).not.toContain('Rp')
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This certificate is in force.')
    await context.close()
  })

  test.each([
    ['revoked', 'Sertifikat ini tidak berlaku.', 'ditarik kembali pada'],
    ['unknown', 'Tidak ada sertifikat dengan nomor ini.', 'laporkan ke kantor cabang'],
  ])('that is %s: %s', async (kind, heading, sentence) => {
    const number = kind === 'revoked' ? certificates.revoked : '1-524288'
    const { page, context } = await visit(browser, `${url}/c/${number}`, 360, { locale: 'id-ID' })
    expect(new URL(page.url()).pathname).toBe('/id/sertifikat')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading)
    expect(await page.locator('.answer').innerText()).toContain(sentence)
    await context.close()
  })

  test.each([
    ['', 'Isi nomor sertifikat dulu.'],
    ['..', 'Nomor sertifikat terdiri atas dua bilangan'],
    ['123', 'Nomor sertifikat terdiri atas dua bilangan'],
  ])('typed as "%s" is told: %s', async (typed, sentence) => {
    const { page, context } = await visit(browser, `${url}/id/sertifikat?nomor=${typed}`)
    expect(await page.locator('#number-error').innerText()).toContain(sentence)
    expect(await page.getByLabel('Nomor sertifikat').inputValue()).toBe(typed)
    await context.close()
  })
})
