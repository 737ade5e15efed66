// The first visit of all: a database in which nothing has been installed. Every page stands and says so in a sentence.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyServer, type Served } from './server.ts'
import { everyPage } from './visitor.ts'

let server: Served

beforeAll(async () => {
  server = await emptyServer()
})
afterAll(async () => await server?.close())

const pageAt = async (address: string) => {
  const response = await fetch(server.url + address)
  return { status: response.status, html: (await response.text()).replaceAll(/<[^>]*>/g, ' ') }
}

test('the bare address leads to a language', async () => {
  expect((await fetch(server.url, { redirect: 'manual' })).status).toBe(302)
})

test.each(everyPage)('%s stands', async (address) => {
  expect(await pageAt(address)).toMatchObject({ status: 200 })
})

test.each([
  ['/id', 'Belum ada hitungan.'],
  ['/en', 'Nothing has been counted yet.'],
  ['/id/cakupan', 'Belum ada hitungan.'],
  ['/id/iuran', 'Belum ada bulan yang dihitung.'],
  ['/en/contributions', 'The first control runs after'],
  ['/id/data', 'Belum ada angka yang diterbitkan.'],
  ['/en/figures/active-members', 'This figure has no rows yet.'],
])('%s says: %s', async (address, sentence) => {
  expect((await pageAt(address)).html).toContain(sentence)
})

test('a number is unknown, and claims nothing else', async () => {
  expect((await pageAt('/id/cek?nomor=99999999984')).html).toContain('Nomor ini tidak terdaftar.')
})
