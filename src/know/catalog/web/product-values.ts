import type { NewProduct, Product } from '../contract.ts'

/** What the form holds: empty fields as the controls know them. */
export type ProductValues = {
  code: string
  name?: string
  kind: Product['kind']
  category?: string
  brandId?: number | null
  price?: number | null
  cost?: number | null
  stock?: number | null
  image?: string
  attributes: { name: string; value: string }[]
}

export function valuesOf(product: Product | undefined): ProductValues {
  if (!product) return { code: '', kind: 'goods', price: null, cost: null, attributes: [] }
  return {
    code: product.code,
    name: product.name ?? '',
    kind: product.kind,
    category: product.category ?? '',
    brandId: product.brandId,
    price: product.price,
    cost: product.cost ?? null,
    stock: product.stock,
    image: product.image ?? '',
    attributes: Object.entries(product.attributes).map(([name, value]) => ({ name, value: String(value) })),
  }
}

/** The form's values as the API takes them: an empty text is no value. */
export function filled(values: ProductValues): NewProduct {
  return {
    code: values.code.trim(),
    name: values.name?.trim() || null,
    kind: values.kind,
    category: values.category?.trim() || null,
    brandId: values.brandId ?? null,
    price: values.price ?? null,
    cost: values.cost ?? null,
    stock: values.stock ?? null,
    image: values.image?.trim() || null,
    attributes: Object.fromEntries(
      (values.attributes ?? [])
        .filter((attribute) => attribute?.name?.trim())
        .map(({ name, value }) => [name.trim(), value ?? '']),
    ),
  }
}

/** The fields that differ from the product that the form was filled from. */
export function changesOf(base: Product, fields: NewProduct): Partial<NewProduct> {
  const before = filled(valuesOf(base))
  const changed = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof NewProduct]),
  )
  return Object.fromEntries(changed)
}
