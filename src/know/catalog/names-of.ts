import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** A product as somebody told it: by our number of it, where it was known then, and by its code. */
export type ProductTold = { id: number; code: string }

/**
 * What products are called, set-wise: by number, else by code (it may have come into the catalog since). What the catalog does not
 * know, or has no name for, is called by its code.
 * @returns asks for one of those that were given
 */
export async function namesOf(ctx: Context, told: readonly ProductTold[]): Promise<(one: ProductTold) => string> {
  if (told.length === 0) return ({ code }) => code
  const { rows } = await sql<{ id: number; code: string; name: string }>`
    select id, code, coalesce(name, code) as name from products
     where id = any(${[...new Set(told.map(({ id }) => id))]}::bigint[])
        or code = any(${[...new Set(told.map(({ code }) => code))]}::text[])`.execute(ctx.db)
  const byId = new Map(rows.map(({ id, name }) => [id, name]))
  const byCode = new Map(rows.map(({ code, name }) => [code, name]))
  return ({ id, code }) => byId.get(id) ?? byCode.get(code) ?? code
}
