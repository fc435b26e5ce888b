import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Population } from '../life/population.ts'
import { outlets } from '../shop/houses.ts'
import { sourcesOf } from './sources.ts'
import { numberOfBrowser } from './tracked.ts'

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
  /** The profile of the browser on which somebody looked before signing in; 0: not there. */
  browserOf(customer: number): number
  setBrowser(customer: number, profile: number): void
  /** Those who joined at a counter, whom no file told of: pages know them by the number of their card. */
  byCard: Set<number>
}

/** Profiles read at once. */
const piece = 50_000

export async function knownOf(ctx: Context, population: Population): Promise<Known> {
  const places = await sourcesOf(ctx)
  const profiles = growing(population.size)
  const browsers = growing(population.size)
  const known: Known = {
    places,
    products: await productsOf(ctx),
    writers: await writersOf(ctx),
    profileOf: profiles.get,
    setProfile: profiles.set,
    browserOf: browsers.get,
    setBrowser: browsers.set,
    byCard: new Set(),
  }
  const placeOf = (number: string) => population.upTo(Number(number.slice(0, 4)) - 1) + Number(number.slice(4))
  for await (const { externalId, profile } of profilesOf(ctx, known)) {
    const browser = numberOfBrowser(externalId)
    if (browser) known.setBrowser(placeOf(browser), profile)
    else if (/\d{9}$/.test(externalId)) known.setProfile(placeOf(externalId.slice(-9)), profile)
  }
  for (const { card, profile } of await cardsOf(ctx)) {
    const customer = placeOf(card.slice(-9))
    known.setProfile(customer, profile)
    known.byCard.add(customer)
  }
  return known
}

/** Numbers by a place that grows; 0 where none was set. */
function growing(size: number) {
  let numbers = new Float64Array(size + 1024)
  return {
    get: (place: number) => numbers[place] ?? 0,
    set(place: number, value: number) {
      if (place >= numbers.length) {
        const grown = new Float64Array(place * 2)
        grown.set(numbers)
        numbers = grown
      }
      numbers[place] = value
    },
  }
}

export async function productsOf(ctx: Context): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; id: number }>`select code, id from products`.execute(ctx.db)
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Customers as files and pages told of them, and browsers; not the nameless ones of a till. */
async function* profilesOf(ctx: Context, { places }: Known): AsyncGenerator<{ externalId: string; profile: number }> {
  const sources = Object.values(places).map(({ source }) => source)
  for (let after = 0; ; ) {
    const { rows } = await sql<{ profile: number; externalId: string }>`
      select id as profile, external_id from profiles
       where id > ${after} and source_id = any(${sources}) order by id limit ${piece}`.execute(ctx.db)
    yield* rows.filter(({ externalId }) => !externalId.startsWith('order:'))
    if (rows.length < piece) return
    after = rows.at(-1)!.profile
  }
}

/** Those who joined at a counter. */
async function cardsOf(ctx: Context): Promise<{ card: string; profile: number }[]> {
  const { rows } = await sql<{ profile: number; card: string }>`
    select i.profile_id as profile, i.value as card from identifiers i
      join profiles p on p.id = i.profile_id join sources s on s.id = p.source_id
     where i.kind = 'member' and i.value like 'XS%' and s.kind = 'staff'`.execute(ctx.db)
  return rows
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
