import { merchantOf } from '#know/shops/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { writeCsv } from '#platform/files/index.ts'
import { type Locale, say } from '#platform/i18n/index.ts'
import { fromMinor } from '#platform/money.ts'
import { listProducts } from './list-products.ts'
import { seesCost } from './product.ts'

const columns = ['code', 'name', 'kind', 'category', 'brand', 'price', 'stock', 'archived']

/** The catalog as CSV in the order of codes, archived products too, streamed. What they cost only for who may edit the catalog. */
export async function* exportProducts(ctx: Context, { locale }: { locale: Locale }): AsyncGenerator<Uint8Array> {
  const { currency } = await merchantOf(ctx)
  const money = (minor: number | null | undefined) =>
    minor === null || minor === undefined ? '' : fromMinor(minor, currency)
  const keys = seesCost(ctx) ? [...columns, 'cost'] : columns
  let count = 0
  async function* rows(): AsyncGenerator<string[]> {
    for (let after: string | undefined; ; ) {
      const page = await listProducts(ctx, { sort: 'code', archived: 'with', limit: 1000, after })
      for (const one of page.items) {
        count += 1
        const { code, name, kind, category, brand, price, stock, archived, cost } = one
        yield [
          ...[code, name ?? '', say(locale, `catalog.kind.${kind}`), category ?? '', brand ?? '', money(price)],
          ...[stock === null ? '' : String(stock), archived ? say(locale, 'catalog.archived') : ''],
          ...(seesCost(ctx) ? [money(cost)] : []),
        ]
      }
      if (!page.next) return
      after = page.next
    }
  }
  let whole = false
  try {
    yield* writeCsv(rows(), {
      columns: keys.map((key) => say(locale, `catalog.${key}`)),
      numeric: keys.flatMap((key, at) => (['price', 'stock', 'cost'].includes(key) ? [at] : [])),
    })
    whole = true
  } finally {
    await append(ctx, {
      action: 'catalog.exported',
      outcome: whole ? 'done' : 'broken',
      object: 'products',
      rows: count,
    })
  }
}
