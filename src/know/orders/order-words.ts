import { sql } from 'kysely'
import { rowsAbout, type TimelineRow, type TimelineTeller } from '#know/customers/index.ts'
import { ordersCancelled, ordersChanged, ordersPlaced } from './facts.ts'
import { shownReason } from './reason.ts'

const mostNames = 3

/** What was bought or given back, by name, and why: no fact holds it. Three names an order, however long it is. */
export const orderWords: TimelineTeller = async (ctx, rows) => {
  const told = new Map<TimelineRow, string>()
  const about = rowsAbout(rows, [ordersPlaced.kind, ordersCancelled.kind, ordersChanged.kind])
  if (about.length === 0) return told
  const { rows: found } = await sql<{ id: number; reason: string | null; names: string[] }>`
    select o.id, o.reason,
           array(select coalesce(l.name, p.name, p.code) from order_lines l left join products p on p.id = l.product_id
                  where l.order_id = o.id and l.kind = 'goods' and coalesce(l.name, p.name, p.code) is not null
                  order by l.line limit ${mostNames + 1}) as names
      from orders o where o.id = any(${[...new Set(about.map(({ id }) => id))]}::bigint[])`.execute(ctx.db)
  const words = new Map(
    found.map(({ id, reason, names }) => {
      const first = [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])]
      return [id, { goods: first, reason: shownReason(ctx, reason) }]
    }),
  )
  for (const { row, id } of about) {
    const { goods = [], reason } = words.get(id) ?? {}
    const parts = [
      // A change is told of with its reason alone: what was bought stands where it was, and nothing of why it came to nothing.
      ...(row.kind === ordersChanged.kind ? [] : goods),
      ...(reason && row.kind !== ordersPlaced.kind ? [reason] : []),
    ]
    if (parts.length > 0) told.set(row, parts.join(' · '))
  }
  return told
}
