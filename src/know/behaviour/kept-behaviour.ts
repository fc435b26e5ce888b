import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/**
 * Which rows of the columns a snapshot of the records knows of, as a condition in ClickHouse's SQL: those of batches that had
 * committed by then and were no longer on their way. What was on its way stands in the snapshot and is sent again after a restore.
 */
export async function knownBatches({ db }: Pick<Context, 'db'>): Promise<string> {
  const { rows } = await sql<{ lastId: number; waiting: number[] }>`
    select last_id, array(select id from behaviour_batches order by id)::bigint[] as waiting from behaviour_keeping`.execute(
    db,
  )
  const { lastId, waiting } = rows[0]!
  return `batch <= ${lastId}${waiting.length > 0 ? ` AND batch NOT IN (${waiting.map(Number).join(', ')})` : ''}`
}
