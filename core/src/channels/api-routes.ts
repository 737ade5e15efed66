// Registers every route of the contract: who may call it, its shape, and the handler that a room gave for it.

import type { RateLimitOptions } from '@fastify/rate-limit'
import { type Route, routes } from '@payung/api'
import { findTextFault, type Refusal, type Result, refuse } from '@payung/values'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { authenticate } from '../identity/index.ts'
import { type Actor, type Handlers, nobody, type Platform, type RequestContext } from '../platform/index.ts'
import { sendNotFound, sendRefusal, sendTextFault, sendWrongMethod } from './problem.ts'

type AnyHandler = (input: { params: unknown; query: unknown; body: unknown }, context: RequestContext) => Promise<Result<unknown>>

const refusal = (code: string, rule: string, next: string, data: Refusal['data'] = {}) => refuse({ code, rule, data, next })

/** The actor of a request, or why there is none. A wrong token is refused on a public route too: whoever sends one means it. */
async function actorOf(request: FastifyRequest, route: Route, platform: Platform): Promise<Result<Actor>> {
  const { authorization } = request.headers
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
  if (token === undefined) {
    if (route.access === 'public' && authorization === undefined) return { ok: true, value: nobody }
    return refusal(
      'token-missing',
      'This address needs a bearer token.',
      'Send Authorization: Bearer with your token; an administrator makes one with payung actor add.',
    )
  }
  const actor = await authenticate(platform, token)
  if (!actor) return refusal('token-unknown', 'This token is not known, or no longer.', 'Ask an administrator for a new one.')
  if (route.access === 'public' || route.access.roles.includes(actor.role)) return { ok: true, value: actor }
  return refusal('not-allowed', 'Each address is for certain roles.', `Ask somebody who is one of: ${route.access.roles.join(', ')}.`, {
    role: actor.role,
  })
}

function keyOf(request: FastifyRequest, route: Route): Result<string | undefined> {
  const key = request.headers['idempotency-key']
  const text = typeof key === 'string' && key !== '' ? key : undefined
  if (route.keyed && text === undefined)
    return refusal(
      'key-missing',
      'A request that writes carries a key of its own, so that sending it twice does it once.',
      'Send Idempotency-Key with a new random text for each act.',
    )
  if (text !== undefined && text.length > 200)
    return refusal('key-missing', 'An idempotency key has at most 200 characters.', 'Send a shorter key.')
  return { ok: true, value: text }
}

const contextOf = (platform: Platform, actor: Actor, key: string | undefined): RequestContext => ({
  platform,
  actor,
  key,
  online: { role: 'online', actor },
  public: { role: 'public', actor },
})

const contentOf = (response: Route['response'], description: string, type: string | undefined): unknown =>
  type === undefined ? response : { description, content: { [type.replace(/;.*/, '')]: { schema: response } } }

const schemaOf = ({ params, query, body, response, text, bytes, summary, tag, access }: Route, name: string) => ({
  operationId: name,
  summary,
  tags: [tag],
  ...(params ? { params } : {}),
  ...(query ? { querystring: query } : {}),
  ...(body ? { body } : {}),
  response: { 200: contentOf(response, summary, text ?? bytes) },
  ...(access === 'public' ? { security: [] } : { security: [{ bearer: [] }] }),
})

/** Routes of the contract for which no room has given a handler. */
export const unserved = (handlers: Handlers): string[] => Object.keys(routes).filter((name) => !(name in handlers))

/** Who asks is settled before the body is read: a stranger's megabytes are not parsed. */
const contexts = new WeakMap<FastifyRequest, RequestContext>()

async function admit(request: FastifyRequest, route: Route, platform: Platform): Promise<Refusal | undefined> {
  const actor = await actorOf(request, route, platform)
  if (!actor.ok) return actor.refusal
  const key = keyOf(request, route)
  if (!key.ok) return key.refusal
  contexts.set(request, contextOf(platform, actor.value, key.value))
  return undefined
}

const unservedRefusal = (name: string): Refusal => ({
  code: 'not-found',
  rule: 'This address is in the contract but not served yet.',
  data: { route: name },
  next: 'Use a newer version.',
})

/** A limit of its own for everybody without a token, our pages included: they ask in the name of their visitor's address. */
const limitOf = (perMinute: number, scale: number): RateLimitOptions => ({
  max: (request) => (request.headers.authorization ? 60_000 : perMinute * scale),
  allowList: () => false,
})

/** Puts every route of the contract on the server; one without a handler says so. */
export function registerRoutes(server: FastifyInstance, platform: Platform, handlers: Handlers, scale = 1): void {
  for (const [name, route] of Object.entries<Route>(routes)) {
    const handler = handlers[name as keyof Handlers] as AnyHandler | undefined
    server.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route, name),
      ...(route.perMinute === undefined ? {} : { config: { rateLimit: limitOf(route.perMinute, scale) } }),
      preParsing: async (request, reply) => {
        const refused = handler ? await admit(request, route, platform) : unservedRefusal(name)
        if (refused) return sendRefusal(reply, refused)
      },
      // Before the shape is checked, so that no pattern of the contract has to say what is true of every text.
      preValidation: async (request, reply) => {
        const { params, query, body } = request
        for (const [part, value] of Object.entries({ params, querystring: query, body })) {
          const found = findTextFault(value)
          if (found) return sendTextFault(reply, `${part}${found.at}`, found.fault)
        }
      },
      handler: async (request, reply) => {
        const context = contexts.get(request)
        if (!handler || !context) throw new Error(`the route ${name} was reached without being admitted`)
        const { params, query, body } = request
        const result = await handler({ params, query, body }, context)
        if (!result.ok) return sendRefusal(reply, result.refusal)
        const type = route.text ?? route.bytes
        return type === undefined ? reply.send(result.value) : reply.type(type).send(result.value)
      },
    })
  }
}

const shapes = Object.values<Route>(routes).map(({ method, path }) => ({
  method,
  shape: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
}))

/** What no route took: an address of the contract with another method, or nothing that we know. */
export function sendStray(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = ''] = request.url.split('?')
  const methods = new Set(shapes.filter(({ shape }) => shape.test(path)).map(({ method }) => method))
  const allowed = [...methods].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).sort()
  return allowed.length > 0 ? sendWrongMethod(reply, allowed) : sendNotFound(request, reply)
}
