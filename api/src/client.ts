// One typed client for the whole contract; `send` is fetch for outsiders and an in-process call for our own pages.
import type { Input, Output, Route } from './route.ts'
import { routes } from './routes.ts'

type Routes = typeof routes
type Without<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }
/** Every route by name: called with `{params, query, body}` as far as the route has them. */
export type Api = { [K in keyof Routes]: (input: Without<Input<Routes[K]>>) => Promise<Output<Routes[K]>> }

/** A reply that is not 2xx, with its problem details (RFC 9457). */
export class Problem extends Error {
  readonly status: number
  readonly detail: unknown
  constructor(status: number, detail: unknown) {
    super(`the API answered ${status}`)
    this.status = status
    this.detail = detail
  }
}

/** The address of a call: path parameters filled in, query appended. */
export function addressOf(
  route: Route,
  input: { params?: Record<string, string> | undefined; query?: Record<string, string | number | boolean | undefined> | undefined },
): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) if (value !== undefined) query.set(name, `${value}`)
  return query.size ? `${path}?${query.toString()}` : path
}

export function client(send: (path: string, init: RequestInit) => Promise<Response>, headers: Record<string, string> = {}): Api {
  const call =
    (route: Route) =>
    async (input: { params?: Record<string, string>; query?: Record<string, string | number | boolean | undefined>; body?: unknown }) => {
      const posts = route.method === 'POST'
      const accepted: Record<string, string> = {
        accept: route.text ?? route.bytes ?? 'application/json',
        ...headers,
        ...(posts ? { 'content-type': 'application/json' } : {}),
      }
      const init: RequestInit = { method: route.method, headers: accepted, ...(posts ? { body: JSON.stringify(input.body ?? {}) } : {}) }
      const response = await send(addressOf(route, input), init)
      if (route.bytes && response.ok) return new Uint8Array(await response.arrayBuffer())
      const body: unknown = route.text && response.ok ? await response.text() : await response.json()
      if (!response.ok) throw new Problem(response.status, body)
      return body
    }
  return Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, call(route)])) as unknown as Api
}
