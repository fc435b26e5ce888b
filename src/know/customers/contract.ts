import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { birthdayShape } from './birthday.ts'
import { fieldKey, genders, someValues, valueEdits } from './field.ts'

export { type Birthday, birthdayObjection, birthYears } from './birthday.ts'
export { birthdayText } from './birthday-text.ts'
export { type FieldKey, fieldGroups, fieldKeys, fieldOf, genders } from './field.ts'

const typedKind = z.enum(['phone', 'email', 'member'])

/** A customer as lists show it. A person without a name is called by `number`, phone or e-mail. */
export const customerRow = z.object({
  id: shape.id,
  name: z.string().nullable(),
  number: z.string().nullable(),
  gender: z.enum(genders).nullable(),
  birthday: birthdayShape.nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  country: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  createdAt: z.string(),
  version: shape.version,
  /** Further fields, where columns asked for them. */
  more: someValues.optional(),
})
export type CustomerRow = z.infer<typeof customerRow>

/** Columns of a list: what stands in the row, and any further field. */
export const customerColumn = z.enum([...fieldKey.options, 'number', 'phone', 'email', 'createdAt'])
export type CustomerColumn = z.infer<typeof customerColumn>

/** How a search found somebody. */
export const matchedBy = z.enum(['name', 'phone', 'email', 'number', 'order'])
export const foundCustomer = customerRow.extend({ matched: matchedBy })
export type FoundCustomer = z.infer<typeof foundCustomer>

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
  field: fieldKey,
  value: z.unknown(),
  origin: z.enum(['stated', 'observed', 'inferred', 'staff', 'import']),
})
export type CustomerValue = z.infer<typeof customerValue>

export const customerIdentifier = sayOf.extend({
  id: shape.id,
  kind: z.enum(['phone', 'email', 'member', 'buyer', 'openid', 'unionid', 'card']),
  scope: z.string(),
  value: z.string(),
  raw: z.string().nullable(),
})
export type CustomerIdentifier = z.infer<typeof customerIdentifier>

/** Everything that is said of a customer, by whom, and what is shown of it. */
export const customerPage = customerRow.extend({
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
  old: z.unknown(),
  new: z.unknown(),
  origin: z.string(),
  source,
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
})
export type CustomerChange = z.infer<typeof customerChange>

export const timelineFact = z.object({
  id: shape.id,
  at: z.string(),
  /** Its message is `fact.<kind>`, filled from `data`. */
  kind: z.string(),
  subjectId: z.number().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  historic: z.boolean(),
  data: z.record(z.string(), z.unknown()),
})
export type TimelineFact = z.infer<typeof timelineFact>

const personInput = z.object({
  values: someValues.default({}),
  phones: z.array(shape.text(40)).max(10).default([]),
  emails: z.array(shape.text(254)).max(10).default([]),
  member: shape.text(64).optional(),
})
export type PersonInput = z.infer<typeof personInput>

export const likeness = z.enum(['member', 'phone', 'email', 'name_birthday', 'name_city'])
export const likelySame = customerRow.extend({ reasons: z.array(likeness).min(1) })
export type LikelySame = z.infer<typeof likelySame>

const tag = 'Customers'
const one = z.object({ id: shape.id })

export const customersContract = {
  list: endpoint({
    method: 'GET',
    path: '/customers',
    summary: 'Customers, newest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ ...shape.pageInput, columns: z.array(customerColumn).max(30).optional() }),
    output: shape.pageOf(customerRow),
  }),
  search: endpoint({
    method: 'POST',
    path: '/customers/search',
    summary:
      'Find customers by name, pinyin, initials, phone or its last digits, e-mail, member number or order number',
    description: 'At most 50, the closest first. The text travels in the body because it names a person.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ text: shape.text(100), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.object({ items: z.array(foundCustomer) }),
  }),
  duplicates: endpoint({
    method: 'POST',
    path: '/customers/duplicates',
    summary: 'Who is probably the same person, and why',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: personInput,
    output: z.object({ items: z.array(likelySame) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/customers',
    summary: 'Add a customer by hand',
    description: 'Refused with `customers.duplicate` where somebody is probably the same person, unless `anyway`.',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    status: 201,
    input: personInput.extend({ anyway: z.boolean().default(false) }),
    output: customerPage,
  }),
  get: endpoint({
    method: 'GET',
    path: '/customers/{id}',
    summary: 'A customer with everything that is said of it, by whom and when',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: one,
    output: customerPage,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/customers/{id}',
    summary: 'Say some fields of a customer; what other sources say is kept',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, values: valueEdits }),
    output: customerPage,
  }),
  removeValue: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/values/{profileId}/{field}',
    summary: 'Remove what one source says of a field',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, profileId: shape.id, field: fieldKey }),
    output: customerPage,
  }),
  addIdentifier: endpoint({
    method: 'POST',
    path: '/customers/{id}/identifiers',
    summary: 'Add a phone, an e-mail address or a member number',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    status: 201,
    input: z.object({ id: shape.id, kind: typedKind, value: shape.text(254), anyway: z.boolean().default(false) }),
    output: customerPage,
  }),
  removeIdentifier: endpoint({
    method: 'DELETE',
    path: '/customers/{id}/identifiers/{identifierId}',
    summary: 'Remove a phone, an e-mail address or a number',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, identifierId: shape.id }),
    output: customerPage,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/customers/{id}/changes',
    summary: 'The history of what was said of a customer, newest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(customerChange),
  }),
  undo: endpoint({
    method: 'POST',
    path: '/customers/{id}/undos',
    summary: 'Undo a change: the old value is said again, as a new change',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    status: 201,
    input: z.object({ id: shape.id, changeId: shape.id }),
    output: customerPage,
  }),
  timeline: endpoint({
    method: 'GET',
    path: '/customers/{id}/timeline',
    summary: 'What happened with a customer, newest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(timelineFact),
  }),
}
