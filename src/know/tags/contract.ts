import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

export const tagColours = ['grey', 'green', 'blue', 'violet', 'red', 'orange', 'yellow'] as const
export type TagColour = (typeof tagColours)[number]

/** Who says it: a person of the shop, a rule, an import, a model. */
export const tagOrigins = ['hand', 'rule', 'import', 'model'] as const
export type TagOrigin = (typeof tagOrigins)[number]

export const tag = z.object({
  id: shape.id,
  name: z.string(),
  colour: z.enum(tagColours),
  note: z.string().nullable(),
  version: shape.version,
  /** Those that were merged into it, which can be taken out again. */
  merged: z.array(z.object({ id: shape.id, name: z.string() })),
})
export type Tag = z.infer<typeof tag>

/** What one origin says of a tag of a customer. */
export const tagSaying = z.object({
  origin: z.enum(tagOrigins),
  /** `no`: has it not, whatever others say. */
  state: z.enum(['yes', 'no']),
  reason: z.string().nullable(),
  until: shape.day.nullable(),
  /** What of that origin: `import:3`, a rule's name. */
  ref: z.string().nullable(),
  actorName: z.string().nullable(),
  at: z.string(),
})
export type TagSaying = z.infer<typeof tagSaying>

/** A tag of a customer: whether it holds today, and all that is said of it; what decides stands first. */
export const customerTag = z.object({
  tagId: shape.id,
  name: ofPerson('customers', z.string()),
  colour: z.enum(tagColours),
  holds: z.boolean(),
  sayings: z.array(tagSaying),
})
export type CustomerTag = z.infer<typeof customerTag>

const reason = shape.text(300)
const about = 'Tags'
const one = z.object({ id: shape.id })

export const tagsContract = {
  list: endpoint({
    method: 'GET',
    path: '/tags',
    summary: 'The tags of the shop, by name',
    tag: about,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(tag) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/tags',
    summary: 'Make a tag',
    tag: about,
    may: 'customers.edit',
    scope: 'none',
    status: 201,
    input: z.object({ name: shape.text(40), colour: z.enum(tagColours).optional(), note: reason.optional() }),
    output: tag,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/tags/{id}',
    summary: 'Rename a tag, give it another colour or note',
    tag: about,
    may: 'record.edit',
    scope: 'all',
    edit: true,
    input: z.object({
      id: shape.id,
      name: shape.text(40).optional(),
      colour: z.enum(tagColours).optional(),
      note: reason.nullable().optional(),
    }),
    output: tag,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/tags/{id}',
    summary: 'Delete a tag that nothing uses',
    description: 'Refused with `tags.in_use` and the uses where anything does.',
    tag: about,
    may: 'record.edit',
    scope: 'all',
    input: one,
    output: z.object({}),
  }),
  merge: endpoint({
    method: 'PUT',
    path: '/tags/{id}/merged/{otherId}',
    summary: 'Let a tag stand for another one too: whoever has that has this',
    tag: about,
    may: 'record.edit',
    scope: 'all',
    input: z.object({ id: shape.id, otherId: shape.id }),
    output: tag,
  }),
  takeOut: endpoint({
    method: 'DELETE',
    path: '/tags/{id}/merged/{otherId}',
    summary: 'Take back a merge of tags: the other is there again, with those who had it',
    tag: about,
    may: 'record.edit',
    scope: 'all',
    input: z.object({ id: shape.id, otherId: shape.id }),
    output: tag,
  }),
  ofCustomer: endpoint({
    method: 'GET',
    path: '/customers/{id}/tags',
    summary: 'The tags of a customer, each with who says so and why',
    tag: about,
    may: 'customers.read',
    scope: 'rows',
    input: one,
    output: z.object({ items: z.array(customerTag) }),
  }),
  give: endpoint({
    method: 'PUT',
    path: '/customers/{id}/tags/{tagId}',
    summary: 'Give a customer a tag by hand',
    tag: about,
    may: 'customers.edit',
    scope: 'rows',
    input: z.object({ id: shape.id, tagId: shape.id, reason: reason.optional(), until: shape.day.optional() }),
    output: z.object({ items: z.array(customerTag) }),
  }),
  take: endpoint({
    method: 'POST',
    path: '/customers/{id}/tags/{tagId}/removals',
    summary: 'Take a tag away by hand',
    description: 'Where a rule, an import or a model gave it, this is kept as an override: they do not bring it back.',
    tag: about,
    may: 'customers.edit',
    scope: 'rows',
    once: false,
    input: z.object({ id: shape.id, tagId: shape.id, reason: reason.optional() }),
    output: z.object({ items: z.array(customerTag) }),
  }),
  ofMany: endpoint({
    method: 'POST',
    path: '/customers/tags',
    summary: 'The tags that some customers have today',
    tag: about,
    may: 'customers.read',
    scope: 'rows',
    rate: 'read',
    once: false,
    input: z.object({ ids: z.array(shape.id).min(1).max(100) }),
    output: z.object({ items: z.array(z.object({ customerId: shape.id, tagIds: z.array(shape.id) })) }),
  }),
}
