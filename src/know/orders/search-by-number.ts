import { sql } from 'kysely'
import type { SearchAlso } from '#know/customers/index.ts'
import { visibleOrders } from './scope.ts'

/**
 * Whose order a text names: the profiles of the newest 50 orders whose number begins with it, in any case. Texts shorter
 * than 3 characters name half the shop and find nobody.
 */
export const searchByNumber: SearchAlso = async (ctx, text) => {
  if (text.length < 3 || text.length > 100) return []
  const literal = text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')
  const { rows } = await sql<{ profileId: number }>`
    select distinct profile_id
      from (select o.profile_id from orders o
             where lower(o.number) like ${`${literal}%`} and ${visibleOrders(ctx)}
             order by o.id desc limit 50) newest`.execute(ctx.db)
  return rows.map((row) => row.profileId)
}
