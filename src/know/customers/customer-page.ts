import { z } from 'zod'
import { ofPerson, shape } from '#platform/contract/index.ts'
import { customerRow } from './customer-row.ts'
import { anyField } from './field.ts'
import { identifierKinds } from './identifier-kind.ts'

const source = z.object({ id: z.number(), code: z.string(), name: z.string(), kind: z.string() })
export type Source = z.infer<typeof source>

/** Why the shown value is the shown one: no other, a better source, or the newest of equal sources. */
export const chosenWhy = z.enum(['only', 'source', 'newest'])

export const sayOf = z.object({
  profileId: shape.id,
  source,
  /** `staff:12`, `import:3`; `actorName` where it is a person who works here. */
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
  /** Present on the value that is shown. */
  chosen: chosenWhy.optional(),
})

export const customerValue = sayOf.extend({
  field: anyField,
  value: ofPerson('customers', z.unknown()),
  origin: z.enum(['stated', 'observed', 'inferred', 'staff', 'import']),
  masked: z.boolean().optional(),
})
export type CustomerValue = z.infer<typeof customerValue>

export const customerIdentifier = sayOf.extend({
  id: shape.id,
  kind: z.enum(identifierKinds),
  scope: z.string(),
  /** Of several people, as staff say: it ties nobody together. */
  shared: z.boolean(),
  value: ofPerson('customers', z.string()),
  raw: z.string().nullable(),
  masked: z.boolean().optional(),
})
export type CustomerIdentifier = z.infer<typeof customerIdentifier>

/** Everything that is said of a customer, by whom, and what is shown of it. */
export const customerPage = customerRow.extend({
  /** Where the person is, read from what is said, in the reader's language: 浙江 杭州 西湖区. */
  region: z.string().nullable(),
  /** Of each field the shown value first, then by trust and age. */
  values: z.array(customerValue),
  identifiers: z.array(customerIdentifier),
  profiles: z.array(z.object({ id: shape.id, source, externalId: z.string(), createdAt: z.string() })),
})
export type CustomerPage = z.infer<typeof customerPage>

export const customerChange = z.object({
  id: shape.id,
  profileId: shape.id,
  /** A field, or the kind of an identifier. */
  field: z.string(),
  old: ofPerson('customers', z.unknown()),
  new: z.unknown(),
  masked: z.boolean().optional(),
  origin: z.string(),
  source,
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
})
export type CustomerChange = z.infer<typeof customerChange>
