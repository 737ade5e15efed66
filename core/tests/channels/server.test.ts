// The HTTP shell: who may call, what a mistake is answered with, and what every reply carries.
import { routes } from '@payung/api'
import { ok, refuse } from '@payung/values'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { makeServer } from '../../src/channels/server.ts'
import { addActor } from '../../src/identity/index.ts'
import { type Handlers, inTransaction, type RequestContext, systemActor } from '../../src/platform/index.ts'

let db: TestDatabase
let server: FastifyInstance
const tokens = { administrator: '', partner: '', gone: '' }
const calls: unknown[] = []

const add = async (kind: 'staff' | 'partner', name: string, role: string): Promise<string> => {
  const added = await inTransaction(
    db.platform,
    { role: 'run', actor: systemActor },
    { name: 'add-actor', input: { kind, name, role, ...(kind === 'staff' ? { officeId: 1n } : {}) } },
    // No registry stands in this test: whoever is named counts as registered.
    (tx, input) => addActor(tx, input, async () => ({ person: true, organisation: true, office: true })),
  )
  return added.ok ? added.value.token : ''
}

beforeAll(async () => {
  db = await freshDatabase()
  const note = (context: RequestContext): void => void calls.push([context.actor.name, context.key])
  const handlers: Handlers = {
    months: async (_input, context) => {
      note(context)
      return ok([])
    },
    payers: async (_input, context) => {
      note(context)
      return ok({ items: [], next: null })
    },
    control: async () => {
      throw new Error('a secret of the house')
    },
    runMonth: async (_input, context) => {
      note(context)
      return refuse({ code: 'month-closed', rule: 'A closed month is not run.', data: { month: '2026-01' }, next: 'Run the next one.' })
    },
  }
  server = await makeServer({ platform: db.platform, handlers, limits: { open: 20, withToken: 1000 } })
  tokens.administrator = await add('staff', 'Sari', 'administrator')
  tokens.partner = await add('partner', 'Bank', 'partner')
  tokens.gone = await add('staff', 'Left', 'officer')
})
beforeEach(() => void calls.splice(0))
afterAll(async () => {
  await server.close()
  await db.close()
})

const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers, remoteAddress: '10.0.0.1' })
const bearer = (value: string) => ({ authorization: `Bearer ${value}` })

describe('who may call', () => {
  test.each`
    headers                                        | url              | status | code
    ${{}}                                          | ${'/v1/months'}  | ${401} | ${'token-missing'}
    ${{ authorization: 'Basic abc' }}              | ${'/v1/months'}  | ${401} | ${'token-missing'}
    ${{ authorization: 'Bearer payung_nonsense' }} | ${'/v1/months'}  | ${401} | ${'token-unknown'}
    ${{ authorization: 'Bearer payung_nonsense' }} | ${'/v1/scheme'}  | ${404} | ${'not-found'}
    ${{ authorization: 'Bearer payung_nonsense' }} | ${'/v1/control'} | ${401} | ${'token-unknown'}
  `(
    '$url with $headers is refused with $code',
    async ({ headers, url, status, code }: { headers: Record<string, string>; url: string; status: number; code: string }) => {
      const reply = await get(url, headers)
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([status, expect.stringContaining('application/problem+json')])
      expect(reply.json()).toMatchObject({ status, refusal: { code, next: expect.any(String) } })
      expect(calls).toEqual([])
    },
  )

  test('a role of the route is let in, and acts by its own name', async () => {
    const reply = await get('/v1/payers', bearer(tokens.administrator))
    expect([reply.statusCode, calls]).toEqual([200, [['Sari', undefined]]])
  })

  test('another role is not', async () => {
    const reply = await get('/v1/payers', bearer(tokens.partner))
    expect([reply.statusCode, reply.json<{ refusal: { code: string } }>().refusal.code, calls]).toEqual([403, 'not-allowed', []])
  })

  test('a token that was revoked, or whose actor left, is unknown', async () => {
    const before = await get('/v1/months', bearer(tokens.gone))
    await db.owner.query(`update identity.actor set active = false where name = 'Left'`)
    const after = await get('/v1/months', bearer(tokens.gone))
    expect([before.statusCode, after.statusCode]).toEqual([200, 401])
  })

  test('of a token only the hash is kept', async () => {
    const { rows } = await db.admin.query<{ length: number; plain: boolean }>(
      `select length(hash) as length, position($1 in encode(hash, 'escape')) > 0 as plain from identity.token`,
      [tokens.administrator.slice(7, 20)],
    )
    expect(rows).toEqual(rows.map(() => ({ length: 32, plain: false })))
  })
})

