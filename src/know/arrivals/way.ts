import { sql } from 'kysely'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { type Locale, locales, say } from '#platform/i18n/index.ts'
import { Refusal } from '#platform/refusal.ts'
import type { ArrivalWay } from './contract.ts'

const everywhere = ['walk_in', 'friend', 'search', 'website', 'email', 'exhibition', 'partner', 'other']

/** Of the house's ways those that a shop of this language is offered from the first day; all others once somebody came by them. */
const offeredIn: Record<Locale, readonly string[]> = {
  'zh-CN': [...everywhere, 'xiaohongshu', 'douyin', 'wechat', 'tmall'],
  'zh-TW': [...everywhere, 'facebook', 'instagram', 'youtube'],
  en: [...everywhere, 'instagram', 'facebook', 'tiktok', 'youtube'],
}

type WayRecord = Omit<ArrivalWay, 'name'> & { name: string | null; used: boolean }

/** All ways in their order, named in the shop's language where nobody named them. */
export async function waysOf(ctx: Context): Promise<ArrivalWay[]> {
  const locale = await localeOf(ctx)
  const { rows } = await sql<WayRecord>`
    select w.id, w.key, w.name, w.ended_at is null as offered, w.version,
           exists (select from arrivals a where a.way_id = w.id and not a.gone) or exists (select from arrival_costs c where c.way_id = w.id) as used
      from arrival_ways w order by w.place, w.id`.execute(ctx.db)
  return rows.map(({ used, ...way }) => ({
    ...way,
    name: nameOf(way, locale),
    offered: way.offered && (used || way.name !== null || offeredIn[locale].includes(way.key!)),
  }))
}

/** @throws Refusal `arrivals.unknown_way` */
export async function wayOf(ctx: Context, id: number): Promise<ArrivalWay> {
  const way = (await waysOf(ctx)).find((one) => one.id === id)
  if (!way) throw new Refusal('not_found', 'arrivals.unknown_way')
  return way
}

/**
 * The ways that names of files mean, in any case: what a way is called here, or the house's own in any of its languages.
 * @returns by the name as given; a name that means none is left out
 */
export async function namedWays(ctx: Context, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const ways = await waysOf(ctx)
  const byName = new Map<string, number>()
  // What it is called here stands above what the house calls it elsewhere; what is offered above what is not.
  for (const { key, id } of ways) {
    for (const locale of key ? locales : []) byName.set(say(locale, `arrivals.way.${key}`).toLowerCase(), id)
    if (key) byName.set(key, id)
  }
  for (const { name, id } of ways.toSorted((one, other) => Number(one.offered) - Number(other.offered)))
    byName.set(name.toLowerCase(), id)
  return new Map(
    names.flatMap((name) => {
      const id = byName.get(name.toLowerCase())
      return id === undefined ? [] : [[name, id] as const]
    }),
  )
}

/** The ids of the house's own ways that are not ended, by key. */
export async function waysByKey(ctx: Context): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; id: number }>`
    select key, id from arrival_ways where key is not null and ended_at is null`.execute(ctx.db)
  return new Map(rows.map(({ key, id }) => [key, id]))
}

export function nameOf({ key, name }: { key: string | null; name: string | null }, locale: Locale): string {
  return name ?? say(locale, `arrivals.way.${key}`)
}

async function localeOf(ctx: Context): Promise<Locale> {
  return (await merchantOf(ctx)).locale as Locale
}
