import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Actor, type Context, nobody } from '../context.ts'
import { localeOf } from '../i18n/index.ts'
import { faultOf } from '../log.ts'
import type { Module, StreamRoute } from '../module.ts'
import { createApi } from './api.ts'
import { guard } from './guard.ts'
import { headers } from './headers.ts'
import { problem, problemOf } from './problem.ts'
import { rateLimits } from './rate.ts'
import type { RequestContext } from './request.ts'

export type ServeOptions = {
  modules: readonly Module[]
  /** The context of the house; each request gets it with its own actor. */
  ctx: Context
  /** Who sends these headers, by session cookie or key. */
  authenticate(ctx: Context, headers: Headers): Promise<Actor | undefined>
  /** The peer's address of a request. */
  ipOf(request: Request, env: unknown): string
  /** Whether the browser speaks https, to us or to a trusted proxy; no unless told. */
  isHttps?(request: Request): boolean
  /** Multiplies the rate limits; tests that hammer set it high. */
  rateScale?: number
  /** Told of every answer, those of pages included: for metrics. */
  observe?(answered: { method: string; status: number; seconds: number }): void
}

type Env = { Variables: { ctx: RequestContext } }

/** The HTTP application: secure headers, who is asking, the API of all modules. Pages are mounted on it by `app`. */
export function createServer(options: ServeOptions): Hono<Env> {
  const rates = rateLimits(() => options.ctx.clock.machine().getTime(), options.rateScale)
  const api = createApi(options.modules, rates)
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    options.observe?.({ method: c.req.method, status: c.res.status, seconds: (performance.now() - began) / 1000 })
  })
  app.use(headers())
  app.use('/api/*', async (c, next) => {
    const ctx = await requestContext(options, c.req.raw, c.env)
    c.set('ctx', ctx)
    if (foreign(c.req.raw))
      return answer(ctx, problem(403, 'http.origin', ctx.actor.locale as never, ctx.request.requestId))
    await next()
    for (const [name, value] of ctx.answer) c.res.headers.append(name, value)
    c.res.headers.set('x-request-id', ctx.request.requestId)
    c.res.headers.set('cache-control', 'no-store')
  })
  for (const route of options.modules.flatMap((module) => module.streams ?? [])) {
    app.on(route.method, `/api${route.path}`, async (c) => {
      const ctx = c.get('ctx')
      return stream(route, ctx, c.req.raw, c.req.param() as Record<string, string>, rates)
    })
  }
  app.all(
    '/api/*',
    bodyLimit({
      maxSize: 1_000_000,
      onError: (c) => {
        const ctx = c.get('ctx') as RequestContext
        return answer(ctx, problem(413, 'http.too_large', ctx.actor.locale as never, ctx.request.requestId))
      },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      return (
        (await api(c.req.raw, ctx)) ??
        answer(ctx, problem(404, 'http.not_found', ctx.actor.locale as never, ctx.request.requestId))
      )
    },
  )
  app.onError((error, c) => {
    const ctx = c.get('ctx')
    if (ctx) return answer(ctx, problemOf(error, ctx))
    // Before it was known who asks: the records did not answer.
    const requestId = crypto.randomUUID()
    options.ctx.log.error({ requestId, ...faultOf(error) }, 'bug')
    if (!c.req.path.startsWith('/api/')) return c.text('Internal error', 500)
    const locale = localeOf(c.req.header('accept-language'))
    return answer({ request: { requestId } }, problem(500, 'http.bug', locale, requestId))
  })
  return app
}

async function stream(
  route: StreamRoute,
  ctx: RequestContext,
  request: Request,
  params: Record<string, string>,
  rates: ReturnType<typeof rateLimits>,
): Promise<Response> {
  try {
    guard(route.meta, ctx, rates)
    const length = Number(request.headers.get('content-length') ?? 0)
    if (route.maxBytes && length > route.maxBytes) {
      return answer(ctx, problem(413, 'http.too_large', ctx.actor.locale as never, ctx.request.requestId))
    }
    return await route.handle(ctx, request, params)
  } catch (error) {
    return answer(ctx, problemOf(error, ctx))
  }
}

async function requestContext(options: ServeOptions, request: Request, env: unknown): Promise<RequestContext> {
  const { ctx } = options
  const actor =
    (await options.authenticate(ctx, request.headers)) ?? nobody(localeOf(request.headers.get('accept-language')))
  const match = /^"(\d{1,15})"$/.exec(request.headers.get('if-match') ?? '')
  const requestId = crypto.randomUUID()
  return {
    ...ctx,
    actor,
    log: ctx.log.child({ requestId }),
    request: {
      requestId,
      headers: request.headers,
      ip: options.ipOf(request, env),
      https: options.isHttps?.(request) ?? false,
      ifMatch: match ? Number(match[1]) : undefined,
    },
    answer: new Headers(),
  }
}

/** Whether a browser sends this for a page of another site. Clients that are not browsers send neither header. */
function foreign(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const site = request.headers.get('sec-fetch-site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const origin = request.headers.get('origin')
  return origin !== null && URL.parse(origin)?.host !== request.headers.get('host')
}

function answer(ctx: { request: { requestId: string } }, body: { status: number }): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', 'x-request-id': ctx.request.requestId },
  })
}
