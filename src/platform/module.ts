import type { AnyContractRouter } from '@orpc/contract'
import type { AnyRouter } from '@orpc/server'
import type { EndpointMeta } from './contract/endpoint.ts'
import type { FactKind, Listener } from './facts/index.ts'
import type { RequestContext } from './http/request.ts'
import type { Job, Loop } from './jobs.ts'

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
  /** Largest body in bytes, streamed, never held in memory. */
  maxBytes?: number
  handle(ctx: RequestContext, request: Request, params: Record<string, string>): Promise<Response>
}

/** What a module plugs into the house. `app/modules.ts` is the only place that knows them all. */
export type Module = {
  /** The name of its endpoints in the API's client: `customers`. */
  name: string
  api?: { contract: AnyContractRouter; router: AnyRouter }
  streams?: readonly StreamRoute[]
  /** What it announces. */
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own data; a list of kinds has none in common
  facts?: readonly FactKind<any>[]
  /** What it listens to. */
  listens?: readonly Listener[]
  jobs?: readonly Job[]
  loops?: readonly Loop[]
}
