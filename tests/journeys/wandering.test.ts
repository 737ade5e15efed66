// A visitor wanders: languages, the map, figures with their CSV, and addresses that do not exist.
import type { Overview, RegionDetail } from '@payung/api'
import { expect, test } from 'vitest'
import { linkedPages, pages, visit } from './visitor.ts'
import { walk } from './walk.ts'

const on = walk()

test.each([
  ['en-GB,en;q=0.9', '/en'],
  ['id-ID,id;q=0.9,en;q=0.8', '/id'],
  ['de;q=0.9,en;q=0.4', '/en'],
  ['de', '/id'],
  ['id;q=0.2,en;q=0.7', '/en'],
])('the bare address with "%s" leads to %s', async (wish, target) => {
  const response = await fetch(on.url, { redirect: 'manual', headers: { 'accept-language': wish } })
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe(target)
})

test('the language switch stays on the page, there and back', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/id`)
  const [province, figure] = await linkedPages(on.browser, on.url, 'id')
  const pairs: [string, string][] = [
    ...pages.id.map((address, place): [string, string] => [address, pages.en[place] ?? '']),
    [province ?? '', (province ?? '').replace('/id/provinsi/', '/en/province/')],
    [figure ?? '', (figure ?? '').replace('/id/angka/', '/en/figures/')],
    [`/id/cek?nomor=${on.numbers.covered}`, `/en/check?number=${on.numbers.covered}`],
  ]
  for (const [indonesian, english] of pairs) {
    await page.goto(on.url + indonesian)
    await page.getByRole('link', { name: 'English', exact: true }).click()
    expect(page.url()).toBe(on.url + english)
    await page.getByRole('link', { name: 'Bahasa Indonesia', exact: true }).click()
    expect(page.url()).toBe(on.url + indonesian)
  }
  await context.close()
})

test('every page names its address in each language, without what was asked', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/id/cek?nomor=${on.numbers.covered}`)
  const alternates = await page
    .locator('head link[rel=alternate][hreflang]')
    .evaluateAll((links) =>
      links.map((link) => `${link.getAttribute('hreflang')} ${link.getAttribute('href')?.replace(/^https?:\/\/[^/]+/, '')}`),
    )
  expect(alternates).toEqual(['id /id/cek', 'en /en/check', 'x-default /'])
  await context.close()
})

test('from the map to a province, and on to the next one', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/id`, 1280)
  const tile = page.locator('.map a').first()
  const name = (await tile.locator('.heard').innerText()).replace(/^\s*dari 100 di /, '')
  await tile.click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(name)
  expect(await page.locator('.map .here').count()).toBe(1)
  expect(await page.locator('.map [aria-current=page]').count()).toBe(1)
  await page.locator('a[rel=next]').click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe(name)
  await context.close()
})

test('the map and its table name the same provinces, the table from the lowest', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/en/coverage`, 1280)
  const links = (selector: string) =>
    page.locator(selector).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? '').sort((a, b) => (a < b ? -1 : 1)))
  expect(await links('main table a')).toEqual(await links('.map a'))
  const rates = (await page.locator('main table tbody td:last-child').allInnerTexts())
    .filter((text) => text !== '–')
    .map((text) => Number.parseFloat(text))
  expect(rates).toEqual([...rates].sort((a, b) => a - b))
  await context.close()
})

