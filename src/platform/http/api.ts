import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { type AnyProcedure, type AnyRouter, ORPCError } from '@orpc/server'
import { z } from 'zod'
import type { EndpointMeta } from '../contract/endpoint.ts'
import { personIn } from '../contract/of-person.ts'
import type { Module } from '../module.ts'
import { guard, networkOf } from './guard.ts'
import { once } from './once.ts'
import { refuseUnplain } from './plain-input.ts'
import { problemOf } from './problem.ts'
import type { RateLimits } from './rate.ts'
import type { Recorded, Recorder } from './record.ts'
import type { RequestContext } from './request.ts'

/** A request's answer, or undefined where no endpoint has this address. */
export type Api = (request: Request, ctx: RequestContext) => Promise<Response | undefined>

/** The endpoints of all modules behind one guard, under /api. What a verb throws becomes a problem here and nowhere else. */
export function createApi(modules: readonly Module[], rates: RateLimits, audit: Recorder): Api {
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
        context.request.route = procedure['~orpc'].route.path
        const meta = procedure['~orpc'].meta as Partial<EndpointMeta>
        if (!meta.may || !meta.scope) throw new Error(`${path.join('.')} declares no permission and scope`)
        const endpoint = recordedOf(path.join('.'), procedure)
        return audit.record(
          context,
          endpoint,
          input,
          async (context) => {
            guard(endpoint.meta, context, rates)
            refuseUnplain(input)
            const answer = meta.once
              ? await once(context, endpoint.action, input, (ctx) => next({ ...options, input, context: ctx }))
              : await next({ ...options, input, context })
            // A shop full of people who sign in from one address guesses nothing.
            if (meta.rate === 'guess') rates.giveBack('guess', networkOf(context.request.ip))
            return answer
          },
          rowsIn,
        )
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

const known = new WeakMap<AnyProcedure, Recorded>()

/** What the audit log needs to know of an endpoint: all of it stands in the contract. */
function recordedOf(action: string, procedure: AnyProcedure): Recorded {
  const cached = known.get(procedure)
  if (cached) return cached
  const { route, outputSchema } = procedure['~orpc']
  const meta = procedure['~orpc'].meta as EndpointMeta
  const shows = outputSchema instanceof z.ZodType ? personIn(outputSchema) : undefined
  const endpoint = { action, meta, looks: route.method === 'GET' || meta.rate === 'read', shows }
  known.set(procedure, endpoint)
  return endpoint
}

/** A list shows its items, anything else one. */
function rowsIn(answer: unknown): number {
  const items = typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : undefined
  return Array.isArray(items) ? items.length : 1
}
