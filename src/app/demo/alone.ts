import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { Refusal } from '#platform/refusal.ts'

/**
 * Works while no other process makes or carries on this demo: two would tell the same lives twice. The lock goes with its connection.
 * @throws Refusal `demo.runs_already`
 */
export function alone<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  return withConnection(ctx.db, async (client) => {
    const key = "hashtextextended('regulars.demo', 0)"
    const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${key}) as got`)
    if (!rows[0]?.got) throw new Refusal('conflict', 'demo.runs_already')
    try {
      return await work()
    } finally {
      await client.query(`select pg_advisory_unlock(${key})`).catch(() => undefined)
    }
  })
}
