import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import { deleteOldUploads } from './upload.ts'

/**
 * Sets imports going again whose process died, and deletes old uploads. One that still runs holds its lock, so a second run of it
 * returns at once.
 */
export async function tend(ctx: Context): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from imports where state in ('running', 'undoing') order by id`.execute(ctx.db)
  for (const { id } of rows) await askFor(ctx, 'exchange.run', { id }, `import:${id}`)
  await deleteOldUploads(ctx)
}
