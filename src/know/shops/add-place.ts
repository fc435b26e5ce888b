import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { placeAdded } from './facts.ts'
import { columnsOf, columnsTold, mostPlaces, type Place, type PlaceFields, type PlaceRow, violates } from './place.ts'

/**
 * Adds a shop, channel or brand. Without a code it gets `shop-7`, by its id.
 * @throws Refusal `shops.code_taken`, `shops.unknown_part`, `shops.too_many_places`
 */
export function addPlace<P extends Place>(
  ctx: Context,
  place: P,
  fields: PlaceFields[P] & { name: string },
): Promise<PlaceRow[P]> {
  return inTransaction(ctx, async (ctx) => {
    const { name, code, ...rest } = fields
    const { rows: counts } = await sql<{ id: number; count: number }>`
      select nextval(pg_get_serial_sequence(${place}, 'id'))::int as id,
             (select count(*)::int from ${sql.table(place)}) as count`.execute(ctx.db)
    const { id, count } = counts[0]!
    if (count >= mostPlaces) throw new Refusal('conflict', 'shops.too_many_places', { most: mostPlaces })

    const given = { id, code: code ?? `${place.slice(0, -1)}-${id}`, name, ...rest }
    const told = columnsTold(given)
    const columns = sql.join(told.map(([column]) => sql.ref(column)))
    const { rows } = await sql<PlaceRow[P]>`
      insert into ${sql.table(place)} (${columns}) overriding system value values (${sql.join(told.map(([, value]) => value))})
          on conflict (code) do nothing returning ${columnsOf(place)}`
      .execute(ctx.db)
      .catch((error) => {
        throw violates(error, 'reference') ? new Refusal('invalid', 'shops.unknown_part') : error
      })
    if (!rows[0]) throw new Refusal('conflict', 'shops.code_taken', { code: given.code })
    await announce(ctx, placeAdded, { subjectId: id, data: { place } })
    return rows[0]
  })
}
