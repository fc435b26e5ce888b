import { ORPCError, ValidationError } from '@orpc/server'
import { type Locale, say } from '../i18n/index.ts'
import { faultOf } from '../log.ts'
import { Refusal, type RefusalKind } from '../refusal.ts'
import type { RequestContext } from './request.ts'

/** The one table that decides HTTP statuses. */
const statuses: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  stale: 412,
  precondition: 428,
  gone: 410,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
}

/** RFC 9457 problem details, with a stable `code` and, for invalid input, where it is (JSON Pointer). */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  instance?: string
  params?: Record<string, string | number | undefined>
  errors?: { pointer: string; code: string; message: string }[]
}

/**
 * The problem that an error becomes, in the reader's language. A bug says nothing of itself: it is logged under the
 * request's id, without its message, which may quote a person's data.
 */
export function problemOf(error: unknown, ctx: RequestContext): Problem {
  const locale = ctx.actor.locale as Locale
  const { requestId } = ctx.request
  if (error instanceof Refusal) {
    const { retryAfter } = error.params
    if (retryAfter !== undefined) ctx.answer.set('retry-after', String(retryAfter))
    if (error.kind === 'unauthenticated') ctx.answer.set('www-authenticate', 'Bearer')
    return problem(statuses[error.kind], error.code, locale, requestId, error.params)
  }
  if (error instanceof ORPCError && error.status < 500) {
    const { cause } = error
    if (cause instanceof ValidationError) {
      return { ...problem(400, 'http.invalid_input', locale, requestId), errors: cause.issues.map(place) }
    }
    return problem(error.status, codes[error.status] ?? 'http.refused', locale, requestId)
  }
  const fault = faultOf(error)
  if (fault.code && unfitValues.has(fault.code)) {
    ctx.log.warn({ code: fault.code }, 'a value that the records cannot hold')
    return problem(400, 'http.invalid_input', locale, requestId)
  }
  // What breaks off because nobody waits for it any more is no bug: somebody typed on.
  if (ctx.request.gone.aborted) {
    ctx.log.debug(fault, 'the client has gone')
    return problem(499, 'http.gone', locale, requestId)
  }
  ctx.log.error(fault, 'bug')
  return problem(500, 'http.bug', locale, requestId)
}

/**
 * What Postgres, and as 457 ClickHouse, says of a value that is no day, no number of its type, no text: a forged cursor, an id
 * beyond its column. Shapes refuse most of it before; this holds for the rest.
 */
const unfitValues = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05', '457'])

const codes: Record<number, string> = {
  400: 'http.invalid_input',
  404: 'http.not_found',
  405: 'http.method',
  413: 'http.too_large',
  415: 'http.media_type',
}

function place(issue: ValidationError['issues'][number]) {
  const path = (issue.path ?? []).map((part) => escapePointer(typeof part === 'object' ? part.key : part))
  const code = 'code' in issue ? String(issue.code) : 'invalid'
  return {
    pointer: path.length ? `/${path.join('/')}` : '',
    code,
    // zod quotes the keys that it does not know, and a client's mistake may have put anything there.
    message: code === 'unrecognized_keys' ? 'Unrecognized keys' : issue.message,
  }
}

/** A problem by status and code, in the reader's language. */
export function problem(
  status: number,
  code: string,
  locale: Locale,
  requestId: string,
  params: Problem['params'] = {},
): Problem {
  const text = say(locale, code, params)
  return {
    type: `/docs/api#problem-${code.replaceAll(/[._]/g, '-')}`,
    title: text,
    status,
    code,
    instance: requestId,
    params,
  }
}

function escapePointer(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}
