import type { AnyContractRouter } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Module } from '#platform/module.ts'

export type OpenApi = Awaited<ReturnType<OpenAPIGenerator['generate']>>

/** The OpenAPI 3.1 document of all modules' endpoints, streams included. */
export async function openApiOf(modules: readonly Module[]): Promise<OpenApi> {
  const router: Record<string, AnyContractRouter> = {}
  for (const { name, api } of modules) if (api) router[name] = api.contract
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(router, {
    info: {
      title: 'Regulars',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Amounts are whole minor units of the merchant’s currency; instants are ISO 8601 in UTC; days are calendar days of the shop’s zone. ' +
        'Errors are problem details (RFC 9457) with a stable `code`. ' +
        'People sign in and have a cookie; programs send `Authorization: Bearer` with a key (Settings → API keys, or `regulars api-key add`).',
    },
    servers: [{ url: '/api' }],
    security: [{ session: [] }, { key: [] }],
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'regulars_session',
          description: 'Of `POST /session`. Over https its name is `__Host-regulars_session`.',
        },
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'reg_live_…',
          description:
            'An API key. It may what its maker may, as far as it was given; never staff, keys or what is personal.',
        },
      },
      schemas: { Problem: problemSchema },
    },
  })
  for (const route of modules.flatMap((module) => module.streams ?? [])) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}') as `/${string}`
    document.paths ??= {}
    document.paths[path] = {
      ...document.paths[path],
      [route.method.toLowerCase()]: {
        operationId: `${route.tag}.${route.method.toLowerCase()}${path.replaceAll(/[^a-z]+/gi, '.')}`,
        summary: route.summary,
        tags: [route.tag],
        parameters: [...route.path.matchAll(/:(\w+)/g)].map((match) => ({
          in: 'path',
          name: match[1]!,
          required: true,
          schema: { type: 'string' },
        })),
        responses: { 200: { description: 'OK' } },
        'x-permission': route.meta.may,
        'x-data-scope': route.meta.scope,
        'x-rate-class': route.meta.rate,
      },
    }
  }
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations ?? {})) {
      if (typeof operation !== 'object' || !('responses' in operation)) continue
      operation.responses = {
        ...operation.responses,
        default: {
          description: 'What happened, and where',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      }
    }
  }
  return document
}

const problemSchema = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const, description: 'in the reader’s language' },
    status: { type: 'integer' as const },
    code: { type: 'string' as const, description: 'stable; the key to handle it by' },
    instance: { type: 'string' as const, description: 'the request’s number' },
    params: { type: 'object' as const, additionalProperties: true },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          pointer: { type: 'string' as const },
          code: { type: 'string' as const },
          message: { type: 'string' as const },
        },
      },
    },
  },
}
