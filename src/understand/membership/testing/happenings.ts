import { sql } from 'kysely'
import { appendBehaviour, writeBatches } from '#know/behaviour/index.ts'
import { mergeCustomers, undoMerge } from '#know/identity/index.ts'
import { saveSteps } from '#know/orders/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { smallRegions } from '#understand/query/testing/small-shop.ts'

type Dice = (n: number) => number

const often = ['tag', 'city', 'owner', 'void', 'category', 'merge', 'undo', 'erase'] as const
export const seldom = ['review', 'answer', 'review gone', 'parcel', 'region', 'shop moves'] as const

/** Orders and events come more often than anything else. */
const usual = ['order', 'order', 'event', 'event', ...often, ...seldom] as const

/** Something that may happen in a small shop (query/testing/small-shop.ts), written as the house writes it. */
export async function happens(
  ctx: Context,
  dice: Dice,
  state: { merges: number[] },
  chosen: (typeof usual)[number] = usual[dice(usual.length)]!,
): Promise<string> {
  const { rows: people } = await sql<{ id: number; profileId: number }>`
    select c.id, min(m.profile_id) as profile_id from customers c join profile_customers m on m.customer_id = c.id group by c.id order by c.id`.execute(
    ctx.db,
  )
  const one = () => people[dice(people.length)]!
  switch (chosen) {
    case 'order':
      await anOrder(ctx, one().profileId, dice)
      break
    case 'event':
      await anEvent(ctx, one().profileId, {
        kind: dice(2) === 0 ? 'viewed' : 'carted',
        productId: 1 + dice(6),
        daysAgo: dice(3),
      })
      break
    case 'tag':
      await sql`insert into profile_tags (profile_id, tag_id, origin, state, actor, at)
                values (${one().profileId}, ${1 + dice(2)}, 'hand', ${dice(2) === 0 ? 'yes' : 'no'}, 'system', ${ctx.clock.now()})
                on conflict (profile_id, tag_id, origin) do update set state = excluded.state, at = excluded.at, xid = pg_current_xact_id()`.execute(
        ctx.db,
      )
      break
    case 'city':
      await changed(ctx, one().id, sql`city = ${['上海', '杭州', '巴黎'][dice(3)]!}`)
      break
    case 'owner':
      await changed(ctx, one().id, sql`owner_id = ${1 + dice(2)}`)
      break
    case 'void':
      await sql`update orders set status = 'void', version = version + 1, xid = pg_current_xact_id()
                 where id = (select min(id) from orders where status <> 'void' and profile_id = ${one().profileId})`.execute(
        ctx.db,
      )
      break
    case 'category':
      await sql`update products set category = ${dice(2) === 0 ? '茶' : '器'}, version = version + 1, xid = pg_current_xact_id() where id = ${1 + dice(6)}`.execute(
        ctx.db,
      )
      break
    case 'merge': {
      const [into, from] = [one().id, one().id]
      if (into === from) return 'nothing'
      const { mergeId } = await mergeCustomers(ctx, { into, from: [from], evidence: 'staff' })
      state.merges.push(mergeId)
      break
    }
    case 'undo': {
      const merge = state.merges.pop()
      if (merge === undefined) return 'nothing'
      await undoMerge(ctx, merge)
      break
    }
    case 'review':
      await sql`insert into reviews (profile_id, product_id, rating, at, actor, told_at)
                values (${one().profileId}, ${1 + dice(6)}, ${1 + dice(5)}, ${ctx.clock.now()}, 'system', ${ctx.clock.now()})`.execute(
        ctx.db,
      )
      break
    case 'answer':
      await sql`update reviews set answer = 'thanks', answered_at = ${ctx.clock.now()}, xid = pg_current_xact_id()
                 where id = (select min(id) from reviews where answer is null)`.execute(ctx.db)
      break
    case 'review gone':
      await sql`with gone as (delete from reviews where id = (select max(id) from reviews) returning id)
                insert into tombstones (entity, row_id) select 'reviews', id from gone`.execute(ctx.db)
      break
    case 'parcel': {
      const { rows } = await sql<{ id: number }>`
        select id from orders where kind = 'sale' order by id offset ${dice(20)} limit 1`.execute(ctx.db)
      const step = (['shipped', 'delivered', 'received', 'returned'] as const)[dice(4)]!
      if (rows[0])
        await inTransaction(ctx, (ctx) => saveSteps(ctx, [{ orderId: rows[0]!.id, step, at: ctx.clock.now() }]))
      break
    }
    case 'region':
      await changed(ctx, one().id, sql`region = ${smallRegions[dice(smallRegions.length)]!}`)
      break
    case 'shop moves': {
      const [latitude, longitude] = [30 + dice(3), 120 + dice(3)]
      const id = 1 + dice(2)
      await sql`with moved as (update shops set latitude = ${latitude}, longitude = ${longitude} where id = ${id})
                insert into facts (at, kind, subject_id, actor) values (${ctx.clock.now()}, 'shops.changed', ${id}, 'system')`.execute(
        ctx.db,
      )
      break
    }
    case 'erase':
      await changed(ctx, one().id, sql`mark = 'test'`)
  }
  return chosen
}

export async function anEvent(
  ctx: Context,
  profileId: number,
  { kind, productId, daysAgo = 0 }: { kind: 'viewed' | 'carted'; productId: number; daysAgo?: number },
): Promise<void> {
  const at = new Date(ctx.clock.now().getTime() - daysAgo * 86_400_000)
  await inTransaction(ctx, (ctx) =>
    appendBehaviour(ctx, [
      {
        profileId,
        at,
        receivedAt: ctx.clock.machine(),
        sourceId: 1,
        shopId: 1,
        kind,
        event: '茶',
        productIds: [productId],
        products: ['1'],
      },
    ]),
  )
  while (await writeBatches(ctx));
}

async function anOrder(ctx: Context, profileId: number, dice: Dice): Promise<void> {
  const amount = 500 * (1 + dice(5))
  await sql`
    with o as (
      insert into orders (profile_id, source_id, shop_id, number, kind, status, placed_at, day, amount, line_count)
      values (${profileId}, 1, 1, gen_random_uuid()::text, 'sale', 'completed', ${ctx.clock.now()}, (${ctx.clock.now()}::timestamptz at time zone 'Asia/Shanghai')::date, ${amount}, 1)
      returning id
    )
    insert into order_lines (order_id, line, product_id, kind, quantity, unit_price, amount)
    select id, 1, ${1 + dice(6)}, 'goods', 1, ${amount / 100}, ${amount} from o`.execute(ctx.db)
}

async function changed(ctx: Context, id: number, set: ReturnType<typeof sql>): Promise<void> {
  await sql`update customers set ${set}, version = version + 1, xid = pg_current_xact_id() where id = ${id}`.execute(
    ctx.db,
  )
}
