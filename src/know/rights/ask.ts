import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import { note as tell } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Law, PrivacyRequest } from './contract.ts'
import { dueOn } from './due.ts'
import { rightAsked } from './facts.ts'
import { getRequest } from './list-requests.ts'
import { personOf } from './person-of.ts'
import { requestsWhere } from './request.ts'
import { rulesOf } from './rules.ts'

export type Asking = {
  customerId: number
  kind: 'export' | 'erase'
  law?: Law
  cameBy: PrivacyRequest['cameBy']
  /** A day of the shop; today unless told. */
  askedOn?: string
  note?: string
}

/**
 * Notes what a person asked for, with the day by which there must be an answer. One open request of a kind for a customer.
 * @throws Refusal `customers.unknown`, `rights.asked_already`, `rights.asked_later`
 */
export function ask(ctx: Context, asking: Asking): Promise<PrivacyRequest> {
  return inTransaction(ctx, async (ctx) => {
    const { kind, cameBy, note } = asking
    const customerId = (await personOf(ctx, asking.customerId)).customerIds[0]!
    await lockFor(ctx, `rights.ask ${customerId}`)
    const open = await requestsWhere(
      ctx,
      sql`customer_id = ${customerId} and kind = ${kind} and state in ('open', 'erasing')`,
    )
    if (open[0]) throw new Refusal('conflict', 'rights.asked_already', { id: open[0].id })
    const { value: rules } = await rulesOf(ctx)
    const today = dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
    const askedOn = asking.askedOn ?? today
    if (askedOn > today) throw new Refusal('invalid', 'rights.asked_later')
    const law = asking.law ?? rules.law
    const { rows } = await sql<{ id: number }>`
      insert into privacy_requests (kind, law, customer_id, came_by, asked_on, due_on, note, actor, created_at)
      values (${kind}, ${law}, ${customerId}, ${cameBy}, ${askedOn}, ${dueOn(law, askedOn, rules)}, ${note ?? null},
              ${ctx.actor.label}, ${ctx.clock.machine()}) returning id`.execute(ctx.db)
    const { id } = rows[0]!
    await announce(ctx, rightAsked, { subjectId: id, data: { kind, law } })
    tell(ctx, { object: 'customers', objectId: String(customerId), data: { requestId: id } })
    return getRequest(ctx, id)
  })
}
