import { type RawBuilder, sql } from 'kysely'
import { readRegion, type Said } from '#know/regions/index.ts'
import type { Context } from '#platform/context.ts'

/** Where a customer is, and whether the person or staff said all of it. */
export type Placed = { id: number; region: number; sure: boolean }

/** What a region is read from. */
export const saidOfRegion = ['country', 'province', 'city', 'district', 'address'] as const satisfies (keyof Said)[]

/**
 * The regions of customers from what is shown of them: some 10 µs each. Whom nothing is said of is left out.
 * @param chosen the shown values of the fields that a region is read from (refresh.ts)
 */
export async function regionsOf(ctx: Context, chosen: RawBuilder<unknown>): Promise<Placed[]> {
  const { rows } = await sql<{ customerId: number; said: Said; sure: string[] }>`
    select customer_id, jsonb_object_agg(field, value) as said,
           coalesce(array_agg(field) filter (where origin in ('staff', 'stated')), '{}') as sure
      from (${chosen}) as chosen group by customer_id`.execute(ctx.db)
  return rows.map((row) => {
    const { code, by } = readRegion(row.said)
    return { id: row.customerId, region: code, sure: code > 0 && by.every((field) => row.sure.includes(field)) }
  })
}
