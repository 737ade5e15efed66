// What a room offers over HTTP: for each route of the contract one handler, which only translates.
import type { Input, Output, routes } from '@payung/api'
import type { Result } from '@payung/values'
import type { Actor } from './actor.ts'
import type { Caller } from './in-transaction.ts'
import type { Platform } from './platform.ts'

export type Routes = typeof routes
export type RouteName = keyof Routes

export type RequestContext = {
  readonly platform: Platform
  /** Who asks; `nobody` on a public route without a token. */
  readonly actor: Actor
  /** The Idempotency-Key header; always there on keyed routes. */
  readonly key: string | undefined
  /** For inTransaction and readAs: the actor as `online`, or as `public` for what anybody may see. */
  readonly online: Caller
  readonly public: Caller
}

export type Handler<Name extends RouteName> = (input: Input<Routes[Name]>, context: RequestContext) => Promise<Result<Output<Routes[Name]>>>

/** A room's share of the handlers, by the route's name. */
export type Handlers = { readonly [Name in RouteName]?: Handler<Name> }
