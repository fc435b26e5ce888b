import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Where profiles and orders are told to us from. */
export type Source = {
  id: number
  code: string
  name: string
  kind: 'staff' | 'import' | 'web' | 'shop'
  shopId: number | null
}

/**
 * The source of this code, made where it does not exist. Safe when several ask at once: one makes it, all get it.
 * What it was made with stays; `wanted` is for the first time.
 */
export async function sourceOf(
  ctx: Context,
  code: string,
  wanted: { name: string; kind: Source['kind']; shopId?: number | null },
): Promise<Source> {
  const find = async () =>
    (await sql<Source>`select id, code, name, kind, shop_id from sources where code = ${code}`.execute(ctx.db)).rows[0]
  const known = await find()
  if (known) return known
  const { rows } = await sql<Source>`
    insert into sources (code, name, kind, shop_id) values (${code}, ${wanted.name}, ${wanted.kind}, ${wanted.shopId ?? null})
        on conflict (code) do nothing returning id, code, name, kind, shop_id`.execute(ctx.db)
  return rows[0] ?? (await find())!
}
