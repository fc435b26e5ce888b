import { z } from 'zod'
import { pointShape } from '#know/regions/contract.ts'
import { endpoint, shape } from '#platform/contract/index.ts'

const code = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'invalid_code')
  .describe('lower-case letters, digits, - and _; unique')

export const channelKinds = ['online', 'wechat', 'store', 'marketplace', 'phone', 'other'] as const

export const merchantShape = z.object({
  name: z.string(),
  zone: z.string().describe('IANA name; days of the shop are days of this zone'),
  currency: z.string().describe('ISO 4217; every amount is minor units of it'),
  locale: shape.locale.describe('language of a new member of staff'),
  version: shape.version,
})

/** What a merchant is made of; also asked at set-up. */
export const merchantInput = {
  name: shape.text(80),
  zone: shape.zone,
  currency: shape.currency,
  locale: shape.locale,
}

const place = { id: z.int(), code: z.string(), name: z.string(), archived: z.boolean(), version: shape.version }
export const shopShape = z.object({
  ...place,
  channelId: z.int().nullable(),
  brandId: z.int().nullable(),
  position: pointShape.nullable().describe('where it stands, WGS-84; null: on no street, or not known'),
})
export const channelShape = z.object({ ...place, kind: z.enum(channelKinds) })
export const brandShape = z.object(place)

export type Shop = z.infer<typeof shopShape>
export type Channel = z.infer<typeof channelShape>
export type Brand = z.infer<typeof brandShape>

const placeInput = { code: code.optional(), name: shape.text(80) }
const shopInput = {
  channelId: shape.id.nullable().optional(),
  brandId: shape.id.nullable().optional(),
  position: pointShape.nullable().optional(),
}
const edited = { name: shape.text(80).optional(), code: code.optional(), archived: z.boolean().optional() }

const tag = 'Shops'
const read = { method: 'GET', tag, may: 'shops.read', input: z.object({}) } as const
const add = { method: 'POST', tag, may: 'shops.edit', scope: 'all', status: 201 } as const
const edit = { method: 'PATCH', tag, may: 'shops.edit', scope: 'all', edit: true } as const
const remove = { method: 'DELETE', tag, may: 'shops.edit', scope: 'all', input: z.object({ id: shape.id }) } as const
const itemsOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item).max(1000) })
const nothing = z.object({})

export const shopsContract = {
  merchant: endpoint({
    ...read,
    path: '/merchant',
    summary: 'The merchant of this installation',
    scope: 'none',
    output: merchantShape.extend({ fixed: z.boolean().describe('orders exist: zone and currency stay') }),
  }),
  editMerchant: endpoint({
    ...edit,
    path: '/merchant',
    summary: 'Change the merchant; zone and currency only while there are no orders',
    input: z.object(merchantInput).partial(),
    output: merchantShape,
  }),

  list: endpoint({
    ...read,
    path: '/shops',
    summary: 'The shops that you may see',
    scope: 'rows',
    output: itemsOf(shopShape),
  }),
  add: endpoint({
    ...add,
    path: '/shops',
    summary: 'Open a shop',
    input: z.object({ ...placeInput, ...shopInput }),
    output: shopShape,
  }),
  edit: endpoint({
    ...edit,
    path: '/shops/{id}',
    summary: 'Change a shop, archive it or bring it back',
    input: z.object({ id: shape.id, ...edited, ...shopInput }),
    output: shopShape,
  }),
  remove: endpoint({ ...remove, path: '/shops/{id}', summary: 'Delete a shop that nothing uses', output: nothing }),

  channels: endpoint({
    ...read,
    path: '/channels',
    summary: 'The channels',
    scope: 'none',
    output: itemsOf(channelShape),
  }),
  addChannel: endpoint({
    ...add,
    path: '/channels',
    summary: 'Add a channel',
    input: z.object({ ...placeInput, kind: z.enum(channelKinds) }),
    output: channelShape,
  }),
  editChannel: endpoint({
    ...edit,
    path: '/channels/{id}',
    summary: 'Change a channel, archive it or bring it back',
    input: z.object({ id: shape.id, ...edited, kind: z.enum(channelKinds).optional() }),
    output: channelShape,
  }),
  removeChannel: endpoint({
    ...remove,
    path: '/channels/{id}',
    summary: 'Delete a channel that nothing uses',
    output: nothing,
  }),

  brands: endpoint({ ...read, path: '/brands', summary: 'The brands', scope: 'none', output: itemsOf(brandShape) }),
  addBrand: endpoint({
    ...add,
    path: '/brands',
    summary: 'Add a brand',
    input: z.object(placeInput),
    output: brandShape,
  }),
  editBrand: endpoint({
    ...edit,
    path: '/brands/{id}',
    summary: 'Change a brand, archive it or bring it back',
    input: z.object({ id: shape.id, ...edited }),
    output: brandShape,
  }),
  removeBrand: endpoint({
    ...remove,
    path: '/brands/{id}',
    summary: 'Delete a brand that nothing uses',
    output: nothing,
  }),
}
