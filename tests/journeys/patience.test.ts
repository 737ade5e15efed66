// Whoever tries number after number is asked for patience, through the pages and the API alike; everybody else is not.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyServer, type Served } from './server.ts'

const perMinute = 30
let server: Served

beforeAll(async () => {
  server = await emptyServer(true)
})
afterAll(async () => await server?.close())

test('the thirty-first question of a minute is answered with a page that asks for patience', async () => {
  const statuses: number[] = []
  for (let question = 0; question < perMinute; question++)
    statuses.push((await fetch(`${server.url}/${question % 2 ? 'id/cek?nomor=' : 'v1/public/cover/'}99999999984`)).status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  const page = await fetch(`${server.url}/id/cek?nomor=99999999984`)
  expect(page.status).toBe(429)
  expect(await page.text()).toContain('Terlalu banyak pertanyaan sekaligus')
  expect((await fetch(`${server.url}/v1/public/cover/99999999984`)).status).toBe(429)
  expect((await fetch(`${server.url}/id/cek`)).status).toBe(200)
  expect((await fetch(`${server.url}/id`)).status).toBe(200)
})
