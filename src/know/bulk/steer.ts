import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type ActRecord, actOf, shownActs } from './act.ts'
import type { BulkAct } from './contract.ts'

/** Stops between two pieces: a piece holds the act's row, so this waits for the one under way. @throws Refusal `bulk.unknown`, `bulk.wrong_state` */
export function stopBulk(ctx: Context, id: number): Promise<BulkAct> {
  return turn(ctx, id, ['waiting', 'running'], 'stopped')
}

/** @throws Refusal `bulk.unknown`, `bulk.wrong_state` */
export function goOnBulk(ctx: Context, id: number): Promise<BulkAct> {
  return turn(ctx, id, ['stopped', 'failed'], 'waiting')
}

/** @throws Refusal `bulk.unknown`, `bulk.wrong_state` */
export function undoBulk(ctx: Context, id: number): Promise<BulkAct> {
  return turn(ctx, id, ['waiting', 'done', 'stopped', 'failed'], 'undoing')
}

function turn(ctx: Context, id: number, from: readonly ActRecord['state'][], to: ActRecord['state']): Promise<BulkAct> {
  return inTransaction(ctx, async (ctx) => {
    const { state } = await actOf(ctx, id, true)
    if (!from.includes(state)) throw new Refusal('conflict', 'bulk.wrong_state', { state })
    await sql`
      update bulk_acts
         set state = ${to}, code = null, ended_at = ${to === 'stopped' ? ctx.clock.now() : null}, began_at = null, version = version + 1
       where id = ${id}`.execute(ctx.db)
    if (to !== 'stopped') await askFor(ctx, 'bulk.run', { id }, `bulk:${id}`)
    return (await shownActs(ctx, [await actOf(ctx, id)]))[0]!
  })
}
