// Serves the built pages from the same process: they call the API as an outsider would, only without the network in between.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import { type Api, client } from '@payung/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** What the bundle's door offers; see web/app/entry.server.tsx. */
type Door = {
  contextFor(given: { api: Api; nonce: string; origin: string }): unknown
  handlerFor(build: unknown): (request: Request, context: unknown) => Promise<Response>
}

const largestForm = 1024 * 1024

/** The request as the web knows it. Its body has not been read here: the pages read it themselves. */
function toWeb(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one)
  const init: RequestInit & { duplex?: 'half' } = { method: request.method, headers }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    init.body = ReadableStream.from(request.raw) as RequestInit['body'] & object
    init.duplex = 'half'
  }
  return new Request(`${request.protocol}://${request.host}${request.raw.url ?? '/'}`, init)
}

/** The typed client over the server's own routes. `inside` tells the rate limit that it is us; `visitor` is the address we ask for, where a route counts visitors. */
export const inProcessApi = (server: FastifyInstance, inside: Record<string, string>, visitor = '127.0.0.1'): Api =>
  client(async (address, init) => {
    const headers = Object.fromEntries(new Headers(init.headers))
    const reply = await server.inject({
      method: init.method === 'POST' ? 'POST' : 'GET',
      url: address,
      remoteAddress: visitor,
      headers: { ...headers, ...inside },
      ...(typeof init.body === 'string' ? { payload: init.body } : {}),
    })
    return new Response(new Uint8Array(reply.rawPayload), {
      status: reply.statusCode,
      headers: { 'content-type': String(reply.headers['content-type']) },
    })
  })

async function openDoor(build: string): Promise<{ page: ReturnType<Door['handlerFor']>; contextFor: Door['contextFor'] }> {
  const bundle = (await import(pathToFileURL(path.join(build, 'server', 'index.js')).href)) as { entry: { module: Door } }
  return { page: bundle.entry.module.handlerFor(bundle), contextFor: bundle.entry.module.contextFor }
}

/** Adds files and pages of the build in `build` (web/build) to the server. Everything that is not the API is a page. */
export async function registerPages(server: FastifyInstance, build: string, inside: Record<string, string>): Promise<void> {
  const files = path.join(build, 'client')
  await server.register(fastifyStatic, {
    root: path.join(files, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    decorateReply: false,
  })
  for (const name of fs.readdirSync(files).filter((name) => fs.statSync(path.join(files, name)).isFile())) {
    // Other public files keep their names, so that they may not be kept for a year.
    const send = fs.readFileSync(path.join(files, name))
    const types: Record<string, string> = {
      '.svg': 'image/svg+xml',
      '.txt': 'text/plain; charset=utf-8',
      '.ico': 'image/x-icon',
      '.png': 'image/png',
      '.webmanifest': 'application/manifest+json',
      '.js': 'text/javascript',
    }
    server.get(`/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type(types[path.extname(name)] ?? 'application/octet-stream')
        .header('cache-control', 'public, max-age=3600')
        .send(send),
    )
  }
  const { page, contextFor } = await openDoor(build)
  await server.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser('*', (_request, _payload, done) => done(null))
    pages.route({
      method: ['GET', 'POST'],
      url: '/*',
      schema: { hide: true },
      handler: async (request, reply) => {
        if (Number(request.headers['content-length'] ?? 0) > largestForm)
          return reply.status(413).type('text/plain').send('This form is too large.')
        const api = inProcessApi(server, inside, request.ip)
        const context = contextFor({ api, nonce: reply.cspNonce.script, origin: `${request.protocol}://${request.host}` })
        return reply.send(await page(toWeb(request), context))
      },
    })
  })
}
