import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type Actor, type Context, nobody } from '../context.ts'
import { localeOf } from '../i18n/index.ts'
import { faultOf } from '../log.ts'
import type { Door, Module, StreamRoute } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type Answered, answeredOf, logAnswer } from './answered.ts'
import { createApi } from './api.ts'
import { guard, networkOf } from './guard.ts'
import { headers } from './headers.ts'
import { problem, problemOf } from './problem.ts'
import { mountPublic } from './public-pages.ts'
import { rateLimits } from './rate.ts'
import { type Recorder, recorder } from './record.ts'
import type { RequestContext } from './request.ts'

export type ServeOptions = {
  modules: readonly Module[]
  /** The context of the house; each request gets it with its own actor. */
  ctx: Context
  /** Who sends these headers, by session cookie or key. @throws Refusal where they carry a key that opens nothing */
  authenticate(ctx: Context, headers: Headers, guess: Guess): Promise<Actor | undefined>
  /** The peer's address of a request. */
  ipOf(request: Request, env: unknown): string
  /** Whether the browser speaks https, to us or to a trusted proxy; no unless told. */
  isHttps?(request: Request): boolean
  /** Multiplies the rate limits; tests that hammer set it high. */
  rateScale?: number
  /** Writes requests to the audit log; one of its own unless told. */
  recorder?: Recorder
  /** Told of every answer, those of pages included: for metrics. */
  observe?(answered: Answered): void
}

/** The count of secrets tried from one address. A try is counted before it is looked up, and taken back where it was right. */
export type Guess = {
  /** @throws Refusal `http.too_many` */
  count(): void
  wasRight(): void
}

/** `door`: what stands outside of /api, by its pattern. */
export type Env = { Variables: { ctx: RequestContext; door?: Pick<Door, 'path' | 'quiet'> } }

/** The HTTP application: secure headers, who is asking, the API of all modules. Pages are mounted on it by `app`. */
export function createServer(options: ServeOptions): Hono<Env> {
  const rates = rateLimits(() => options.ctx.clock.machine().getTime(), options.rateScale)
  const audit = options.recorder ?? recorder()
  const api = createApi(options.modules, rates, audit)
  const app = new Hono<Env>()

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    const ctx = c.get('ctx') as RequestContext | undefined
    const seconds = (performance.now() - began) / 1000
    const door = c.get('door')
    const told = { method: c.req.method, path: c.req.path, status: c.res.status, seconds, door: door?.path }
    const answered = answeredOf(told, ctx)
    options.observe?.(answered)
    logAnswer(options.ctx.log, answered, ctx, door?.quiet)
  })
  // Before the house's own headers: a door is asked from other sites, and says itself who may read its answers.
  for (const door of options.modules.flatMap(({ doors = [] }) => doors)) {
    app.all(door.path, (c) => {
      c.set('door', door)
      const { raw } = c.req
      return door.handle(options.ctx, raw, { ip: options.ipOf(raw, c.env), https: options.isHttps?.(raw) ?? false })
    })
  }
  app.use(headers())
  app.use('/api/*', async (c, next) => {
    const ctx = requestContext(options, c.req.raw, c.env)
    c.set('ctx', ctx)
    const refused = await recognise(options, ctx, rates, audit)
    if (foreign(c.req.raw))
      return answer(ctx, problem(403, 'http.origin', ctx.actor.locale as never, ctx.request.requestId))
    if (refused) c.res = refused
    else await next()
    for (const [name, value] of ctx.answer) c.res.headers.append(name, value)
    c.res.headers.set('x-request-id', ctx.request.requestId)
    c.res.headers.set('cache-control', 'no-store')
  })
  for (const { name, route } of options.modules.flatMap(({ name, streams = [] }) =>
    streams.map((route) => ({ name, route })),
  )) {
    const endpoint = {
      action: `${name}.${lastWord(route.path)}`,
      meta: route.meta,
      looks: route.method === 'GET',
      shows: route.shows,
    }
    app.on(route.method, `/api${route.path}`, async (c) => {
      const ctx = c.get('ctx')
      ctx.request.route = route.path.replaceAll(/:(\w+)/g, '{$1}')
      const params = c.req.param() as Record<string, string>
      return stream(route, ctx, c.req.raw, params, rates, (work) => audit.record(ctx, endpoint, params, work, () => 1))
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
  mountPublic(app, options.modules, {
    contextOf: (request, env) => requestContext(options, request, env),
    rates,
    audit,
  })
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
  recorded: (work: (ctx: RequestContext) => Promise<Response>) => Promise<Response>,
): Promise<Response> {
  try {
    const length = Number(request.headers.get('content-length') ?? 0)
    return await recorded(async (ctx) => {
      guard(route.meta, ctx, rates)
      if (route.maxBytes && length > route.maxBytes) throw new Refusal('too_large', 'http.too_large')
      return route.handle(ctx, request, params)
    })
  } catch (error) {
    return answer(ctx, problemOf(error, ctx))
  }
}

/** Sets who it is that asks. @returns the answer, where a key opens nothing */
async function recognise(
  options: ServeOptions,
  ctx: RequestContext,
  rates: ReturnType<typeof rateLimits>,
  audit: Recorder,
): Promise<Response | undefined> {
  const from = networkOf(ctx.request.ip)
  try {
    const actor = await options.authenticate(options.ctx, ctx.request.headers, {
      count: () => rates.take('guess', from),
      wasRight: () => rates.giveBack('guess', from),
    })
    if (actor) ctx.actor = actor
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await audit.refuse(ctx, 'keys.open', error)
    return answer(ctx, problemOf(error, ctx))
  }
}

/** The request's own context, of nobody as yet. */
function requestContext(options: ServeOptions, request: Request, env: unknown): RequestContext {
  const { ctx } = options
  const match = /^"(\d{1,15})"$/.exec(request.headers.get('if-match') ?? '')
  const requestId = crypto.randomUUID()
  return {
    ...ctx,
    actor: nobody(localeOf(request.headers.get('accept-language'))),
    log: ctx.log.child({ requestId }),
    request: {
      requestId,
      headers: request.headers,
      gone: request.signal,
      ip: options.ipOf(request, env),
      https: options.isHttps?.(request) ?? false,
      ifMatch: match ? Number(match[1]) : undefined,
    },
    answer: new Headers(),
  }
}

/** The name of a stream in the audit log: `export` of /customers/export, `unusable` of /imports/:id/unusable. */
function lastWord(path: string): string {
  return path.split('/').findLast((part) => part && !part.startsWith(':')) ?? path
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
