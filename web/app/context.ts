// What the process that serves us gives to each request: the API to ask, the nonce of the page, and the public address of the site.
import type { Api } from '@payung/api'
import { createContext, data, type RouterContextProvider } from 'react-router'

export type Scheme = Awaited<ReturnType<Api['scheme']>>
export type Context = Readonly<RouterContextProvider>

export const apiContext = createContext<Api>()
export const nonceContext = createContext<string>('')
export const originContext = createContext<string>('')

/** The status of a reply that is not 2xx. The client's own class is another object outside our bundle, so its shape is read. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined

/**
 * Asks the API. A thing that does not exist becomes a page that says so, too many questions become a page that asks for patience,
 * and everything else is the trouble page; the cause stays in the server's log.
 */
export async function ask<T>(context: Context, question: (api: Api) => Promise<T>): Promise<T> {
  try {
    return await question(context.get(apiContext))
  } catch (error) {
    const status = statusOf(error)
    if (status === 404 || status === 429) throw data(null, { status })
    if (status === 400) throw data(null, { status: 404 })
    console.error(error)
    throw data(null, { status: 503 })
  }
}

const schemes = new WeakMap<Context, Promise<Scheme>>()

/** The scheme, asked once for each request however many loaders want it. */
export function schemeOf(context: Context): Promise<Scheme> {
  const known = schemes.get(context)
  if (known) return known
  const asked = ask(context, (api) => api.scheme({}))
  schemes.set(context, asked)
  return asked
}
