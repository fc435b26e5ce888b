import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Key } from './contract.ts'
import { grantable, keyList } from './key.ts'

/** All keys, and what the actor could give to a new one. */
export async function listKeys(ctx: Context): Promise<{ items: Key[]; grantable: string[] }> {
  return { items: await keyList(ctx), grantable: grantable(ctx.actor) }
}

/** The names behind `key:12`, those of ended keys included. */
export async function keyNames(ctx: Context): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql<{
    id: number
    name: string
  }>`select id, name from api_keys order by id limit 1000`.execute(ctx.db)
  return rows
}
