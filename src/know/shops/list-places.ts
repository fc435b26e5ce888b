import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { columnsOf, mostPlaces, type Place, type PlaceRow } from './place.ts'

/** Shops (of the actor's scope), channels or brands, by name; archived ones last. At most 1,000. */
export async function listPlaces<P extends Place>(ctx: Context, place: P): Promise<PlaceRow[P][]> {
  const { scope } = ctx.actor
  const mine = place === 'shops' && scope.kind === 'shops' ? sql`where id = any(${scope.shopIds})` : sql``
  const { rows } = await sql<PlaceRow[P]>`
    select ${columnsOf(place)} from ${sql.table(place)} ${mine}
     order by archived_at is not null, name, id limit ${mostPlaces}`.execute(ctx.db)
  return rows
}
