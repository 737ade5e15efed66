// What every journey starts from: the pages of both languages, and a visitor whose browser runs no scripts.
import type { Browser, BrowserContext, Page } from 'playwright-core'

export type Numbers = {
  readonly covered: string
  readonly outstanding: string
  readonly lapsed: string
  /** Of somebody whose employer owes the benefits itself. */
  readonly employer: string
  /** Of somebody with two employers, of whom one pays. */
  readonly twice: string
  readonly unknown: string
  readonly mistyped: string
  /** An old number of whoever has the covered one. */
  readonly merged: string
}

/** Pages that exist whatever the data are; provinces and figures are found by following links. */
export const pages = {
  id: ['/id', '/id/cek', '/id/cakupan', '/id/program', '/id/iuran', '/id/data', '/id/cara-menghitung', '/id/tentang', '/id/sertifikat'],
  en: ['/en', '/en/check', '/en/coverage', '/en/programmes', '/en/contributions', '/en/data', '/en/method', '/en/about', '/en/certificate'],
} as const
export const languages = ['id', 'en'] as const
export const everyPage: readonly string[] = languages.flatMap((language) => pages[language])

/** What a visitor came with is kept by browser and settings: the pages set no cookie and run no script, so one visit leaves the next nothing. */
const known = new WeakMap<Browser, Map<string, Promise<BrowserContext>>>()

/** A new visitor: no scripts, no cookies, a phone unless told otherwise. Closing the visit closes its page. */
export async function visit(
  browser: Browser,
  address: string,
  width = 360,
  settings: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; context: { close(): Promise<void> } }> {
  const contexts = known.get(browser) ?? new Map<string, Promise<BrowserContext>>()
  known.set(browser, contexts)
  const key = JSON.stringify([width, settings])
  const context = contexts.get(key) ?? browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled: false, ...settings })
  contexts.set(key, context)
  const page = await (await context).newPage()
  await page.goto(address)
  return { page, context: { close: () => page.close() } }
}

/** Addresses of the first province and the first figure that the site itself links to, in a language. */
export async function linkedPages(browser: Browser, url: string, language: (typeof languages)[number]): Promise<string[]> {
  const { page, context } = await visit(browser, `${url}/${language}`)
  const province = await page.locator('.map a').first().getAttribute('href')
  await page.goto(`${url}/${language}/data`)
  const figure = await page.locator('main tbody a').first().getAttribute('href')
  await context.close()
  return [province, figure].filter((address) => address !== null)
}
