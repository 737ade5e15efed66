// Every public page in both languages, on a phone and on a desk, in light and dark: no finding of axe, nothing cut off, no script, light.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { isFull, size } from '../size.ts'
import { type Certificates, plantCertificates } from './certificates.ts'
import { printedCode } from './printed-code.ts'
import { journeyServer, type Numbers } from './server.ts'
import { everyPage, languages, linkedPages, visit } from './visitor.ts'

const firstVisit = 100_000

let browser: Browser
let url: string
let numbers: Numbers
let code: string
let certificates: Certificates
let close: () => Promise<void>
let linked: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  const server = await journeyServer()
  url = server.url
  numbers = server.numbers
  code = await printedCode(server.scheme)
  certificates = await plantCertificates(server.scheme)
  close = server.close
  linked = (await Promise.all(languages.map((language) => linkedPages(browser, url, language)))).flat()
})
afterAll(async () => {
  await browser?.close()
  await close?.()
})

const answers = (): string[] =>
  [numbers.covered, numbers.outstanding, numbers.lapsed, numbers.employer, numbers.twice, numbers.unknown, numbers.mistyped].flatMap(
    (number) => [`/id/cek?nomor=${encodeURIComponent(number)}`, `/en/check?number=${encodeURIComponent(number)}`],
  )
/** Figures of many columns, which are cards on a phone. */
const figures = ['/id/angka/bills-by-month', '/en/figures/bills-by-month', '/id/angka/control', '/en/figures/contributions-by-month']
const all = (): string[] => [
  ...everyPage,
  ...linked,
  ...figures,
  ...answers(),
  `/id/surat/${code}`,
  `/en/letter/${code}`,
  '/id/surat/salah',
  `/id/sertifikat?nomor=${certificates.inForce}`,
  `/id/sertifikat?nomor=12`,
  `/en/certificate?number=${certificates.revoked}`,
  '/id/cek?nomor=',
  '/en/check?number=',
  '/id/tidak-ada',
  '/en/not-there',
]

/** The languages share their markup: the second one is looked at whole in full size, else one page in six; so are width and colours. */
const looked = (language: string, every: number): string[] =>
  all()
    .filter((address) => address.startsWith(`/${language}`))
    .filter((_, place) => isFull || place % every === 0)

/** What is folded away must pass too. */
const unfold = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((folds) => {
    for (const fold of folds) fold.setAttribute('open', '')
  })

describe('every public page', () => {
  // The pages carry no script (the next test), so what axe reads with scripts on is the document a visitor without scripts has.
  test.each([
    [360, 'light', { id: 1, en: 6 }],
    [1280, 'light', { id: 4 }],
    [360, 'dark', { id: 4 }],
  ] as const)(
    'has no finding of axe at %i px, %s',
    async (width, colorScheme, every) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      const findings: string[] = []
      const look = async (addresses: string[]): Promise<void> => {
        const page = await context.newPage()
        for (const address of addresses) {
          await page.goto(url + address)
          await unfold(page)
          // Without frames in the page, axe may finish in it; otherwise it opens another page each time.
          const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
          findings.push(...violations.map(({ id, nodes }) => `${address}: ${id} at ${nodes[0]?.html.slice(0, 120)}`))
        }
      }
      await Promise.all(Object.entries(every).map(([language, step]) => look(looked(language, step))))
      await context.close()
      expect(findings).toEqual([])
    },
    size(240_000, 1_200_000),
  )

  test('carries no script, says its language, and has one main heading', async () => {
    const strange: string[] = []
    for (const address of all()) {
      const html = await (await fetch(url + address)).text()
      const scripts = html.match(/<script\b/g)?.length ?? 0
      const headings = html.match(/<h1\b/g)?.length ?? 0
      const language = /<html lang="(\w+)"/.exec(html)?.[1]
      if (scripts !== 0 || headings !== 1 || language !== address.slice(1, 3))
        strange.push(`${address}: ${scripts} scripts, ${headings} h1, lang ${language}`)
    }
    expect(strange).toEqual([])
  })

  test('weighs less than 100 kB on a first visit, font included', async () => {
    const known = new Map<string, Promise<number>>()
    const sizeOf = (address: string): Promise<number> => {
      const size = known.get(address) ?? fetch(url + address).then(async (reply) => (await reply.arrayBuffer()).byteLength)
      known.set(address, size)
      return size
    }
    const heavy: string[] = []
    for (const address of all()) {
      const html = await (await fetch(url + address)).text()
      const files = new Set([...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|woff2|svg|png|ico))"/g)].map(([, file]) => file ?? ''))
      const sizes = await Promise.all([...files].map(sizeOf))
      const weight = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(html))
      if (files.size < 3 || weight >= firstVisit) heavy.push(`${address}: ${weight} bytes in ${files.size} files`)
    }
    expect(heavy).toEqual([])
  })

  test('does not scroll sideways on a phone, a tablet or a desk', async () => {
    const { page, context } = await visit(browser, `${url}/id`)
    const wide: string[] = []
    for (const address of [...looked('id', 1), ...looked('en', 6)]) {
      await page.goto(url + address)
      await unfold(page)
      for (const width of isFull ? [320, 768, 1152, 1280] : [320, 768]) {
        await page.setViewportSize({ width, height: 740 })
        const needed = await page.locator('html').evaluate((html) => html.scrollWidth)
        if (needed > width) wide.push(`${address}: ${needed} px at ${width} px`)
      }
    }
    await context.close()
    expect(wide).toEqual([])
  })
})

test('a figure of many columns is cards on a phone, and still a table to a screen reader', async () => {
  const { page, context } = await visit(browser, `${url}/en/figures/bills-by-month`)
  const table = page.getByRole('table')
  const row = table.getByRole('row').nth(1)
  const heads = await table.getByRole('columnheader').count()
  expect(heads).toBeGreaterThan(5)
  expect((await row.getByRole('rowheader').count()) + (await row.getByRole('cell').count())).toBe(heads)
  const [first, second] = [await row.getByRole('cell').nth(0).boundingBox(), await row.getByRole('cell').nth(1).boundingBox()]
  expect(second?.y).toBeGreaterThan(first?.y ?? 0)
  expect(second?.x).toBe(first?.x)
  await context.close()
})

test('the first key leads to the content past the menu', async () => {
  const { page, context } = await visit(browser, `${url}/id`)
  await page.keyboard.press('Tab')
  const skip = page.locator('.skip')
  expect(await page.locator('.skip:focus').count()).toBe(1)
  expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0)
  await page.keyboard.press('Enter')
  expect(new URL(page.url()).hash).toBe('#content')
  expect(await page.locator('main#content:focus').count()).toBe(1)
  await context.close()
})
