import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'

/** What a handler knows of its request, beside the verb's context. */
export type RequestContext = Context & {
  request: {
    requestId: string
    /** The pattern of its address, as `/customers/{id}`, once an endpoint was found: for logs and metrics. */
    route?: string
    headers: Headers
    /** Aborted when the client goes away before it is answered. */
    gone: AbortSignal
    /** The peer's address, as the socket or a trusted proxy tells it. */
    ip: string
    /** Whether the browser speaks https, to us or to a trusted proxy: its cookies may then be Secure. */
    https: boolean
    /** The versions of If-Match; undefined when absent or `*`. */
    ifMatch?: number
  }
  /** Headers of the answer: ETag, Set-Cookie, Link. */
  answer: Headers
}

/** The version that an edit was made from. @throws Refusal `http.if_match_required` */
export function editedVersion(ctx: RequestContext): number {
  if (ctx.request.ifMatch === undefined) throw new Refusal('precondition', 'http.if_match_required')
  return ctx.request.ifMatch
}

/** Marks the answer with the row's version, for a later If-Match. */
export function tagVersion(ctx: RequestContext, version: number): void {
  ctx.answer.set('etag', `"${version}"`)
}
