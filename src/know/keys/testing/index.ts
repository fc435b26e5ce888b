import { shops } from '#know/shops/index.ts'
import { authenticate, staff } from '#know/staff/index.ts'
import { createServer } from '#platform/http/index.ts'
import type { Answer, TestContext } from '#platform/testing/index.ts'
import { keyAuthentication, keys } from '../index.ts'

export type Process = {
  /** A request under /api with these headers. */
  ask(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer>
}

/** A server of the house that knows sessions and keys, as one of several processes on the same records. */
export function aProcess(ctx: TestContext, options: { rateScale?: number; ip?: string } = {}): Process {
  const byKey = keyAuthentication()
  const app = createServer({
    modules: [shops, staff, keys],
    ctx,
    authenticate: async (ctx, headers, guess) => (await byKey(ctx, headers, guess)) ?? authenticate(ctx, headers),
    ipOf: (request) => request.headers.get('x-test-ip') ?? options.ip ?? '127.0.0.1',
    rateScale: options.rateScale ?? 1000,
  })
  return {
    async ask(method, path, headers, body) {
      const answer = await app.request(`/api${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await answer.text()
      return { status: answer.status, body: text ? JSON.parse(text) : '', headers: answer.headers }
    },
  }
}

/** The header with which a program sends its key. */
export function bearing(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` }
}
