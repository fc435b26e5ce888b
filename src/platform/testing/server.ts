import type { Actor, Context } from '../context.ts'
import { createServer } from '../http/index.ts'
import type { Module } from '../module.ts'

export type TestServer = {
  /** A request under /api as the actor; a body is sent as JSON, `raw` as it is; POSTs get an Idempotency-Key unless one is given. */
  request(
    method: string,
    path: string,
    options?: { body?: unknown; raw?: string; headers?: Record<string, string>; as?: Actor },
  ): Promise<Answer>
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads the JSON that it expects
export type Answer = { status: number; body: any; headers: Headers }

/** The HTTP application of some modules without a port: a request in, an answer out. */
export function serverOf(ctx: Context, modules: readonly Module[], actor: Actor = ctx.actor): TestServer {
  let current: Actor | undefined = actor
  const app = createServer({
    modules,
    ctx,
    authenticate: async () => current,
    ipOf: () => '127.0.0.1',
    rateScale: 1000,
  })
  return {
    async request(method, path, options = {}) {
      current = options.as ?? actor
      const answer = await app.request(`/api${path}`, {
        method,
        headers: {
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
          ...options.headers,
        },
        body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      })
      const text = await answer.text()
      const json = answer.headers.get('content-type')?.includes('json')
      return { status: answer.status, body: json && text ? JSON.parse(text) : text, headers: answer.headers }
    },
  }
}

/** A member of staff for tests, with these permissions and all rows unless told. */
export function staffActor(permissions: string[], options: Partial<Actor> = {}): Actor {
  return {
    kind: 'staff',
    id: 1,
    label: 'staff:1',
    permissions: new Set(permissions),
    scope: { kind: 'all' },
    locale: 'en',
    provedAt: new Date(8.64e15), // the password is always just given
    ...options,
  }
}
