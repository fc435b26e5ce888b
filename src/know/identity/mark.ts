import { sql } from 'kysely'
import { lockCustomer, refresh, seenProfiles, staffProfile } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { customerMarked } from './facts.ts'

export type Said = 'staff' | 'test' | 'none' | null
export type MarkState = { mark: 'staff' | 'test' | null; said: Said }

/** Whether a customer is one of us or a test, and what staff said. @throws Refusal `customers.unknown` */
export async function markOf(ctx: Context, id: number): Promise<MarkState> {
  await seenProfiles(ctx, id)
  const { rows } = await sql<MarkState>`
    select c.mark, (select said.mark from profile_customers map join profile_marks said using (profile_id)
                     where map.customer_id = c.id order by said.at desc, said.mark limit 1) as said
      from customers asked join customers c on c.id = coalesce(asked.merged_into, asked.id)
     where asked.id = ${id}`.execute(ctx.db)
  return rows[0]!
}

/**
 * Says that a customer is one of the staff or a test, who is left out of numbers; `none`: a customer all the same; null: nothing more,
 * so that the rule (our own phones and addresses) decides. It stands on the profile in which staff say what they know, and is
 * merged and taken apart like all that is said.
 * @throws Refusal `customers.unknown`
 */
export function saveMark(ctx: Context, { id, mark }: { id: number; mark: Said }): Promise<MarkState> {
  return inTransaction(ctx, async (ctx) => {
    await lockCustomer(ctx, id)
    const before = await markOf(ctx, id)
    const profileId = await staffProfile(ctx, id)
    if (mark === null) {
      await sql`
        delete from profile_marks using profile_customers map
         where map.profile_id = profile_marks.profile_id and map.customer_id = ${id}`.execute(ctx.db)
    } else {
      await sql`
        insert into profile_marks (profile_id, mark, actor, at)
        values (${profileId}, ${mark}, ${ctx.actor.label}, ${ctx.clock.now()})
            on conflict (profile_id) do update set mark = excluded.mark, actor = excluded.actor, at = excluded.at`.execute(
        ctx.db,
      )
    }
    await refresh(ctx, [id])
    const after = await markOf(ctx, id)
    if (after.mark !== before.mark || after.said !== before.said)
      await announce(ctx, customerMarked, { profileId, subjectId: id, data: { mark: after.mark, said: after.said } })
    return after
  })
}
