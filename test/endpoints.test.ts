import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { openApiOf } from '#app/openapi.ts'
import { permissionsOf, roles } from '#know/staff/index.ts'
import { readConfig } from '#platform/config.ts'
import type { EndpointMeta } from '#platform/contract/index.ts'

const modules = modulesOf(readConfig({}))

type Entry = { name: string; method: string; path: string; meta: Partial<EndpointMeta> }

const endpoints: Entry[] = modules.flatMap((module) => [
  ...Object.entries((module.api?.contract ?? {}) as Record<string, unknown>).flatMap(([key, value]) => {
    if (!isContractProcedure(value)) return []
    const { route, meta } = value['~orpc']
    return [
      {
        name: `${module.name}.${key}`,
        method: route.method ?? '',
        path: route.path ?? '',
        meta: meta as Partial<EndpointMeta>,
      },
    ]
  }),
  ...(module.streams ?? []).map((stream) => ({
    name: `${module.name} ${stream.path}`,
    method: stream.method,
    path: stream.path,
    meta: stream.meta,
  })),
])

test('every endpoint says who may call it, which rows it touches and how often', () => {
  expect(endpoints.length).toBeGreaterThan(40)
  for (const { name, meta } of endpoints) {
    expect(meta.may, name).toMatch(/^(open|self|[a-z]+\.[a-z]+)$/)
    expect(['none', 'rows', 'all'], name).toContain(meta.scope)
    expect(['read', 'write', 'heavy', 'guess'], name).toContain(meta.rate)
  }
})

test('every permission that an endpoint asks for is held by the owner, and by no role that nobody meant', () => {
  const asked = new Set(endpoints.map(({ meta }) => meta.may!).filter((may) => may.includes('.')))
  const owner = new Set(permissionsOf('owner'))
  for (const permission of asked) expect(owner.has(permission), permission).toBe(true)
  for (const role of roles)
    for (const permission of permissionsOf(role)) expect(owner.has(permission), `${role}: ${permission}`).toBe(true)
})

test('what a stranger may call is this and no more', () => {
  expect(
    endpoints
      .filter(({ meta }) => meta.may === 'open')
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toMatchInlineSnapshot(`
    [
      "DELETE /session",
      "GET /session",
      "POST /links/lookups",
      "POST /links/uses",
      "POST /session",
      "POST /session/second-step",
      "POST /setup",
    ]
  `)
})

test('whoever guesses is slowed: every open endpoint that takes a secret', () => {
  for (const { name, method, meta } of endpoints) {
    if (meta.may === 'open' && method !== 'GET' && method !== 'DELETE') expect(meta.rate, name).toBe('guess')
  }
})

test('no two endpoints share an address, and no address holds a person’s data', () => {
  const addresses = endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}|:\w+/g, '{}')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
  for (const { path } of endpoints) expect(path).not.toMatch(/\{(phone|email|name|token)\}/)
})

test('the OpenAPI document has every endpoint, with its permission', async () => {
  const document = await openApiOf(modules)
  for (const { method, path, meta, name } of endpoints) {
    const operation =
      document.paths?.[path.replaceAll(/:(\w+)/g, '{$1}') as `/${string}`]?.[method.toLowerCase() as 'get']
    expect(operation, name).toMatchObject({
      'x-permission': meta.may,
      'x-data-scope': meta.scope,
      summary: expect.any(String),
    })
  }
  expect(document.openapi).toMatch(/^3\.1/)
})
