import type { Context } from '#platform/context.ts'
import { answered } from './answers.ts'
import { rowsOf } from './ask.ts'
import { bindings } from './bindings.ts'
import { lensOf } from './lens.ts'
import { sourceOf } from './source.ts'

export const facetNames = ['country', 'province', 'city', 'gender'] as const
export type Facets = Record<(typeof facetNames)[number], { value: string; customers: number }[]>

/** The values in use, most frequent first, at most 200 of each. Provinces are those of the country, cities those of both. */
export async function facetsOf(ctx: Context, within: { country?: string; province?: string } = {}): Promise<Facets> {
  const lens = await lensOf(ctx)
  return answered(ctx, `query.facets ${JSON.stringify([lens.shopIds, lens.ownerIds, within])}`, async () => {
    const lists = await Promise.all(
      facetNames.map((name) => {
        const bound = bindings()
        const source = sourceOf({ asOf: lens.asOf, shopIds: lens.shopIds, ownerIds: lens.ownerIds }, bound)
        const conditions = [`isNotNull(${name})`]
        if (within.country && (name === 'province' || name === 'city')) {
          conditions.push(`country = ${bound.bind(within.country, 'String')}`)
        }
        if (within.province && name === 'city') conditions.push(`province = ${bound.bind(within.province, 'String')}`)
        const sql = `SELECT ${name} AS value, count() AS customers FROM ${source} WHERE ${conditions.join(' AND ')}
GROUP BY value ORDER BY customers DESC, value LIMIT 200`
        return rowsOf<{ value: string; customers: number }>(ctx, { sql, params: bound.params })
      }),
    )
    return Object.fromEntries(facetNames.map((name, index) => [name, lists[index]!])) as Facets
  })
}
