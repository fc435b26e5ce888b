import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Population } from '../life/population.ts'
import { outlets } from '../shop/houses.ts'
import { sourcesOf } from './sources.ts'

/** What a telling needs to know of the records: ids of places, people and goods. */
export type Known = {
  /** Source and shop of each outlet, by its letter. */
  places: Record<string, { source: number; shop: number }>
  /** Ids of products by code. */
  products: Map<string, number>
  /** The one who writes things down, as an actor's label, by outlet. */
  writers: Record<string, string>
  /** The profile of a customer by its place among all; 0: not there yet. */
  profileOf(customer: number): number
  setProfile(customer: number, profile: number): void
}

/** Profiles read at once. */
const piece = 50_000

export async function knownOf(ctx: Context, population: Population): Promise<Known> {
  const places = await sourcesOf(ctx)
  let profiles = new Float64Array(population.size + 1024)
  const known: Known = {
    places,
    products: await productsOf(ctx),
    writers: await writersOf(ctx),
    profileOf: (customer) => profiles[customer] ?? 0,
    setProfile(customer, profile) {
      if (customer >= profiles.length) {
        const grown = new Float64Array(customer * 2)
        grown.set(profiles)
        profiles = grown
      }
      profiles[customer] = profile
    },
  }
  for await (const { number, profile } of numbersOf(
    ctx,
    Object.values(places).map(({ source }) => source),
  )) {
    const week = Number(number.slice(0, 4))
    known.setProfile(population.upTo(week - 1) + Number(number.slice(4)), profile)
  }
  return known
}

export async function productsOf(ctx: Context): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; id: number }>`select code, id from products`.execute(ctx.db)
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Customers as files told of them, then those who joined at the counter, by their member's number. */
async function* numbersOf(ctx: Context, sources: number[]): AsyncGenerator<{ number: string; profile: number }> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ profile: number; externalId: string }>`
      select id as profile, external_id from profiles
       where id > ${after} and source_id = any(${sources}) order by id limit ${piece}`.execute(ctx.db)
    for (const { profile, externalId } of rows) {
      if (!externalId.startsWith('order:')) yield { number: externalId.slice(-9), profile }
    }
    if (rows.length < piece) break
    after = rows.at(-1)!.profile
  }
  const { rows } = await sql<{ profile: number; value: string }>`
    select i.profile_id as profile, i.value from identifiers i
      join profiles p on p.id = i.profile_id join sources s on s.id = p.source_id
     where i.kind = 'member' and i.value like 'XS%' and s.kind = 'staff'`.execute(ctx.db)
  for (const { profile, value } of rows) yield { number: value.slice(-9), profile }
}

/** Whoever works at an outlet; the website's and WeChat's notes are the marketer's. */
async function writersOf(ctx: Context): Promise<Record<string, string>> {
  const { rows } = await sql<{ id: number; role: string; scopeShopIds: number[] | null }>`
    select id, role, scope_shop_ids from staff where deactivated_at is null order by id`.execute(ctx.db)
  const places = await sourcesOf(ctx)
  const label = (found: { id: number } | undefined) => (found ? `staff:${found.id}` : 'system')
  return Object.fromEntries(
    outlets.map(({ letter, online }) => {
      const shop = places[letter]!.shop
      const own = rows.find(({ role, scopeShopIds }) => role === 'assistant' && scopeShopIds?.includes(shop))
      return [letter, label(online ? rows.find(({ role }) => role === 'marketer') : own)]
    }),
  )
}
