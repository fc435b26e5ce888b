import { sql } from 'kysely'
import { customersByIds, nextBirthday, seenProfiles, unknownCustomer, visibleOrders } from '#know/customers/index.ts'
import { mannersOfCustomer } from '#know/manners/index.ts'
import { householdOf } from '#know/relations/index.ts'
import { listReviews } from '#know/reviews/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import { tagsOfCustomer } from '#know/tags/index.ts'
import { listTalks, promisesOf } from '#know/talks/index.ts'
import type { Context } from '#platform/context.ts'
import { dayIn } from '#platform/days.ts'
import type { Card } from './contract.ts'

const soonDays = 30

/** The card of a customer: a handful of reads by index, all at once. @throws Refusal `customers.unknown` */
export async function cardOf(ctx: Context, id: number): Promise<Card> {
  const profileIds = await seenProfiles(ctx, id)
  const [people, manners, tags, household, reviews, purchase, goods, { items: promises }, talks, { zone }] =
    await Promise.all([
      customersByIds(ctx, [id], { columns: ['preferences'] }),
      mannersOfCustomer(ctx, id),
      tagsOfCustomer(ctx, id),
      householdOf(ctx, id),
      listReviews(ctx, { customerId: id, limit: 3 }),
      lastPurchase(ctx, profileIds),
      oftenBought(ctx, profileIds),
      promisesOf(ctx, id),
      listTalks(ctx, { id, limit: 1 }),
      merchantOf(ctx),
    ])
  const [customer] = people
  if (!customer) throw unknownCustomer(id)
  const { birthday } = customer
  const next = birthday && 'day' in birthday ? nextBirthday(birthday, dayIn(zone, ctx.clock.now())) : undefined
  const { more, ...row } = customer
  const [talk] = talks.items
  return {
    customer: row,
    manners,
    tags: tags.filter((tag) => tag.holds).map(({ tagId, name, colour }) => ({ id: tagId, name, colour })),
    household: household.map(({ kind, customer: { id, name, number } }) => ({ id, name, number, kind })),
    saidOf: reviews.items.map(({ id, rating, product, words }) => ({
      reviewId: id,
      rating,
      product: product?.name ?? null,
      words,
    })),
    lastPurchase: purchase,
    likes: { words: more?.preferences ?? null, goods },
    birthday: next && next.inDays <= soonDays ? next : null,
    promises,
    lastTalk: talk ? { at: talk.at, kind: talk.kind, said: talk.said ?? talk.problem } : null,
  }
}

async function lastPurchase(ctx: Context, profileIds: readonly number[]): Promise<Card['lastPurchase']> {
  const { rows } = await sql<NonNullable<Card['lastPurchase']>>`
    select o.id as order_id, o.number, o.day, o.amount,
           array(select coalesce(l.name, p.name, p.code) from order_lines l left join products p on p.id = l.product_id
                  where l.order_id = o.id and l.kind = 'goods' and coalesce(l.name, p.name, p.code) is not null
                  order by l.line limit 5) as goods
      from unnest(${[...profileIds]}::bigint[]) as of(profile_id)
      cross join lateral (
        select * from orders o where o.profile_id = of.profile_id and o.kind = 'sale' and o.status <> 'void' and ${visibleOrders(ctx)}
         order by o.placed_at desc, o.id desc limit 1) as o
     order by o.placed_at desc, o.id desc limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

/** Of the last 200 purchases: who bought thousands of times is no person, or likes what she likes now. */
async function oftenBought(ctx: Context, profileIds: readonly number[]): Promise<Card['likes']['goods']> {
  const { rows } = await sql<Card['likes']['goods'][number]>`
    select l.product_id, max(coalesce(p.name, p.code)) as name, count(distinct l.order_id) as times
      from (select o.id from unnest(${[...profileIds]}::bigint[]) as of(profile_id)
              cross join lateral (
                select id, placed_at from orders o
                 where o.profile_id = of.profile_id and o.kind = 'sale' and o.status <> 'void' and ${visibleOrders(ctx)}
                 order by o.placed_at desc, o.id desc limit 200) as o
             order by o.placed_at desc limit 200) as bought
      join order_lines l on l.order_id = bought.id and l.kind = 'goods'
      join products p on p.id = l.product_id
     group by l.product_id order by times desc, l.product_id limit 3`.execute(ctx.db)
  return rows
}
