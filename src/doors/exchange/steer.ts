import { unlink } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { askFor } from '#platform/jobs.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { dropStaging, type Import, importOf } from './import.ts'

/** Asks a running import to stop between two chunks. One that runs no more is left as it is. @throws Refusal `exchange.unknown` */
export async function cancelImport(ctx: Context, id: number): Promise<Import> {
  await importOf(ctx, id)
  await sql`update imports set cancel_asked = true where id = ${id} and state in ('running', 'undoing')`.execute(ctx.db)
  return importOf(ctx, id)
}

/**
 * Begins to take an import back, also one that was cancelled half-way. The job does the work.
 * @throws Refusal `exchange.unknown`, `exchange.wrong_state`
 */
export function startUndo(ctx: Context, id: number): Promise<Import> {
  return inTransaction(ctx, async (ctx) => {
    const one = await locked(ctx, id)
    if (one.state === 'undoing') return one
    if (!one.applies || one.state === 'running')
      throw new Refusal('conflict', 'exchange.wrong_state', { state: one.state })
    await sql`
      update imports
         set state = 'undoing', goal = 'undone', phase = 'undo', phase_done = 0, phase_total = 0, failure = null, cancel_asked = false,
             ended_at = null, version = version + 1
       where id = ${id}`.execute(ctx.db)
    await askFor(ctx, 'exchange.run', { id }, `import:${id}`)
    return importOf(ctx, id)
  })
}

/** Forgets an import of which nothing stands in the records, with its file. @throws Refusal `exchange.unknown`, `exchange.still_applies` */
export async function removeImport(ctx: Context, id: number): Promise<void> {
  const one = await inTransaction(ctx, async (ctx) => {
    const one = await locked(ctx, id)
    const { rows } = await sql<{ rests: boolean }>`
      select exists (select 1 from import_evidence where import_id = ${id} and stays is null) as rests`.execute(ctx.db)
    if (one.applies || rows[0]?.rests || ['running', 'undoing'].includes(one.state)) {
      throw new Refusal('conflict', 'exchange.still_applies', { state: one.state })
    }
    await dropStaging(ctx, id)
    await sql`delete from imports where id = ${id}`.execute(ctx.db)
    return one
  })
  if (one.uploaded) await unlink(one.path).catch(() => undefined)
}

async function locked(ctx: Context, id: number): Promise<Import> {
  await sql`select 1 from imports where id = ${id} for update`.execute(ctx.db)
  return importOf(ctx, id)
}
