// A scheme behind the HTTP server, with somebody of each role who may call it.
import type { FastifyInstance } from 'fastify'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { houseFor } from '../../src/channels/rooms.ts'
import { makeServer } from '../../src/channels/server.ts'
import { addActor, type NewActor } from '../../src/identity/index.ts'
import type { Task } from '../../src/platform/index.ts'
import { askRegistered } from '../../src/registry/index.ts'

export type Reply<Body> = { readonly status: number; readonly type: string; readonly body: Body }
export type Problem = {
  readonly title: string
  readonly detail?: string
  readonly refusal?: { readonly code: string; readonly next: string; readonly data: Record<string, string> }
  readonly errors?: readonly { readonly at: string; readonly detail: string }[]
}
export type Served = TestScheme & {
  readonly server: FastifyInstance
  readonly tasks: readonly Task[]
  /** A token for a new actor. */
  actor(given: Omit<NewActor, 'name'>): Promise<string>
  get<Body = Problem>(token: string | null, url: string): Promise<Reply<Body>>
  /** With a new idempotency key unless one is given; null sends none. */
  post<Body = Problem>(token: string | null, url: string, payload?: object, key?: string | null): Promise<Reply<Body>>
}

export async function serve(day: string): Promise<Served> {
  const scheme = await freshScheme('indonesia', day)
  const house = houseFor(scheme.law)
  const server = await makeServer({ platform: scheme.platform, handlers: house.handlers })
  let keys = 0
  const send = async <Body>(method: 'GET' | 'POST', url: string, token: string | null, payload?: object, key?: string | null) => {
    const reply = await server.inject({
      method,
      url,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'GET' || key === null ? {} : { 'idempotency-key': key ?? `key-${++keys}` }),
      },
      ...(payload === undefined ? {} : { payload }),
    })
    return { status: reply.statusCode, type: String(reply.headers['content-type']), body: reply.json<Body>() }
  }
  return {
    ...scheme,
    server,
    tasks: house.tasks,
    actor: async (given) => {
      const added = await scheme.run((tx) => addActor(tx, { name: 'Test', ...given }, askRegistered))
      if (!added.ok) throw new Error(added.refusal.rule)
      return added.value.token
    },
    get: (token, url) => send('GET', url, token),
    post: (token, url, payload, key) => send('POST', url, token, payload, key),
    close: async () => {
      await server.close()
      await scheme.close()
    },
  }
}
