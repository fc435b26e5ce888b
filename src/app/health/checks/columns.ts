import type { Columns } from '#platform/clickhouse/connect.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

/** What must hold so that a batch that was taken is on the disk, and what ClickHouse itself says is broken. */
export const columnsCheck: Check = {
  name: 'settings of ClickHouse',
  needs: ['columns'],
  async run({ ctx: { columns } }) {
    const found: Finding[] = []
    const settings = await rowsOf<{ name: string; value: string }>(
      columns,
      `SELECT name, value FROM system.merge_tree_settings WHERE name IN ('fsync_after_insert', 'fsync_part_directory')`,
    )
    const replicated = await rowsOf(
      columns,
      `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE 'Replicated%' LIMIT 1`,
    )
    const unsynced = settings.filter(({ value }) => value !== '1').map(({ name }) => name)
    if (unsynced.length > 0 && replicated.length === 0)
      found.push({
        code: 'columns_not_durable',
        level: 'look',
        params: { names: unsynced.join(', ') },
        commands: [
          'echo "<clickhouse><merge_tree><fsync_after_insert>1</fsync_after_insert><fsync_part_directory>1</fsync_part_directory></merge_tree></clickhouse>" > /etc/clickhouse-server/config.d/regulars.xml',
          'systemctl restart clickhouse-server',
        ],
      })
    const broken = await rowsOf<{ table: string; count: number }>(
      columns,
      `SELECT table, count() AS count FROM system.detached_parts
        WHERE database = currentDatabase() AND (reason LIKE 'broken%' OR reason LIKE 'unexpected%') GROUP BY table`,
    )
    for (const params of broken)
      found.push({ code: 'broken_parts', level: 'wrong', params, commands: ['regulars rebuild'] })
    const stuck = await rowsOf<{ table: string }>(
      columns,
      `SELECT DISTINCT table FROM system.mutations WHERE database = currentDatabase() AND NOT is_done AND latest_fail_reason <> ''`,
    )
    for (const { table } of stuck)
      found.push({
        code: 'mutation_fails',
        level: 'wrong',
        params: { table },
        commands: [
          `curl "$CLICKHOUSE_URL" -d "SELECT mutation_id, latest_fail_reason FROM system.mutations WHERE table = '${table}' AND NOT is_done"`,
        ],
      })
    return found
  },
}

async function rowsOf<T>(columns: Columns, query: string): Promise<T[]> {
  return (await columns.query({ query, format: 'JSONEachRow' })).json<T>()
}
