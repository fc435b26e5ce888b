import { sql } from 'kysely'
import type { z } from 'zod'
import { customersByIds } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import { segmentOf } from '#understand/segments/index.ts'
import type { membershipContract, Why } from './contract.ts'
import { segmentEntered, segmentLeft } from './facts.ts'

type Lately = z.output<NonNullable<(typeof membershipContract.lately)['~orpc']['outputSchema']>>

/** How many are shown, and how many are looked through for those that the actor sees. */
const most = { shown: 50, read: 500 }

/**
 * Who came into a segment and who left it, the last first. Membership is of all shops: who sees some of them would learn of the others.
 * @throws Refusal `segments.unknown_one`
 */
export async function latelyIn(ctx: Context, id: number, of?: 'entered' | 'left'): Promise<Lately> {
  await segmentOf(ctx, id)
  if (ctx.actor.scope.kind === 'shops') return { items: [], untold: true }
  const kinds = of === 'entered' ? [segmentEntered.kind] : of === 'left' ? [segmentLeft.kind] : undefined
  const { rows } = await sql<{ customerId: number; kind: string; why: Why; at: Date }>`
    select m.customer_id, f.kind, f.data ->> 'why' as why, f.at
      from (select id, profile_id, kind, data, at from facts
             where subject_id = ${id} and kind in ('membership.entered', 'membership.left')
               ${kinds ? sql`and kind = any(${kinds}::text[])` : sql``}
             order by id desc limit ${most.read}) f
      join profile_customers m on m.profile_id = f.profile_id
     order by f.at desc, f.id desc`.execute(ctx.db)
  const people = new Map(
    (await customersByIds(ctx, [...new Set(rows.map(({ customerId }) => customerId))])).map((one) => [one.id, one]),
  )
  const items = rows.flatMap(({ customerId, kind, why, at }) => {
    const person = people.get(customerId)
    if (!person) return []
    const { name, number } = person
    return [{ customerId, name, number, entered: kind === segmentEntered.kind, why, at: at.toISOString() }]
  })
  return { items: items.slice(0, most.shown), untold: false }
}
