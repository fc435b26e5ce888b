import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Agent, agentOf } from '../life/agent.ts'
import type { Chance } from '../life/chance.ts'
import { keyOf } from '../people/kin.ts'
import type { DemoShop } from '../record.ts'
import { outlets, zoneMs } from '../shop/houses.ts'

/** A customer as the people of the shop know them. Instants in milliseconds. */
export type Acquaintance = {
  customerId: number
  /** What its outlet told. */
  profileId: number
  agent: Agent
  chance: Chance
  joined: number
  last: number | null
  purchases: number
  phone: string | null
  email: string | null
}

type Row = Omit<Acquaintance, 'agent' | 'chance' | 'joined' | 'last'> & {
  externalId: string
  joined: Date
  last: Date | null
}

/** Of a large shop as many as its people could know. */
const most = 60_000

/** Whom the people of the shop may know something of: customers that an outlet told of, evenly over all weeks. */
export async function acquaintances(ctx: Context, shop: DemoShop): Promise<Acquaintance[]> {
  const each = Math.max(1, Math.ceil(shop.customers / most))
  const { rows } = await sql<Row>`
    select c.id as customer_id, p.id as profile_id, p.external_id, c.created_at as joined, c.phone, c.email,
           coalesce(bought.count, 0) as purchases, bought.last
      from customers c
      join profile_customers map on map.customer_id = c.id
      join profiles p on p.id = map.profile_id
      join sources s on s.id = p.source_id and s.code = any(${outlets.map(({ source }) => source.code)}::text[])
      left join lateral (select count(*)::int as count, max(o.placed_at) as last from orders o
                          where o.profile_id = p.id and o.kind = 'sale' and o.status <> 'void') bought on true
     where c.id % ${each} = 0 and p.external_id ~ '^[A-Za-z_]+[0-9]{9}$'
     order by c.id`.execute(ctx.db)
  return rows.map(({ externalId, joined, last, ...row }) => {
    const number = externalId.slice(-9)
    const chance = { seed: shop.seed, key: keyOf(Number(number.slice(0, 4)), Number(number.slice(4))) }
    return {
      ...row,
      chance,
      agent: agentOf(chance, shop.zeal),
      joined: joined.getTime(),
      last: last?.getTime() ?? null,
    }
  })
}

/** Whether somebody is one of those who keep coming. */
export function isLoyal({ agent: { habit } }: Pick<Acquaintance, 'agent'>): boolean {
  return habit === 'regular' || habit === 'devotee' || habit === 'collector' || habit === 'house'
}

const dayMs = 86_400_000

/** An instant between joining and now, at which people of the shop are there: between ten and eight in the evening. */
export function momentOf({ joined }: Acquaintance, now: number, place: number): Date {
  const begin = Math.min(joined + 3_600_000, now)
  const at = begin + (now - begin) * place
  const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs
  const open = midnight + (10 + 10 * ((at - midnight) / dayMs)) * 3_600_000
  return new Date(Math.floor(Math.min(Math.max(open, begin), now) / 60_000) * 60_000)
}
