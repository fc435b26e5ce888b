import { type RawBuilder, sql } from 'kysely'
import { type Point, positionIn, readRegion, type Said } from '#know/regions/index.ts'
import type { Context } from '#platform/context.ts'

/** Where a customer is, and whether the person or staff said all of it. */
export type Placed = { id: number; region: number; sure: boolean } & Partial<Point>

/** What a region is read from. */
export const saidOfRegion = ['country', 'province', 'city', 'district', 'address', 'position'] as const satisfies (
  | keyof Said
  | 'position'
)[]

/**
 * The regions of customers from what is shown of them: some 10 µs each. Whom nothing is said of is left out.
 * @param chosen the shown values of the fields that a region is read from (refresh.ts)
 */
export async function regionsOf(ctx: Context, chosen: RawBuilder<unknown>): Promise<Placed[]> {
  const { rows } = await sql<{ customerId: number; said: Said & { position?: string }; sure: string[] }>`
    select customer_id, jsonb_object_agg(field, value) as said,
           coalesce(array_agg(field) filter (where origin in ('staff', 'stated')), '{}') as sure
      from (${chosen}) as chosen group by customer_id`.execute(ctx.db)
  return rows.map((row) => {
    const { code, by } = readRegion(row.said)
    const point = row.said.position === undefined ? undefined : positionIn(row.said.position)
    const sure = code > 0 && by.every((field) => row.sure.includes(field))
    return { id: row.customerId, region: code, sure, ...point }
  })
}
