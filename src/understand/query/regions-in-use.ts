import { isoOf } from '#know/regions/index.ts'
import type { Context } from '#platform/context.ts'
import { answered } from './answers.ts'
import { rowsOf } from './ask.ts'
import { bindings } from './bindings.ts'
import { lensOf } from './lens.ts'
import { sourceOf } from './source.ts'

/** Where customers are, as conditions name it, with how many are known to be right there; at most 2,000, most first. */
export async function regionsInUse(ctx: Context): Promise<{ place: number | string; customers: number }[]> {
  const { asOf, shopIds, ownerIds } = await lensOf(ctx)
  return answered(ctx, `query.regions ${JSON.stringify([shopIds, ownerIds])}`, async () => {
    const bound = bindings()
    const rows = await rowsOf<{ region: number; name: string | null; customers: number }>(ctx, {
      sql: `SELECT region, if(region >= 1000000, province, NULL) AS name, count() AS customers FROM ${sourceOf({ asOf, shopIds, ownerIds }, bound)}
WHERE region > 0 GROUP BY region, name ORDER BY customers DESC, region, name LIMIT 2000`,
      params: bound.params,
    })
    return rows.map(({ region, name, customers }) => {
      const iso = isoOf(region)
      return { place: iso ? (name ? `${iso}/${name.trim().slice(0, 80)}` : iso) : region, customers }
    })
  })
}
