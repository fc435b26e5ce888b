import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { placeChanged } from './facts.ts'
import { columnsOf, columnsTold, type Place, type PlaceFields, type PlaceRow, violates } from './place.ts'

/**
 * Changes a shop, channel or brand; `archived` hides it from choices and keeps its past.
 * @param version the one that the edit was made from
 * @throws Refusal `shops.unknown`, `http.stale`, `shops.code_taken`, `shops.unknown_part`
 */
export function editPlace<P extends Place>(
  ctx: Context,
  place: P,
  id: number,
  change: PlaceFields[P] & { archived?: boolean },
  version: number,
): Promise<PlaceRow[P]> {
  return inTransaction(ctx, async (ctx) => {
    const { archived, ...fields } = change
    const told = columnsTold(fields)
    const sets = told.map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
    if (archived !== undefined) {
      sets.push(sql`archived_at = ${archived ? sql`coalesce(archived_at, ${ctx.clock.machine()})` : sql`null`}`)
    }
    const { rows } = await sql<PlaceRow[P]>`
      update ${sql.table(place)} set ${sql.join([...sets, sql`version = version + 1`])}
       where id = ${id} and version = ${version} returning ${columnsOf(place)}`
      .execute(ctx.db)
      .catch((error) => {
        if (violates(error, 'unique')) throw new Refusal('conflict', 'shops.code_taken', { code: fields.code })
        throw violates(error, 'reference') ? new Refusal('invalid', 'shops.unknown_part') : error
      })
    if (!rows[0]) throw await refusalOf(ctx, place, id)
    const names = [...told.map(([column]) => column), ...(archived === undefined ? [] : ['archived'])]
    await announce(ctx, placeChanged, { subjectId: id, data: { place, fields: names } })
    return rows[0]
  })
}

async function refusalOf(ctx: Context, place: Place, id: number): Promise<Refusal> {
  const { rows } = await sql`select 1 from ${sql.table(place)} where id = ${id}`.execute(ctx.db)
  return rows[0] ? new Refusal('stale', 'http.stale') : new Refusal('not_found', 'shops.unknown')
}
