import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import type { Locale } from '#platform/i18n/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { placeRemoved } from './facts.ts'
import type { Place } from './place.ts'
import { sayUses, usesOf } from './uses.ts'

/**
 * Deletes a shop, channel or brand that nothing uses; one that is used can be archived.
 * @throws Refusal `shops.unknown`, `shops.in_use` with the list of uses
 */
export function removePlace(ctx: Context, place: Place, id: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    // The lock of the row stops new references to it, so the list below is complete.
    const { rows } = await sql`select 1 from ${sql.table(place)} where id = ${id} for update`.execute(ctx.db)
    if (!rows[0]) throw new Refusal('not_found', 'shops.unknown')
    const uses = await usesOf(ctx, place, id)
    if (Object.keys(uses).length > 0) {
      throw new Refusal('conflict', 'shops.in_use', { ...uses, uses: sayUses(uses, ctx.actor.locale as Locale) })
    }
    await sql`delete from ${sql.table(place)} where id = ${id}`.execute(ctx.db)
    await announce(ctx, placeRemoved, { subjectId: id, data: { place } })
  })
}
