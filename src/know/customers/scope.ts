import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * The one place that says in the records' SQL what an actor sees; the columns' counterpart is `understand/query/source.ts`. A
 * customer is a shop's when one of its profiles has an order there, or comes from a source of that shop (`customer_shops`
 * follows that by itself). Whom nobody looks after is seen by those alone who see all, or the shop.
 */

/**
 * Which customers an actor sees, as a condition on `customers`: nobody who was merged into another. One index probe a row; the
 * planner may begin with the few.
 */
export function visibleCustomers({ actor: { scope } }: Context): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql<boolean>`customers.merged_into is null`
    case 'shops':
      return sql<boolean>`(customers.merged_into is null and exists (select from customer_shops as seen
        where seen.customer_id = customers.id and seen.shop_id = any(${scope.shopIds}::int[])))`
    case 'owners':
      return sql<boolean>`(customers.merged_into is null and customers.owner_id = any(${scope.staffIds}::bigint[]))`
  }
}

/** Which orders, as a condition on `orders o`, or another alias. Sales to nobody known are seen by shop alone. */
export function visibleOrders({ actor: { scope } }: Context, alias = 'o'): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql<boolean>`true`
    case 'shops':
      return sql<boolean>`${sql.ref(`${alias}.shop_id`)} = any(${scope.shopIds}::int[])`
    case 'owners':
      return sql<boolean>`exists (select from profile_customers as seen join customers on customers.id = seen.customer_id
        where seen.profile_id = ${sql.ref(`${alias}.profile_id`)} and customers.owner_id = any(${scope.staffIds}::bigint[]))`
  }
}

/**
 * Which facts of a visible customer, as a condition on `facts`: an order of another shop is not told of, nor a relation to somebody whom
 * the actor does not see. Both are known by their kind; the subject is the order, or the other customer. Who sees a customer as its
 * owner sees all else of it.
 */
export function visibleFacts(ctx: Context): RawBuilder<boolean> {
  const { scope } = ctx.actor
  if (scope.kind === 'all') return sql<boolean>`true`
  const related = sql<boolean>`(facts.kind not like 'relations.%'
    or exists (select from customers where customers.id = facts.subject_id and ${visibleCustomers(ctx)}))`
  if (scope.kind === 'owners') return related
  return sql<boolean>`(${related} and (facts.kind not like 'orders.%'
    or exists (select from orders where orders.id = facts.subject_id and orders.shop_id = any(${scope.shopIds}::int[]))))`
}
