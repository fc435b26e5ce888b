import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { type AnyRouter, ORPCError } from '@orpc/server'
import type { EndpointMeta } from '../contract/endpoint.ts'
import type { Module } from '../module.ts'
import { guard } from './guard.ts'
import { once } from './once.ts'
import { refuseUnplain } from './plain-input.ts'
import { problemOf } from './problem.ts'
import type { RateLimits } from './rate.ts'
import type { RequestContext } from './request.ts'

/** A request's answer, or undefined where no endpoint has this address. */
export type Api = (request: Request, ctx: RequestContext) => Promise<Response | undefined>

/** The endpoints of all modules behind one guard, under /api. What a verb throws becomes a problem here and nowhere else. */
export function createApi(modules: readonly Module[], rates: RateLimits): Api {
  const router: Record<string, AnyRouter> = {}
  for (const { name, api } of modules) if (api) router[name] = api.router

  const called = new WeakSet<RequestContext>()
  const handler = new OpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          // What failed before the endpoint was called is the request's own form: broken JSON, a wrong content type.
          const problem = problemOf(
            called.has(context) ? error : new ORPCError('BAD_REQUEST', { cause: error }),
            context,
          )
          return { matched: true, response: { status: problem.status, headers: {}, body: problem } }
        }
      },
    ],
    clientInterceptors: [
      async ({ next, ...options }) => {
        const { context, procedure, path } = options
        const input = options.input ?? {}
        called.add(context)
        const meta = procedure['~orpc'].meta as Partial<EndpointMeta>
        if (!meta.may || !meta.scope) throw new Error(`${path.join('.')} declares no permission and scope`)
        guard(meta as EndpointMeta, context, rates)
        refuseUnplain(input)
        if (!meta.once) return next({ ...options, input })
        return once(context, path.join('.'), input, (ctx) => next({ ...options, input, context: ctx }))
      },
    ],
  })

  return async (request, context) => {
    const result = await handler.handle(request, { prefix: '/api', context })
    if (result.matched && result.response.status >= 400)
      result.response.headers.set('content-type', 'application/problem+json')
    return result.matched ? result.response : undefined
  }
}
