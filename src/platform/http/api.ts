import { OpenAPIHandler } from '@orpc/openapi/fetch'
import type { AnyRouter } from '@orpc/server'
import type { EndpointMeta } from '../contract/endpoint.ts'
import type { Module } from '../module.ts'
import { guard } from './guard.ts'
import { once } from './once.ts'
import { problemOf } from './problem.ts'
import type { RateLimits } from './rate.ts'
import type { RequestContext } from './request.ts'

/** A request's answer, or undefined where no endpoint has this address. */
export type Api = (request: Request, ctx: RequestContext) => Promise<Response | undefined>

/** The endpoints of all modules behind one guard, under /api. What a verb throws becomes a problem here and nowhere else. */
export function createApi(modules: readonly Module[], rates: RateLimits): Api {
  const router: Record<string, AnyRouter> = {}
  for (const { name, api } of modules) if (api) router[name] = api.router

  const handler = new OpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          const problem = problemOf(error, context)
          return {
            matched: true,
            response: {
              status: problem.status,
              headers: { 'content-type': 'application/problem+json' },
              body: problem,
            },
          }
        }
      },
    ],
    clientInterceptors: [
      async ({ next, ...options }) => {
        const { context, procedure, path, input } = options
        const meta = procedure['~orpc'].meta as Partial<EndpointMeta>
        if (!meta.may || !meta.scope) throw new Error(`${path.join('.')} declares no permission and scope`)
        guard(meta as EndpointMeta, context, rates)
        if (!meta.once) return next(options)
        return once(context, path.join('.'), input, (ctx) => next({ ...options, context: ctx }))
      },
    ],
  })

  return async (request, context) => {
    const result = await handler.handle(request, { prefix: '/api', context })
    return result.matched ? result.response : undefined
  }
}
