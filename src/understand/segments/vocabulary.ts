import { ownFieldsOf } from '#know/fields/index.ts'
import type { Context } from '#platform/context.ts'
import type { Names } from '#understand/query/index.ts'
import { namesFor } from '#understand/value/index.ts'
import { categoriesOf } from './categories-of.ts'

/** What a question can name, for those who choose instead of writing. */
export async function vocabularyOf(ctx: Context) {
  const [names, fields, categories] = await Promise.all([namesFor(ctx), ownFieldsOf(ctx), categoriesOf(ctx)])
  const list = (kind: Parameters<Names['list']>[0]) => [...names.list(kind)]
  return {
    tag: list('tag'),
    shop: list('shop'),
    staff: list('staff'),
    way: list('way'),
    product: list('product'),
    brand: list('brand'),
    segment: list('segment'),
    snapshot: list('snapshot'),
    state: list('state'),
    fields: fields.map(({ id, name, kind, choices }) => ({ id, name, kind, choices })),
    categories,
  }
}
