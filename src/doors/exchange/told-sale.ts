import { type RawBuilder, sql } from 'kysely'
import type { Import } from './import.ts'

/**
 * Laterals that find the sale which a row `w` names by its number: at the import's own source first; in a list of another source, as a
 * carrier's, the one order that is called so. Gives `sale.id` and one column more, both null where the sale is unknown or still to come.
 * (`offset 0`: see told-orders.ts.)
 */
export function toldSale(one: Import, column: 'placed_at' | 'profile_id'): RawBuilder<unknown> {
  const more = sql.ref(column)
  return sql`
      left join lateral (
        select id, ${more} from orders where source_id = ${one.sourceId}::int and number = w.number and kind = 'sale' offset 0
      ) as own on true
      left join lateral (
        select min(id) as id, min(${more}) as ${more} from orders
         where own.id is null and lower(number) = lower(w.number) and number = w.number and kind = 'sale' having count(*) = 1
      ) as other on true
      left join lateral (
        select coalesce(own.id, other.id) as id, coalesce(own.${more}, other.${more}) as ${more}
      ) as sale on true`
}
