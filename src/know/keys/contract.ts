import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

const tag = 'API keys'
/** Only for those who see all shops, as the staff. */
const manage = { tag, may: 'keys.manage', scope: 'all', once: false } as const
const instant = z.iso.datetime()
const permission = z.string().max(60)

export const keyShape = z.object({
  id: z.int(),
  name: z.string(),
  hint: z.string().describe('its last four characters'),
  permissions: z.array(permission),
  shopIds: z.array(z.int()).nullable().describe('null: all that the maker sees'),
  maker: z
    .object({ id: z.int().nullable(), name: z.string(), active: z.boolean() })
    .describe('id null: the command line'),
  madeAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable().describe('to the minute'),
  state: z.enum(['good', 'expired', 'revoked', 'maker_gone']),
})

export const newKeyInput = z.object({
  name: shape.text(60).describe('what uses it, as “till at the market”'),
  permissions: z.array(permission).min(1).max(60),
  shopIds: z.array(shape.id).min(1).max(1000).nullable().default(null).describe('null: all that you see'),
  days: z.int().min(1).max(3650).nullable().default(null).describe('until it expires; null: never'),
})

export type Key = z.infer<typeof keyShape>
export type NewKey = z.infer<typeof newKeyInput>
/** A key as its maker sees it once: only a hash is kept. */
export type MadeKey = Key & { key: string }

export const keysContract = {
  list: endpoint({
    ...manage,
    method: 'GET',
    path: '/keys',
    summary: 'The API keys, those that work first',
    input: z.object({}),
    output: z.object({
      items: z.array(keyShape),
      grantable: z.array(permission).describe('permissions that you could give to a key'),
    }),
  }),
  make: endpoint({
    ...manage,
    method: 'POST',
    path: '/keys',
    summary: 'Make an API key; it is shown only in this answer',
    description:
      'A key has permissions of its maker, never more, and loses what the maker loses. It never manages staff or keys.',
    proof: true,
    status: 201,
    input: newKeyInput,
    output: keyShape.extend({ key: z.string() }),
  }),
  revoke: endpoint({
    ...manage,
    method: 'POST',
    path: '/keys/{id}/revocation',
    summary: 'End an API key at once',
    input: z.object({ id: shape.id }),
    output: keyShape,
  }),
}
