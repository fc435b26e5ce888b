import { CompiledQuery, sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import type { Context } from '#platform/context.ts'
import type { Job } from '#platform/jobs.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'

type KeptJob = {
  id: string
  name: string
  data: Record<string, unknown>
  singletonKey: string | null
  priority: number
  startAfter: Date
}

/**
 * Puts the jobs that a restored backup brought into the queue, once: they leave `kept_jobs` in the same transaction. Those of a
 * queue that this version no longer has stay.
 */
export async function takeKeptJobs(ctx: Context, queue: Pick<PgBoss, 'insert'>, jobs: readonly Job[]): Promise<void> {
  const names = jobs.map(({ name }) => name)
  await inTransaction(ctx, async ({ db }) => {
    const { rows } = await sql<KeptJob>`
      delete from kept_jobs where name = any(${names}::text[])
      returning id, name, data, singleton_key, priority, start_after`.execute(db)
    const executor = {
      async executeSql(text: string, values: unknown[] = []) {
        return { rows: (await db.executeQuery<object>(CompiledQuery.raw(text, values))).rows as object[] }
      },
    }
    for (const name of new Set(rows.map((row) => row.name))) {
      const ofQueue = rows
        .filter((row) => row.name === name)
        .map(({ singletonKey, name: _name, ...job }) => ({ ...job, ...(singletonKey ? { singletonKey } : {}) }))
      await queue.insert(name, ofQueue, { db: executor })
    }
  })
}
