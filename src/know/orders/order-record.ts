import { type RawBuilder, sql } from 'kysely'
import { shownNumber } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { OrderKind, OrderRow, OrderStatus, OrderStepName } from './contract.ts'
import { shownReason } from './reason.ts'

/** An order as Postgres gives it, with where it belongs. */
export type OrderRecord = {
  id: number
  number: string
  kind: OrderKind
  status: OrderStatus
  placedAt: Date
  /** To the microsecond, for cursors. */
  placedText: string
  day: string
  amount: number
  givenBack: number
  lineCount: number
  step: OrderStepName | null
  reason: string | null
  shopId: number
  shopName: string
  customerId: number | null
  customerName: string | null
  customerNumber: string | null
}

/** The columns of an order as lists show it, from `orders o` and `orderJoins`. */
export const orderColumns: RawBuilder<OrderRecord> = sql`
  o.id, o.number, o.kind, o.status, o.placed_at, o.placed_at::text as placed_text, o.day, o.amount, o.line_count, o.step, o.reason,
  s.id as shop_id, s.name as shop_name, c.id as customer_id, c.name as customer_name,
  c.number as customer_number,
  case when o.kind = 'sale' then
    (select coalesce(sum(back.amount), 0)::bigint from orders back where back.cancels_id = o.id and back.status <> 'void')
  else 0::bigint end as given_back`

export const orderJoins = sql`
  join shops s on s.id = o.shop_id
  left join profile_customers pc on pc.profile_id = o.profile_id
  left join customers c on c.id = pc.customer_id`

/** As the contract shows it to this actor. */
export function rowOf(ctx: Context, record: OrderRecord): OrderRow {
  return {
    id: record.id,
    number: record.number,
    kind: record.kind,
    status: record.status,
    placedAt: record.placedAt.toISOString(),
    day: record.day,
    amount: record.amount,
    net: record.status === 'void' ? 0 : record.amount + record.givenBack,
    lineCount: record.lineCount,
    step: record.step,
    reason: shownReason(ctx, record.reason),
    shop: { id: record.shopId, name: record.shopName },
    customer:
      record.customerId === null
        ? null
        : {
            id: record.customerId,
            name: record.customerName,
            number: record.customerNumber && shownNumber(ctx, record.customerNumber),
          },
  }
}
