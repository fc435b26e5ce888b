import { writeBatches } from '#know/behaviour/index.ts'
import { createServer } from '#platform/http/index.ts'
import type { TestContext } from '#platform/testing/index.ts'
import { ingestAt, makeWriteKey, workOff } from '../index.ts'

export type Sender = {
  key: string
  keyId: number
  sourceId: number
  /** A request at the door. A body that is no text is sent as JSON, with the key as Segment's clients send it. */
  send(
    type: string,
    body: unknown,
    options?: { method?: string; headers?: Record<string, string>; key?: string },
  ): Promise<{ status: number; headers: Headers; body: { success?: boolean; code?: string } }>
  /** Messages as a batch. */
  batch(...messages: object[]): ReturnType<Sender['send']>
}

/** A program of the shop that sends, with a key of its own. */
export async function aSender(
  ctx: TestContext,
  options: { place?: 'server' | 'browser'; orders?: boolean; ip?: string } = {},
): Promise<Sender> {
  const { place = 'server', orders = true } = options
  const { key, id, source } = await makeWriteKey(ctx, { name: 'Web shop', shopId: 1, place, orders })
  const app = createServer({
    modules: [ingestAt('/collect')],
    ctx,
    authenticate: async () => undefined,
    ipOf: () => options.ip ?? '203.0.113.7',
  })
  const send: Sender['send'] = async (type, body, { method = 'POST', headers = {}, key: other = key } = {}) => {
    const answer = await app.request(type.startsWith('/') ? type : `/v1/${type}`, {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${other}:`).toString('base64')}`,
        ...headers,
      },
      body:
        method === 'POST'
          ? typeof body === 'string' || body instanceof Uint8Array
            ? (body as string)
            : JSON.stringify(body)
          : undefined,
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} }
  }
  return { key, keyId: id, sourceId: source.id, send, batch: (...batch) => send('batch', { batch }) }
}

/** Works off all that came in, up to the columns. */
export async function settle(ctx: TestContext): Promise<void> {
  while (await workOff(ctx)) {}
  while (await writeBatches(ctx)) {}
}

/** Rows of the columns. */
export async function rowsOf<T = Record<string, unknown>>(ctx: TestContext, query: string): Promise<T[]> {
  return (await ctx.columns.query({ query, format: 'JSONEachRow' })).json<T>()
}
