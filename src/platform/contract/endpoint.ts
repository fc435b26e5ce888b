import { oc } from '@orpc/contract'
import type { z } from 'zod'

/** What an actor must be allowed, as `customers.edit`; `open` needs no sign-in, `self` any signed-in person, never a key. */
export type Permission = 'open' | 'self' | `${string}.${string}`

/**
 * Which rows an endpoint touches: `none` (no customer's data), `rows` (its verb compiles the actor's scope into SQL),
 * `all` (only for actors who see everything).
 */
export type DataScope = 'none' | 'rows' | 'all'

/** How often one principal may call: read 1,200, write 240, heavy 30 a minute; guess (sign-in and tokens) 10 in 5 minutes. */
export type RateClass = 'read' | 'write' | 'heavy' | 'guess'

export type EndpointMeta = {
  may: Permission
  scope: DataScope
  rate: RateClass
  /** A POST that is not idempotent by nature: an Idempotency-Key is required and its answer is replayed. */
  once: boolean
  /** An edit: If-Match is required, and the answer carries an ETag. */
  edit: boolean
  /** Changes who gets in or what they may: the password must have been given within 15 minutes. Never for keys. */
  proof?: boolean
}

type EndpointOptions<I extends z.ZodType, O extends z.ZodType> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** A noun under /api, with `{id}` for parameters: `/customers/{id}`. */
  path: `/${string}`
  summary: string
  description?: string
  tag: string
  may: Permission
  scope: DataScope
  rate?: RateClass
  once?: boolean
  edit?: boolean
  proof?: boolean
  /** Status of success; 200 unless told. */
  status?: number
  input: I
  output: O
}

/**
 * One endpoint of a module's contract, as data. REST, OpenAPI, the typed client and the authorization tests come of it.
 * Path parameters and query (GET, DELETE) or body (others) arrive as one input object.
 * A POST is `once` unless it says otherwise.
 */
export function endpoint<I extends z.ZodType, O extends z.ZodType>(options: EndpointOptions<I, O>) {
  const { method, path, summary, description, tag, status } = options
  const meta: EndpointMeta = {
    may: options.may,
    scope: options.scope,
    rate: options.rate ?? (method === 'GET' ? 'read' : 'write'),
    once: options.once ?? method === 'POST',
    edit: options.edit ?? false,
    proof: options.proof ?? false,
  }
  return oc
    .$meta<Partial<EndpointMeta>>({})
    .route({
      method,
      path,
      summary,
      description,
      tags: [tag],
      successStatus: status ?? 200,
      spec: (operation) => describeGuard(operation, meta),
    })
    .meta(meta)
    .input(options.input)
    .output(options.output)
}

/** Who may knock, where it is not both people and keys: the document says that once for all others. */
function securityOf({ may, proof }: EndpointMeta): { security?: Record<string, string[]>[] } {
  if (may === 'open') return { security: [] }
  return may === 'self' || proof || personal.test(may) ? { security: [{ session: [] }] } : {}
}

/** Permissions that no key can have: with them a stolen key could make itself a person or another key. */
export const personal = /^(staff|keys)\./

/** What the guard asks, in the operation's own words of OpenAPI. */
function describeGuard<T extends object>(operation: T, meta: EndpointMeta): T {
  const own = 'parameters' in operation && Array.isArray(operation.parameters) ? operation.parameters : []
  const header = (name: string, description: string) => ({
    in: 'header',
    name,
    required: true,
    schema: { type: 'string', maxLength: 255 },
    description,
  })
  return {
    ...operation,
    parameters: [
      ...own,
      ...(meta.once ? [header('Idempotency-Key', 'Any text of your own, the same for every try of this request')] : []),
      ...(meta.edit ? [header('If-Match', 'The version that the edit was made from, in quotes: "3"')] : []),
    ],
    'x-permission': meta.may,
    'x-data-scope': meta.scope,
    'x-rate-class': meta.rate,
    ...(meta.proof ? { 'x-proof': true } : {}),
    ...securityOf(meta),
  }
}
