import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * Which customers an actor sees, as a condition on `customers`: all, or those of chosen shops. A customer is a shop's when one of
 * its profiles has an order there, or comes from a source of that shop. The one place that says so.
 *
 * Cost for an actor of some shops: two index probes a row looked at. A page of a shop that has few of a million customers walks
 * many rows before it is full; such lists come from the columns instead.
 */
export function visibleCustomers(ctx: Context): RawBuilder<boolean> {
  const { scope } = ctx.actor
  if (scope.kind === 'all') return sql<boolean>`true`
  return sql<boolean>`(
    exists (select from profile_customers as seen join orders on orders.profile_id = seen.profile_id
             where seen.customer_id = customers.id and orders.shop_id = any(${scope.shopIds}::int[]))
    or exists (select from profile_customers as seen join profiles on profiles.id = seen.profile_id
                 join sources on sources.id = profiles.source_id
                where seen.customer_id = customers.id and sources.shop_id = any(${scope.shopIds}::int[])))`
}

/**
 * Which facts of a visible customer an actor sees, as a condition on `facts`. An order of another shop is not told of.
 * Facts of orders are known by their kind; their subject is the order.
 */
export function visibleFacts(ctx: Context): RawBuilder<boolean> {
  const { scope } = ctx.actor
  if (scope.kind === 'all') return sql<boolean>`true`
  return sql<boolean>`(facts.kind not like 'orders.%'
    or exists (select from orders where orders.id = facts.subject_id and orders.shop_id = any(${scope.shopIds}::int[])))`
}
