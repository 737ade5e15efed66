// The door of the bundle: the process that serves us makes the context of a request here and hands the request to the handler.
import { PassThrough } from 'node:stream'
import type { Api } from '@payung/api'
import { createReadableStreamFromReadable } from '@react-router/node'
import { renderToPipeableStream } from 'react-dom/server'
import { createRequestHandler, type EntryContext, RouterContextProvider, type ServerBuild, ServerRouter } from 'react-router'
import { apiContext, nonceContext, originContext } from './context.ts'

const patience = 10_000

/** Contexts must be set by this bundle: a copy of the keys that is imported elsewhere would be other objects. */
export function contextFor(given: { api: Api; nonce: string; origin: string }): RouterContextProvider {
  const context = new RouterContextProvider()
  context.set(apiContext, given.api)
  context.set(nonceContext, given.nonce)
  context.set(originContext, given.origin)
  return context
}

export const handlerFor = (build: ServerBuild): ReturnType<typeof createRequestHandler> => createRequestHandler(build, 'production')

/** A page that does not exist and a thrown reply are answers, not troubles of the server. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  const answered = typeof error === 'object' && error !== null && 'status' in error
  if (!answered && !request.signal.aborted) console.error(error)
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: Readonly<RouterContextProvider>,
) {
  const nonce = context.get(nonceContext)
  return new Promise<Response>((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(<ServerRouter context={entry} url={request.url} nonce={nonce} />, {
      nonce,
      onAllReady() {
        const body = new PassThrough()
        headers.set('content-type', 'text/html; charset=utf-8')
        resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
        pipe(body)
      },
      onShellError: reject,
      onError: (error) => console.error(error),
    })
    setTimeout(abort, patience).unref()
  })
}
