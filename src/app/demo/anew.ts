import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'
import { demoShopOf } from './record.ts'

/**
 * Empties the house of a demo shop, records and columns; opening it again makes both anew. Never another house.
 * @throws Refusal `demo.real_house`
 */
export async function clearDemo(ctx: Context): Promise<void> {
  if (!(await demoShopOf(ctx))) throw new Refusal('conflict', 'demo.real_house')
  const found = await ctx.columns.query({
    query:
      "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY engine = 'Dictionary' DESC, name",
    format: 'JSONEachRow',
  })
  for (const { name } of await found.json<{ name: string }>()) {
    await ctx.columns.command({ query: 'DROP TABLE IF EXISTS {name:Identifier} SYNC', query_params: { name } })
  }
  // The mark of the demo goes last, with everything else: a kill before leaves a demo that can be cleared again.
  await sql`drop schema if exists pgboss cascade`.execute(ctx.db)
  await sql`drop schema if exists staging cascade`.execute(ctx.db)
  await sql`drop schema public cascade`.execute(ctx.db)
  await sql`create schema public`.execute(ctx.db)
}
