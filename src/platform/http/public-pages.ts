import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Module } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './guard.ts'
import { nonceOf } from './headers.ts'
import { problemOf } from './problem.ts'
import type { RateLimits } from './rate.ts'
import type { Recorder } from './record.ts'
import type { RequestContext } from './request.ts'
import type { Env } from './serve.ts'

/**
 * Mounts the pages of customers. Who asks is nobody, whatever cookies come along. An act is an entry in the audit log by `customer`;
 * a token that is none of ours counts as a guess. Mailbox providers end subscriptions for many people from few addresses, so acts
 * count as reads do.
 */
export function mountPublic(
  app: Hono<Env>,
  modules: readonly Module[],
  {
    contextOf,
    rates,
    audit,
  }: {
    contextOf: (request: Request, env: unknown) => RequestContext
    rates: RateLimits
    audit: Recorder
  },
): void {
  for (const { module, route } of modules.flatMap(({ name, public: routes = [] }) =>
    routes.map((route) => ({ module: name, route })),
  )) {
    const endpoint = {
      action: `${module}.${route.name}`,
      meta: { may: 'open', scope: 'none', rate: 'read', once: false, edit: false },
      looks: route.method === 'GET',
    } as const
    app.on(route.method, route.path, bodyLimit({ maxSize: 16_000 }), async (c) => {
      c.set('door', { path: route.path }) // its name in logs: the address holds the token
      const ctx = contextOf(c.req.raw, c.env)
      ctx.actor = { ...ctx.actor, label: 'customer' }
      const from = networkOf(ctx.request.ip)
      try {
        rates.take('read', from)
        const answer = await audit.record(
          ctx,
          endpoint,
          {},
          (ctx) => route.handle(ctx, c.req.raw, c.req.param() as Record<string, string>, nonceOf(c)),
          () => 0,
        )
        return alone(answer)
      } catch (error) {
        const problem = problemOf(guessed(error, rates, from), ctx)
        for (const [name, value] of ctx.answer) c.header(name, value)
        return alone(await c.html(refused(ctx.actor.locale, problem.title), problem.status as 404))
      }
    })
  }

  /** Kept by nobody, found by no search engine. */
  function alone(answer: Response): Response {
    answer.headers.set('cache-control', 'no-store')
    answer.headers.set('x-robots-tag', 'noindex, nofollow')
    return answer
  }

  /** Who tries tokens is slowed down. */
  function guessed(error: unknown, rates: RateLimits, from: string): unknown {
    if (!(error instanceof Refusal) || error.kind !== 'not_found') return error
    try {
      rates.take('guess', from)
      return error
    } catch (tooMany) {
      return tooMany
    }
  }

  function refused(locale: string, title: string) {
    return html`<!doctype html>
      <html lang="${locale}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
        </head>
        <body>
          <main><h1>${title}</h1></main>
        </body>
      </html>`
  }
}
