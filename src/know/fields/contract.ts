import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

export const fieldKinds = ['text', 'number', 'money', 'day', 'yesno', 'choice', 'choices', 'link'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** What names an own field where fields are named, as in the values of a customer: `own.3`. */
export const ownKey = z.string().regex(/^own\.[1-9]\d{0,8}$/) as unknown as z.ZodType<OwnKey, OwnKey>
export type OwnKey = `own.${number}`

export const ownKeyOf = (id: number): OwnKey => `own.${id}`

export function isOwnKey(key: string): key is OwnKey {
  return ownKey.safeParse(key).success
}

const choice = z.object({ id: z.number().int().positive().max(9999), name: shape.text(80) })

/** A field of the shop's own. */
export const ownField = z.object({
  id: shape.id,
  key: ownKey,
  name: z.string(),
  kind: z.enum(fieldKinds),
  /** Of choice and choices, in their order. */
  choices: z.array(choice),
  /** More than an order needs to know (PIPL): shown as a role sees notes. */
  sensitive: z.boolean(),
  version: shape.version,
})
export type OwnField = z.infer<typeof ownField>

const tag = 'Own fields'
const name = shape.text(60)
/** Without `id` a choice is new. */
const choices = z.array(choice.partial({ id: true })).max(200)

export const fieldsContract = {
  list: endpoint({
    method: 'GET',
    path: '/fields',
    summary: 'The fields of the shop’s own, in their order',
    tag,
    may: 'customers.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(ownField) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/fields',
    summary: 'Make a field; its kind stays',
    tag,
    may: 'record.edit',
    scope: 'all',
    status: 201,
    input: z.object({
      name,
      kind: z.enum(fieldKinds),
      choices: choices.default([]),
      sensitive: z.boolean().default(false),
    }),
    output: ownField,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/fields/{id}',
    summary: 'Rename a field, change its choices, say whether it is sensitive, put it elsewhere',
    description: 'A choice that is left out goes; refused with `fields.choice_in_use` where somebody has it.',
    tag,
    may: 'record.edit',
    scope: 'all',
    edit: true,
    input: z.object({
      id: shape.id,
      name: name.optional(),
      choices: choices.optional(),
      sensitive: z.boolean().optional(),
      /** The place in the order, from 1. */
      place: z.number().int().min(1).max(200).optional(),
    }),
    output: ownField,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/fields/{id}',
    summary: 'Delete a field of which nothing is known of anybody',
    tag,
    may: 'record.edit',
    scope: 'all',
    input: z.object({ id: shape.id }),
    output: z.object({}),
  }),
}
