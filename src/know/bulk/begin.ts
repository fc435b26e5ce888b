import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { askFor } from '#platform/jobs.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { actOf, shownActs } from './act.ts'
import type { BulkAct, BulkDo, BulkWhom } from './contract.ts'
import { bulkBegun } from './facts.ts'
import { checkAct, type Plugs } from './perform.ts'

/**
 * Asks for an act on a list; a job does it. Chosen people are written down now, a question is asked when the job begins.
 * @throws Refusal `http.invalid_input` for a list that is none, and of the module whose act it is
 */
export function beginBulk(
  ctx: Context,
  { act, whom }: { act: BulkDo; whom: BulkWhom },
  plugs: Plugs = {},
): Promise<BulkAct> {
  // Refuses a question that is none; nothing is read yet.
  if (whom.list !== undefined) plugs.listed?.ids(ctx, whom.list)
  return inTransaction(ctx, async (ctx) => {
    const checked = await checkAct(ctx, act, plugs)
    const { scope, sight = {}, label, kind, id: staffId } = ctx.actor
    const { rows } = await sql<{ id: number }>`
      insert into bulk_acts (act, list, staff_id, actor, scope, sight, state, asked_at, total)
      values (${JSON.stringify(checked)}::jsonb, ${whom.list === undefined ? null : JSON.stringify(whom.list)}::jsonb,
              (select id from staff where id = ${kind === 'staff' ? (staffId ?? null) : null}::bigint), ${label}, ${JSON.stringify(scope)}::jsonb, ${JSON.stringify(sight)}::jsonb,
              'waiting', ${ctx.clock.now()}, ${whom.ids ? new Set(whom.ids).size : null})
      returning id`.execute(ctx.db)
    const id = rows[0]!.id
    if (whom.ids) {
      await sql`
        insert into bulk_people (act_id, customer_id, state)
        select distinct ${id}::bigint, one, 'waiting' from unnest(${whom.ids}::bigint[]) as of(one)`.execute(ctx.db)
    }
    await announce(ctx, bulkBegun, { subjectId: id, data: { do: act.do } })
    await askFor(ctx, 'bulk.run', { id }, `bulk:${id}`)
    return (await shownActs(ctx, [await actOf(ctx, id)]))[0]!
  })
}
