import { ORPCError } from '@orpc/server'
import { append, type Entry, minutes, withTrail } from '../audit/index.ts'
import type { EndpointMeta } from '../contract/endpoint.ts'
import { faultOf } from '../log.ts'
import { Refusal } from '../refusal.ts'
import type { RequestContext } from './request.ts'

/** An endpoint as the audit log knows it. */
export type Recorded = {
  /** module.endpoint */
  action: string
  meta: EndpointMeta
  /** It only reads. */
  looks: boolean
  /** Whose personal data its answer tells. */
  shows?: string
}

/** The one place where requests become entries of the audit log: every endpoint and every stream goes through it. */
export type Recorder = {
  /** @param rowsIn how many people or rows an answer shows */
  record<T>(
    ctx: RequestContext,
    endpoint: Recorded,
    input: unknown,
    work: (ctx: RequestContext) => Promise<T>,
    rowsIn: (answer: T) => number,
  ): Promise<T>
  /** Tells of a request that was refused before its endpoint was known: a key that opens nothing. By the minute. */
  refuse(ctx: RequestContext, action: string, refusal: Refusal): Promise<void>
  /** Writes what was counted so far; at the end of the process. */
  flush(): Promise<void>
}

/** No news: somebody else was first, a header is missing, nobody is signed in yet, the password is asked for once more. */
const everyday: ReadonlySet<string> = new Set(['stale', 'precondition', 'unauthenticated'])
const asked: ReadonlySet<string> = new Set(['http.prove', 'http.second_factor_due', 'http.invalid_input'])

/**
 * An act is an entry in its own transaction where it has one (inTransaction writes it last), else right after it. A look at
 * personal data, a refusal and a denial are told by the minute. Looks that showed nobody are not told.
 */
export function recorder(): Recorder {
  const often = minutes()

  async function refused(ctx: RequestContext, endpoint: Recorded, entry: Entry, error: unknown) {
    if (!(error instanceof Refusal)) {
      const malformed = error instanceof ORPCError && error.status < 500
      if (!endpoint.looks && !malformed) await often.tell(ctx, { ...entry, outcome: 'broken', reason: 'http.bug' })
      return
    }
    const { kind, code } = error
    if (asked.has(code) || everyday.has(kind)) return
    const denied = kind === 'forbidden'
    // Who goes through numbers leaves one entry a minute, not one a number.
    const { objectId: _, ...some } = entry
    await often.tell(ctx, {
      ...(denied || endpoint.looks ? some : entry),
      outcome: denied ? 'denied' : 'refused',
      reason: code,
    })
  }

  return {
    async record(ctx, endpoint, input, work, rowsIn) {
      const entry: Entry = {
        ip: ctx.request.ip,
        requestId: ctx.request.requestId,
        action: endpoint.action,
        outcome: 'done',
        object: endpoint.action.split('.')[0],
        objectId: idIn(input),
      }
      const inside = endpoint.looks ? ctx : withTrail(ctx, entry)
      const { trail } = inside
      let answer: Awaited<ReturnType<typeof work>>
      try {
        answer = await work(inside)
      } catch (error) {
        await refused(ctx, endpoint, trail ? { ...trail.entry, data: {}, shown: undefined } : entry, error).catch(
          (cause) => ctx.log.error(faultOf(cause), 'a refusal was not recorded'),
        )
        throw error
      }
      if (endpoint.looks) {
        const rows = endpoint.shows ? rowsIn(answer) : 0
        if (rows > 0) await often.tell(ctx, { ...entry, outcome: 'seen', object: endpoint.shows, rows })
      } else if (trail && !trail.written) {
        trail.written = true
        await append(ctx, trail.entry)
      }
      return answer
    },
    async refuse(ctx, action, { code }) {
      const { ip, requestId } = ctx.request
      const entry: Entry = { ip, requestId, action, outcome: 'refused', object: action.split('.')[0], reason: code }
      await often.tell(ctx, entry).catch((cause) => ctx.log.error(faultOf(cause), 'a refusal was not recorded'))
    },
    flush: () => often.flush(),
  }
}

/** Which row a request is about: the number in its address. Anything else could be anybody's name. */
function idIn(input: unknown): string | undefined {
  const id = typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : ''
  return /^\d{1,15}$/.test(id) ? id : undefined
}
