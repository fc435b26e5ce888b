import { z } from 'zod'
import { endpoint, shape } from '#platform/contract/index.ts'

/** What a line sells. Only goods count as bought products; postage, fees, discounts and adjustments are lines, not goods. */
export const productKind = z.enum(['goods', 'postage', 'fee', 'discount', 'adjustment', 'gift_card', 'sample'])
export type ProductKind = z.infer<typeof productKind>

/** Kinds that are things a customer takes home. The rest are lines of an order that are shown apart and are no purchase of a product. */
const goodsKinds: ReadonlySet<string> = new Set(['goods', 'gift_card', 'sample'])

/** Whether a line of this kind is a thing rather than postage, a fee, a discount or an adjustment. */
export function isGoods(kind: string): boolean {
  return goodsKinds.has(kind)
}

/** Further facts of a product as the shop words them, by name: at most 50. */
const attributes = z
  .record(z.string().trim().min(1).max(64), z.string().max(500))
  .refine((value) => Object.keys(value).length <= 50, { message: 'too_many' })

/** Stock is told by the shop (edit, import, a shop system later); selling does not move it here. At most 3 decimals. */
const stock = z.number().min(-99_999_999_999).max(99_999_999_999).multipleOf(0.001)

const fields = {
  name: shape.text(300).nullable(),
  kind: productKind,
  category: shape.text(120).nullable(),
  brandId: shape.id.nullable(),
  /** Minor units. */
  price: shape.minor.min(0).nullable(),
  /** Minor units; accepted and shown only with catalog.edit. */
  cost: shape.minor.min(0).nullable(),
  stock: stock.nullable(),
  /** Address of a picture. */
  image: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  attributes,
}

export const product = z.object({
  id: shape.id,
  /** The shop's own item number, case kept. */
  code: z.string(),
  name: z.string().nullable(),
  kind: productKind,
  category: z.string().nullable(),
  brandId: z.number().nullable(),
  brand: z.string().nullable(),
  price: z.number().nullable(),
  /** Absent without catalog.edit. */
  cost: z.number().nullable().optional(),
  stock: z.number().nullable(),
  image: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  archived: z.boolean(),
  createdAt: z.string(),
  version: shape.version,
})
export type Product = z.infer<typeof product>

/** A product as lists show it. */
export const productRow = product.omit({ attributes: true, createdAt: true })
export type ProductRow = z.infer<typeof productRow>

export const productChange = z.object({
  id: shape.id,
  at: z.string(),
  /** Who: `staff:12`, `import:3`, `system`. */
  actor: z.string(),
  /** Of a member of staff. */
  actorName: z.string().nullable(),
  kind: z.string(),
  /** Names of the changed fields. */
  fields: z.array(z.string()),
})
export type ProductChange = z.infer<typeof productChange>

export const productQuery = z.object({
  ...shape.pageInput,
  /** The beginning of a code in any case, or any part of a name. */
  search: z.string().trim().max(100).optional(),
  kind: productKind.optional(),
  category: z.string().max(120).optional(),
  brandId: shape.id.optional(),
  archived: z.enum(['without', 'only', 'with']).default('without'),
  sort: z.enum(['newest', 'code', '-code', 'name', '-name']).default('newest'),
})
export type ProductQuery = z.infer<typeof productQuery>

export const newProduct = z
  .object({ code: shape.text(100), ...fields })
  .partial()
  .required({ code: true })
export type NewProduct = z.infer<typeof newProduct>

/** Fields left out stay; null empties. */
export const productEdit = newProduct.partial().extend({ id: shape.id })
export type ProductEdit = z.infer<typeof productEdit>

const tag = 'Catalog'

export const catalogContract = {
  list: endpoint({
    method: 'GET',
    path: '/products',
    summary: 'Products, by search, filters and order',
    tag,
    may: 'catalog.read',
    scope: 'none',
    input: productQuery,
    output: shape.pageOf(productRow),
  }),
  categories: endpoint({
    method: 'GET',
    path: '/product-categories',
    summary: 'The categories in use, at most 500',
    tag,
    may: 'catalog.read',
    scope: 'none',
    input: z.object({}),
    output: z.object({ items: z.array(z.string()) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/products/{id}',
    summary: 'A product',
    tag,
    may: 'catalog.read',
    scope: 'none',
    input: z.object({ id: shape.id }),
    output: product,
  }),
  changes: endpoint({
    method: 'GET',
    path: '/products/{id}/changes',
    summary: 'Who changed which fields of a product, newest first; what an import brought is not listed',
    tag,
    may: 'catalog.read',
    scope: 'none',
    input: z.object({ id: shape.id, ...shape.pageInput }),
    output: shape.pageOf(productChange),
  }),
  add: endpoint({
    method: 'POST',
    path: '/products',
    summary: 'Add a product',
    tag,
    may: 'catalog.edit',
    scope: 'none',
    status: 201,
    input: newProduct,
    output: product,
  }),
  edit: endpoint({
    method: 'PATCH',
    path: '/products/{id}',
    summary: 'Change the given fields of a product',
    tag,
    may: 'catalog.edit',
    scope: 'none',
    edit: true,
    input: productEdit,
    output: product,
  }),
  archive: endpoint({
    method: 'PUT',
    path: '/products/{id}/archived',
    summary: 'Take a product out of the catalog, or bring it back; its orders stay',
    tag,
    may: 'catalog.edit',
    scope: 'none',
    edit: true,
    input: z.object({ id: shape.id, archived: z.boolean() }),
    output: product,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/products/{id}',
    summary: 'Delete a product that nothing uses',
    tag,
    may: 'catalog.edit',
    scope: 'none',
    input: z.object({ id: shape.id }),
    output: z.object({}),
  }),
}
