import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** Names of the members of staff behind labels like `staff:12`, by label. */
export async function actorNames(ctx: Context, labels: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(labels)].flatMap((label) => /^staff:(\d+)$/.exec(label)?.[1] ?? []).map(Number)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from staff where id = any(${ids})`.execute(ctx.db)
  return new Map(rows.map((row) => [`staff:${row.id}`, row.name]))
}
