import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'
import { customerChange, customerIdentifier, customerPage, customerValue } from './customer-page.ts'
import { anyColumn, customerRow, foundCustomer } from './customer-row.ts'
import { anyField, sightKinds, someValues, valueEdits } from './field.ts'
import { typedKinds } from './identifier-kind.ts'
import { timelineFact, timelineFilter } from './timeline-fact.ts'

export { type Birthday, birthdayObjection, birthYears } from './birthday.ts'
export { birthdayText } from './birthday-text.ts'
export {
  type CustomerChange,
  type CustomerIdentifier,
  type CustomerPage,
  type CustomerValue,
  customerIdentifier,
  type Source,
} from './customer-page.ts'
export {
  type AnyColumn,
  anyColumn,
  type CustomerColumn,
  type CustomerRow,
  customerColumn,
  customerRow,
  type FoundCustomer,
  type MaskedBirthday,
} from './customer-row.ts'
export { type FactGroup, factGroups, timelineGroups } from './fact-group.ts'
export {
  type AnyField,
  anyField,
  type FieldKey,
  fieldGroups,
  fieldKeys,
  fieldOf,
  genders,
  type SightKind,
} from './field.ts'
export { type IdentifierKind, scopedKinds, sharableKinds, type TypedKind, typedKinds } from './identifier-kind.ts'
export { type TimelineFact, timelineFact, timelineFilter } from './timeline-fact.ts'

const typedKind = z.enum(typedKinds)

/** Who looked after a customer, and who from then on. */
export const ownerChange = z.object({
  id: shape.id,
  fromId: z.number().nullable(),
  toId: z.number().nullable(),
  note: z.string().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  at: z.string(),
})
export type OwnerChange = z.infer<typeof ownerChange>

const personInput = z.object({
  values: someValues.default({}),
  phones: z.array(shape.text(40)).max(10).default([]),
  emails: z.array(shape.text(254)).max(10).default([]),
  member: shape.text(64).optional(),
})
export type PersonInput = z.infer<typeof personInput>

export const likeness = z.enum([...typedKinds, 'name_birthday', 'name_city', 'alike'])
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
    input: z.object({ ...shape.pageInput, columns: z.array(anyColumn).max(60).optional() }),
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
    description:
      'The id of a customer who was merged leads to the one that stayed: the `id` of the answer is then another.',
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
    input: z.object({ id: shape.id, profileId: shape.id, field: anyField }),
    output: customerPage,
  }),
  addIdentifier: endpoint({
    method: 'POST',
    path: '/customers/{id}/identifiers',
    summary: 'Add a phone, an e-mail address or a number',
    description:
      'An id of a platform stands in a `scope`: the app of an openid, the account of a unionid, the enterprise, the marketplace.',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    status: 201,
    input: z.object({
      id: shape.id,
      kind: typedKind,
      scope: shape.text(64).optional(),
      value: shape.text(254),
      anyway: z.boolean().default(false),
    }),
    output: customerPage,
  }),
  shareIdentifier: endpoint({
    method: 'PUT',
    path: '/customers/{id}/identifiers/{identifierId}/shared',
    summary: 'Say that a phone or an address is of several people, as a family’s; it ties nobody together then',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, identifierId: shape.id, shared: z.boolean() }),
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
    input: z.object({ id: shape.id, ...timelineFilter, ...shape.pageInput }),
    output: shape.pageOf(timelineFact),
  }),
  findInTimeline: endpoint({
    method: 'POST',
    path: '/customers/{id}/timeline/search',
    summary: 'What happened with a customer, as far as it tells of some words',
    description:
      'Looks through sentences, what was said, and names of colleagues, as the reader is shown them. A page may be short while more follow (`next`). The words travel in the body because they may name a person.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({
      id: shape.id,
      ...timelineFilter,
      text: shape.text(100),
      limit: z.number().int().min(1).max(100).default(20),
      after: z.string().max(1000).optional(),
    }),
    output: shape.pageOf(timelineFact),
  }),
  reveal: endpoint({
    method: 'POST',
    path: '/customers/{id}/reveals',
    summary: 'One kind of personal data of one customer, whole; for roles that see it masked and may ask',
    description: 'Each is an entry in the audit log. Refused with `customers.not_revealed` for other roles.',
    tag,
    may: 'customers.read',
    scope: 'rows',
    rate: 'heavy',
    once: false,
    input: z.object({ id: shape.id, kind: z.enum(sightKinds) }),
    output: z.object({ values: z.array(customerValue), identifiers: z.array(customerIdentifier) }),
  }),
  handOver: endpoint({
    method: 'PUT',
    path: '/customers/{id}/owner',
    summary: 'Say who looks after a customer from now on; null: nobody',
    description: 'Who sees only customers of their own does not see this one afterwards.',
    tag,
    may: 'customers.edit',
    scope: 'rows',
    edit: true,
    input: z.object({ id: shape.id, ownerId: shape.id.nullable(), note: shape.text(300).optional() }),
    output: z.object({ ownerId: z.number().nullable(), version: shape.version }),
  }),
  owners: endpoint({
    method: 'GET',
    path: '/customers/{id}/owners',
    summary: 'Who looked after a customer before, newest first',
    tag,
    may: 'customers.read',
    scope: 'rows',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(ownerChange),
  }),
  owned: endpoint({
    method: 'GET',
    path: '/customer-owners/{id}',
    summary: 'How many customers a member of staff looks after',
    tag,
    may: 'staff.manage',
    scope: 'all',
    input: one,
    output: z.object({ customers: z.number() }),
  }),
  handOverAll: endpoint({
    method: 'POST',
    path: '/customer-owners/{id}/hand-overs',
    summary: 'Hand all customers of a member of staff over to another; null: to nobody',
    tag,
    may: 'staff.manage',
    scope: 'all',
    rate: 'heavy',
    input: z.object({ id: shape.id, ownerId: shape.id.nullable(), note: shape.text(300).optional() }),
    output: z.object({ customers: z.number() }),
  }),
}
