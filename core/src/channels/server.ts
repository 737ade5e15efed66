// The HTTP server: the contract's API, its description, and the pages, behind one set of security headers and limits.
import { randomBytes, randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Handlers, Platform } from '../platform/index.ts'
import { registerRoutes, sendStray } from './api-routes.ts'
import { registerPages } from './pages.ts'
import { sendError, sendNotFound } from './problem.ts'

export type ServerParts = {
  readonly platform: Platform
  readonly handlers: Handlers
  /** The folder of the built pages; absent: the API alone. */
  readonly pages?: string
  /** Addresses and networks of proxies that say whose request they bring; absent: nobody is believed. */
  readonly proxies?: readonly string[]
  /** Requests a minute from one address, without and with a token. */
  readonly limits?: {
    readonly open: number
    readonly withToken: number /** Routes with a limit of their own allow so many times more. */
    readonly times?: number
  }
}

const description = {
  openapi: '3.1.0',
  info: {
    title: 'Payung',
    version: '0.1.0',
    description:
      'The public contract of Payung. Errors are RFC 9457 problem details; a refusal among them names its rule and the next step.',
  },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
} as const

/** Pages load only what is ours; a script runs only with the nonce of its reply. */
const security = {
  enableCSPNonces: true,
  // The default, no-referrer, makes browsers send "Origin: null" with a form, and the pages refuse such a form.
  referrerPolicy: { policy: 'same-origin' },
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      styleSrcAttr: ["'unsafe-inline'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: null,
    },
  },
} satisfies Parameters<typeof helmet>[1]

const requestId = (given: string | string[] | undefined): string =>
  typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()

async function addLimits(server: FastifyInstance, { open, withToken }: { open: number; withToken: number }, inside: string): Promise<void> {
  await server.register(rateLimit, {
    timeWindow: '1 minute',
    max: (request) => (request.headers.authorization ? withToken : open),
    keyGenerator: (request) => `${request.headers.authorization ? 'token' : 'open'} ${request.ip}`,
    allowList: (request) => request.headers['x-payung-inside'] === inside,
  })
}

async function addDescription(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: { ...description, components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } },
  })
  await server.register(swaggerUi, { routePrefix: '/docs', staticCSP: false, uiConfig: { docExpansion: 'none' } })
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => reply.send(server.swagger()))
}

function addHealth(server: FastifyInstance, platform: Platform): void {
  server.get('/health', { schema: { hide: true } }, async (_request, reply) => {
    const database = await platform.database.http.query('select 1').then(
      () => 'ok',
      () => 'unreachable',
    )
    return reply
      .status(database === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: database === 'ok' ? 'ok' : 'failing', database })
  })
}

/** Makes the server; it does not listen yet. `inject` works at once. */
export async function makeServer({
  platform,
  handlers,
  pages,
  limits = { open: 1200, withToken: 60_000, times: 1 },
  proxies = [],
}: ServerParts): Promise<FastifyInstance> {
  const inside = randomBytes(24).toString('base64url')
  const server = Fastify({
    logger: false,
    trustProxy: proxies.length > 0 && [...proxies],
    forceCloseConnections: true,
    requestTimeout: 120_000,
    bodyLimit: 16 * 1024 * 1024,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    routerOptions: { maxParamLength: 300 },
  })
  server.setValidatorCompiler(TypeBoxValidatorCompiler)
  server.setErrorHandler(sendError)
  server.setNotFoundHandler(sendNotFound)
  server.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id))
  await server.register(helmet, security)
  await addLimits(server, limits, inside)
  await addDescription(server)
  await server.register(async (api) => {
    registerRoutes(api, platform, handlers, limits.times)
    for (const prefix of ['/v1', '/v1/*']) api.all(prefix, { schema: { hide: true } }, sendStray)
  })
  addHealth(server, platform)
  if (pages) await registerPages(server, pages, { 'x-payung-inside': inside })
  return server
}
