// The shape of one route of the contract. Server, client, openapi.json and tests are all made from it.
import type { Static, TSchema } from 'typebox'

/** `public` needs no token; otherwise the roles of the actor that may call it (identity keeps what each role is). */
export type Access = 'public' | { readonly roles: readonly string[] }

export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly access: Access
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly response: TSchema
  /** How often in a minute one address may ask it without a token, through a page or straight; absent: the server's limit for everything. */
  readonly perMinute?: number
  /** The media type of an answer that is a text and not JSON. */
  readonly text?: string
  /** The media type of an answer that is neither: bytes. */
  readonly bytes?: string
  /** POST routes that write need an Idempotency-Key header unless their key is natural (payments). */
  readonly keyed?: boolean
}

type Part<R, K extends string> = R extends { readonly [key in K]: infer S extends TSchema } ? Static<S> : undefined
export type Input<R> = { params: Part<R, 'params'>; query: Part<R, 'query'>; body: Part<R, 'body'> }
export type Output<R extends Route> = Static<R['response']>

/** Keeps the literal types of a route while checking its shape. */
export const route = <const R extends Route>(value: R): R => value
