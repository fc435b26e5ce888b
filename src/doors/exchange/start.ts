import { sql } from 'kysely'
import { addPlace, sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Import, importOf } from './import.ts'

/**
 * Sets an import going towards a goal, from wherever it stands: cancelled and failed ones go on. The job does the work; on the
 * command line the caller runs it.
 * @throws Refusal `exchange.unknown`, `exchange.wrong_state`
 */
export function start(ctx: Context, id: number, goal: 'compared' | 'applied'): Promise<Import> {
  return inTransaction(ctx, async (ctx) => {
    await sql`select 1 from imports where id = ${id} for update`.execute(ctx.db)
    const one = await importOf(ctx, id)
    const runs = ['waiting', 'compared', 'cancelled', 'failed', 'undone'].includes(one.state)
    if (!runs && !(one.state === 'running' && one.goal === goal)) {
      throw new Refusal('conflict', 'exchange.wrong_state', { state: one.state })
    }
    const source = await sourceOf(ctx, one.preset.source.code, { name: one.preset.source.name, kind: 'import' })
    const shopId = await shopOf(ctx, one)
    const anew = one.state === 'undone'
    await sql`
      update imports
         set state = 'running', goal = ${goal}, source_id = ${source.id}, shop_id = ${shopId}, failure = null, cancel_asked = false,
             began_at = coalesce(began_at, ${ctx.clock.machine()}), ended_at = null, version = version + 1,
             cursor = case when ${anew} then '{}'::jsonb else cursor end
       where id = ${id}`.execute(ctx.db)
    if (anew) await sql`delete from import_evidence where import_id = ${id} and stays is not null`.execute(ctx.db)
    await askFor(ctx, 'exchange.run', { id }, `import:${id}`)
    return importOf(ctx, id)
  })
}

/** The shop that the preset names, else the source's, else the first. A shop that is not there yet is made. */
async function shopOf(ctx: Context, one: Import): Promise<number> {
  const code = one.preset.shop
  const { rows } = await sql<{ id: number }>`
    select shops.id from shops left join sources on sources.shop_id = shops.id and sources.code = ${one.preset.source.code}
     where ${code ?? null}::text is null or shops.code = ${code ?? null}
     order by sources.id is null, shops.id limit 1`.execute(ctx.db)
  if (rows[0]) return rows[0].id
  const shop = await addPlace(ctx, 'shops', { name: one.preset.source.name, ...(code ? { code } : {}) })
  return shop.id
}
