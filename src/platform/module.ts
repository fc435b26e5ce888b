import type { AnyContractRouter } from '@orpc/contract'
import type { AnyRouter } from '@orpc/server'
import type { Context } from './context.ts'
import type { EndpointMeta } from './contract/endpoint.ts'
import type { FactKind, Listener } from './facts/index.ts'
import type { RequestContext } from './http/request.ts'
import type { Job, Loop } from './jobs.ts'
import type { OfPerson } from './person/index.ts'

/**
 * An endpoint whose body or answer is a stream, which the contract cannot say: uploads and downloads. It declares the same
 * permission, scope and rate, and passes the same guard. Parameters as `:id`.
 */
export type StreamRoute = {
  method: 'GET' | 'POST' | 'PUT'
  path: `/${string}`
  summary: string
  tag: string
  meta: EndpointMeta
  /** Whose personal data a download tells, for the audit log. */
  shows?: string
  /** Largest body in bytes, streamed, never held in memory. */
  maxBytes?: number
  handle(ctx: RequestContext, request: Request, params: Record<string, string>): Promise<Response>
}

/**
 * Addresses outside of /api, for what does not speak our API: somebody else's protocol, a page for customers. It has no session and
 * no cookie, and makes its own answers, headers included: who may knock it finds out by itself, before anything else.
 */
export type Door = {
  /** `/v1/*` or `/tracker.js`: all methods of it; also its name in logs and metrics. */
  path: `/${string}`
  /** Asked so often by machines that a line of each in the log would drown the others. */
  quiet?: boolean
  handle(ctx: Context, request: Request, from: { ip: string; https: boolean }): Promise<Response>
}

/**
 * A page for customers, rendered here: without cookie, session or script, outside of /api. Whom it is shown to is its own to say, by
 * a signed token in its address. GET changes nothing; HEAD is a GET without its body. Forms of at most 16 KB.
 */
export type PublicRoute = {
  method: 'GET' | 'POST'
  path: `/${string}`
  /** What the audit log calls it: `module.<name>`. */
  name: string
  /** @param nonce of the answer's style element */
  handle(ctx: RequestContext, request: Request, params: Record<string, string>, nonce: string): Promise<Response>
}

/**
 * What a module holds outside of the records, which a backup must ask for. All else in ClickHouse is a projection and is made
 * anew after a restore.
 */
export type Kept = {
  /** Tables of the columns that are truth there, as behaviour. */
  columns?: readonly KeptColumns[]
  /** Files below the data folder that the records are worth nothing without, as a key: their names there. */
  files?: readonly string[]
}

export type KeptColumns = {
  table: string
  /**
   * The rows that the records of this snapshot know of, as a condition in ClickHouse's SQL. The two engines have no snapshot in
   * common: what came in after it, the restored records would send again. Absent: all rows.
   */
  known?(snapshot: Pick<Context, 'db'>): Promise<string>
}

/** What a module plugs into the house. `app/modules.ts` is the only place that knows them all. */
export type Module = {
  /** The name of its endpoints in the API's client: `customers`. */
  name: string
  api?: { contract: AnyContractRouter; router: AnyRouter }
  streams?: readonly StreamRoute[]
  public?: readonly PublicRoute[]
  doors?: readonly Door[]
  /** What it announces. */
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own data; a list of kinds has none in common
  facts?: readonly FactKind<any>[]
  /** What it listens to. */
  listens?: readonly Listener[]
  jobs?: readonly Job[]
  loops?: readonly Loop[]
  keeps?: Kept
  /** What it holds of people, so that a person can be told all of it, and be forgotten. */
  person?: OfPerson
}
