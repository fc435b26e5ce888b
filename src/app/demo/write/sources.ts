import { sql } from 'kysely'
import { sourceOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { outlets } from '../shop/houses.ts'

/** The source and the shop of each outlet, by its letter; sources are made at the first need, as an import makes them. */
export async function sourcesOf(ctx: Context): Promise<Record<string, { source: number; shop: number }>> {
  const { rows } = await sql<{ code: string; id: number }>`select code, id from shops`.execute(ctx.db)
  const places: Record<string, { source: number; shop: number }> = {}
  for (const { letter, source, shop, online } of outlets) {
    const shopId = rows.find(({ code }) => code === shop.code)?.id
    if (!shopId) throw new Error(`the demo shop lacks its outlet ${shop.code}`)
    // One source of an outlet: its files and what its pages tell name people alike.
    const found = await sourceOf(ctx, source.code, { name: source.name, kind: online ? 'web' : 'shop', shopId })
    places[letter] = { source: found.id, shop: shopId }
  }
  return places
}