describe('a request that writes', () => {
  const run = (headers: Record<string, string>) =>
    server.inject({
      method: 'POST',
      url: '/v1/months/2026-01/run',
      headers: { ...bearer(tokens.administrator), ...headers },
      remoteAddress: '10.0.0.2',
    })

  test('needs a key of its own', async () => {
    const reply = await run({})
    expect([reply.statusCode, reply.json<{ refusal: { code: string } }>().refusal.code, calls]).toEqual([400, 'key-missing', []])
  })

  test('that is refused says the rule, what it saw and the next step', async () => {
    const reply = await run({ 'idempotency-key': 'k-1' })
    expect([reply.statusCode, calls]).toEqual([422, [['Sari', 'k-1']]])
    expect(reply.json()).toMatchObject({
      type: 'urn:payung:refusal:month-closed',
      title: 'A closed month is not run.',
      detail: 'Run the next one.',
      refusal: { data: { month: '2026-01' } },
    })
  })
})

test('what nobody foresaw tells the caller nothing of our insides', async () => {
  const said: string[] = []
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  const reply = await get('/v1/control')
  spy.mockRestore()
  expect([reply.statusCode, reply.body.includes('secret')]).toEqual([500, false])
  expect(said.join('')).toContain('a secret of the house')
  expect(said.join('')).toContain(String(reply.headers['x-request-id']))
})

test('an unknown address is a problem with the number of the request', async () => {
  const reply = await get('/v1/nowhere', { 'x-request-id': 'my-request-1' })
  expect([reply.statusCode, reply.headers['x-request-id'], reply.json<{ instance: string }>().instance]).toEqual([
    404,
    'my-request-1',
    'urn:request:my-request-1',
  ])
})

test('health says that the database answers', async () => {
  expect((await get('/health')).json()).toEqual({ status: 'ok', database: 'ok' })
})

test('the description is OpenAPI 3.1 and names every route', async () => {
  const description = (await get('/openapi.json')).json<{ openapi: string; paths: Record<string, unknown> }>()
  expect(description.openapi).toBe('3.1.0')
  const paths = Object.values(routes).map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'))
  expect(Object.keys(description.paths).sort()).toEqual([...new Set(paths)].sort())
})

test('every reply carries the headers that protect its reader', async () => {
  const { headers } = await get('/health')
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect([headers['x-content-type-options'], headers['referrer-policy']]).toEqual(['nosniff', 'same-origin'])
})

test('too many requests from one address are asked to wait', async () => {
  const replies = await Promise.all(
    Array.from({ length: 30 }, () => server.inject({ method: 'GET', url: '/health', remoteAddress: '10.0.0.9' })),
  )
  expect(replies.some(({ statusCode }) => statusCode === 429)).toBe(true)
})

describe('behind a proxy', () => {
  /** How the fourth request of four visitors is answered, each told by the same proxy. */
  const fourth = async (proxies: readonly string[], remoteAddress: string): Promise<number | undefined> => {
    const behind = await makeServer({ platform: db.platform, handlers: {}, limits: { open: 3, withToken: 3 }, proxies })
    try {
      let last: number | undefined
      for (const visitor of ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'])
        last = (await behind.inject({ method: 'GET', url: '/health', remoteAddress, headers: { 'x-forwarded-for': visitor } })).statusCode
      return last
    } finally {
      await behind.close()
    }
  }

  test.each`
    proxies            | from          | status
    ${[]}              | ${'10.2.0.9'} | ${429}
    ${['10.2.0.0/16']} | ${'10.2.0.9'} | ${200}
    ${['10.2.0.0/16']} | ${'10.3.0.9'} | ${429}
  `('a caller’s own word on his address, with proxies $proxies and from $from: $status', async ({ proxies, from, status }) => {
    expect(await fourth(proxies, from)).toBe(status)
  })
})