test('a figure has rows, a citation and a CSV that has as many rows', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/en/data`)
  await page.locator('main tbody a').first().click()
  const rows = await page.locator('main tbody tr').count()
  expect(rows).toBeGreaterThan(0)
  expect((await page.locator('.citation').innerText()).length).toBeGreaterThan(20)
  const address = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')
  const response = await fetch(new URL(address ?? '', on.url))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
  const lines = (await response.text()).split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines.length - 1).toBe(rows)
  await context.close()
})

test.each([
  ['/id/angka/members-by-segment', 'Pekerja penerima upah', 'Kode jenis pekerja,Nama,'],
  ['/en/figures/members-by-segment', 'Wage earners', 'Code of the kind,Name,'],
])('%s and its CSV speak its language, and the citation names its address', async (address, name, heads) => {
  const { page, context } = await visit(on.browser, on.url + address)
  expect(await page.locator('main tbody th').first().innerText()).toBe(name)
  expect(await page.locator('.citation').innerText()).toMatch(new RegExp(`20 November 2026.*${on.url}${address}$`))
  const csv = await fetch(on.url + (await page.locator('a[href*=".csv"]').getAttribute('href')))
  expect((await csv.text()).startsWith(heads)).toBe(true)
  await context.close()
})

test('a count of 1 to 4 is "< 5", and one that would give it away a dash', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/id/provinsi/35`)
  const cells = await page.locator('main td').allInnerTexts()
  expect(cells).toContain('<\u00a05')
  const rows = (await (await fetch(`${on.url}/v1/public/regions/35`)).json()) as RegionDetail
  const hidden = rows.segments.map(({ members }) => members.hidden)
  expect(hidden).toContain('small')
  expect(hidden).toContain('protecting')
  expect(cells).toContain('–')
  await context.close()
})

test('contributions of the month show a difference of nothing', async () => {
  const { page, context } = await visit(on.browser, `${on.url}/en/contributions`)
  const flow = page.locator('.flow').first()
  const [computed, billed, booked, difference] = await flow.locator('dd').allTextContents()
  expect(billed).toBe(computed)
  expect(booked).toBe(computed)
  expect(difference).toMatch(/^Rp\u00a00 ✓/)
  await context.close()
})

test('all bills of each month are told by their parts, as they stand in the bills and in the ledger', async () => {
  const { rows: stored } = await on.scheme.admin.query<{ month: string; billed: string; fines: string; booked: string }>(
    `select b.month / 12 || '-' || lpad((b.month % 12 + 1)::text, 2, '0') as month, sum(b.total)::text as billed, sum(b.fine)::text as fines,
       (select sum(amount) from ledger.transfer t where t.month = b.month and reason in ('contribution', 'premium', 'fine', 'state-share'))::text as booked
     from contributions.bill b join contributions.month m using (month) where b.state <> 'calculated' group by b.month order by b.month desc`,
  )
  const { history } = (await (await fetch(`${on.url}/v1/public/overview`)).json()) as Overview
  expect(history.flatMap(({ bills }) => (bills && bills.billed.amount !== '0' ? [bills.difference.amount] : []))).toEqual(
    stored.map(() => '0'),
  )
  for (const { month, billed, fines, booked } of stored) {
    const figure = history.find((each) => each.month === month)
    expect(figure?.bills, month).toMatchObject({ billed: { amount: billed }, fines: { amount: fines }, booked: { amount: booked } })
    expect(BigInt(figure?.computed.amount ?? 0), month).toBe(
      BigInt(figure?.bills?.contributions.amount ?? 0) + BigInt(figure?.bills?.premiums.amount ?? 0),
    )
  }
  expect(stored.some(({ fines }) => fines !== '0')).toBe(true)
  expect(history.some(({ bills }) => bills && bills.stateShare.amount !== '0' && bills.premiums.amount !== '0')).toBe(true)
  const { page, context } = await visit(on.browser, `${on.url}/en/contributions`)
  const parts = page.getByRole('table', { name: /^All bills of / })
  expect(await parts.getByRole('row', { name: /^= Contributions and premiums/ }).count()).toBe(1)
  expect(await parts.getByRole('row', { name: /^Difference/ }).innerText()).toMatch(/Rp\u00a00 ✓/)
  await context.close()
})

test.each([
  ['/id/tidak-ada', 'Halaman tidak ditemukan'],
  ['/en/not-there', 'Page not found'],
  ['/id/provinsi/00', 'Halaman tidak ditemukan'],
  ['/en/figures/nothing', 'Page not found'],
])('%s does not exist and says so', async (address, heading) => {
  const { page, context } = await visit(on.browser, `${on.url}/id`)
  const response = await page.goto(on.url + address)
  expect(response?.status()).toBe(404)
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading)
  expect(await page.locator('main a').count()).toBeGreaterThan(0)
  await context.close()
})
