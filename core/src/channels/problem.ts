// Errors over HTTP as RFC 9457 problem details: a refusal says its rule and the next step, a failure says nothing of our insides.
import type { Refusal } from '@payung/values'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { databaseFailure } from '../platform/trouble.ts'

export type ProblemDetails = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly instance: string
  readonly refusal?: Refusal
  readonly errors?: readonly { readonly at: string; readonly detail: string }[]
}

const mediaType = 'application/problem+json'

/** Refusals whose code is not of the rule but of the request have their own status; all others are 422. */
const statusOf = ({ code }: Refusal): number => {
  if (code === 'key-reused') return 409
  if (code === 'key-missing') return 400
  if (code === 'token-missing' || code === 'token-unknown') return 401
  if (code === 'not-allowed') return 403
  return /(^|-)not-found$/.test(code) ? 404 : 422
}

const send = (reply: FastifyReply, details: Omit<ProblemDetails, 'instance'>): FastifyReply =>
  reply
    .status(details.status)
    .type(mediaType)
    .serializer(JSON.stringify)
    .send({ ...details, instance: `urn:request:${reply.request.id}` })

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const status = statusOf(refusal)
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  return send(reply, { type: `urn:payung:refusal:${refusal.code}`, title: refusal.rule, status, detail: refusal.next, refusal })
}

/** A text that cannot be kept is a fault of the request, wherever it stands; the field is named. */
export const sendTextFault = (reply: FastifyReply, at: string, fault: string): FastifyReply =>
  send(reply, {
    type: 'urn:payung:problem:invalid-text',
    title: 'A text in the request cannot be kept',
    status: 400,
    errors: [{ at, detail: fault }],
  })

/** The address is in the contract, and nothing answers this method there. */
export function sendWrongMethod(reply: FastifyReply, allowed: readonly string[]): FastifyReply {
  reply.header('allow', allowed.join(', '))
  return send(reply, {
    type: 'about:blank',
    title: 'This address does not take this method',
    status: 405,
    detail: `It takes ${allowed.join(', ')}.`,
  })
}

export const sendNotFound = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  send(reply, {
    type: 'about:blank',
    title: 'There is nothing at this address',
    status: 404,
    detail: 'The addresses are in /openapi.json.',
  })

/** The error handler of the API. What nobody foresaw is told to the operator with the request's id, and to the caller only by that id. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.validation) {
    const errors = error.validation.map(({ instancePath, message = 'is not valid' }) => ({
      at: `${error.validationContext ?? ''}${instancePath}`,
      detail: message,
    }))
    return send(reply, {
      type: 'urn:payung:problem:invalid-request',
      title: 'The request does not have the shape of the contract',
      status: 400,
      errors,
    })
  }
  const status = error.statusCode ?? 500
  if (status < 500) return send(reply, { type: 'about:blank', title: error.message, status })
  if (databaseFailure(error) === 'full')
    return send(reply, { type: 'urn:payung:problem:disk-full', title: 'The disk of the database is full', status: 507 })
  if (databaseFailure(error) === 'gone') {
    reply.header('retry-after', '5')
    return send(reply, {
      type: 'urn:payung:problem:database-away',
      title: 'The database is away at the moment',
      status: 503,
      detail: 'Nothing that was finished is lost. Send the same request again in a few seconds, a writing one with the same key.',
    })
  }
  process.stderr.write(
    `request ${request.id} ${request.method} ${request.routeOptions.url ?? ''} failed: ${error.stack ?? error.message}\n`,
  )
  return send(reply, {
    type: 'about:blank',
    title: 'Something went wrong here',
    status: 500,
    detail: `Tell us the number of this request: ${request.id}`,
  })
}
