import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { modulesOf } from '#app/modules.ts'
import { readConfig } from '#platform/config.ts'

// What anybody may send has an end: no text, list or map of an input without one.

type Schema = {
  type?: string | string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  items?: Schema
  prefixItems?: Schema[]
  enum?: unknown[]
  const?: unknown
  maxLength?: number
  maxItems?: number
  pattern?: string
  format?: string
  $ref?: string
}

/** Patterns that end, as `^\d{4}$`: none may go on for ever. */
const endless = /(?<!\\)[*+](?!\?)|\{\d+,\}/

function unbounded(schema: Schema, path: string): string[] {
  const within = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const found = within.flatMap((one) => unbounded(one, path))
  if (schema.type === 'string') {
    const closed = schema.enum ?? schema.const ?? schema.maxLength
    if (closed === undefined && (!schema.pattern || endless.test(schema.pattern))) found.push(path)
  }
  if (schema.type === 'array') {
    if (schema.items && schema.maxItems === undefined) found.push(`${path}[]`)
    for (const one of [...(schema.items ? [schema.items] : []), ...(schema.prefixItems ?? [])])
      found.push(...unbounded(one, `${path}[]`))
  }
  for (const [name, one] of Object.entries(schema.properties ?? {})) found.push(...unbounded(one, `${path}.${name}`))
  if (typeof schema.additionalProperties === 'object')
    found.push(...unbounded(schema.additionalProperties, `${path}.*`))
  return found
}

/** Takes a handful of words and nothing else, which the schema does not tell. */
const words = new Set(['reviews.list.unanswered'])

test('every text and every list that an endpoint takes has an end', () => {
  const found = modulesOf(readConfig({})).flatMap(({ name, api }) =>
    Object.entries(api?.contract ?? {}).flatMap(([verb, endpoint]) => {
      const input = isContractProcedure(endpoint) ? endpoint['~orpc'].inputSchema : undefined
      if (!(input instanceof z.ZodType)) return []
      const schema = z.toJSONSchema(input, {
        io: 'input',
        unrepresentable: 'any',
        cycles: 'ref',
        reused: 'inline',
      }) as Schema
      return unbounded(schema, `${name}.${verb}`)
    }),
  )
  expect(found.filter((path) => !words.has(path))).toEqual([])
})
