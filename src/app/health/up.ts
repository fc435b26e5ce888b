import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { projectionLag } from '#understand/projection/index.ts'
import { version } from '../version.ts'

export type Health = {
  ok: boolean
  version: string
  postgres: 'up' | 'down'
  clickhouse: 'up' | 'down'
  /** Lag of the columns behind the records, in machine time. */
  projection: { lagSeconds: number; pendingRows: number }
}

/** Whether both engines answer and how far the columns are behind. Says nothing of people; anyone may read it. */
export async function health(ctx: Context): Promise<Health> {
  const [postgres, clickhouse] = await Promise.all([
    sql`select 1`.execute(ctx.db).then(
      () => 'up' as const,
      () => 'down' as const,
    ),
    ctx.columns.ping().then((answer) => (answer.success ? ('up' as const) : ('down' as const))),
  ])
  const up = postgres === 'up' && clickhouse === 'up'
  const lag = up ? await projectionLag(ctx) : { lagSeconds: -1, pendingRows: -1 }
  return { ok: up, version, postgres, clickhouse, projection: lag }
}
