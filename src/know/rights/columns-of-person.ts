import type { Context } from '#platform/context.ts'
import type { Person, PersonColumns } from '#platform/person/index.ts'

/** Which rows of a table of the columns are somebody's: a condition and its values. */
function rowsOf({ by, holds }: PersonColumns, { customerIds, profileIds }: Pick<Person, 'customerIds' | 'profileIds'>) {
  const ids = holds === 'customer' ? customerIds : profileIds
  return { where: `${by} IN ({ids:Array(UInt64)})`, query_params: { ids: [...ids] } }
}

/** All rows of a person in a table of the columns, as the table shows them now. Streamed: behaviour may be millions of rows. */
export async function* tellColumns(
  ctx: Context,
  table: PersonColumns,
  person: Person,
): AsyncGenerator<Record<string, unknown>> {
  const { where, query_params } = rowsOf(table, person)
  const isReplacing = await hasVersions(ctx, table.table)
  const answer = await ctx.columns.query({
    query: `SELECT * FROM ${table.table} ${isReplacing ? 'FINAL' : ''} WHERE ${where}`,
    query_params,
    format: 'JSONEachRow',
  })
  for await (const rows of answer.stream<Record<string, unknown>>()) for (const row of rows) yield row.json()
}

async function hasVersions(ctx: Context, table: string): Promise<boolean> {
  const answer = await ctx.columns.query({
    query: `SELECT engine_full LIKE '%ReplacingMergeTree%' AS yes FROM system.tables
             WHERE database = currentDatabase() AND name IN ({table:String}, {local:String}) ORDER BY name = {local:String} DESC LIMIT 1`,
    query_params: { table, local: `${table}_local` },
    format: 'JSONEachRow',
  })
  return (await answer.json<{ yes: number }>())[0]?.yes === 1
}

/** Rows that are there still, older versions included; of a person who is forgotten none may be. */
export async function countInColumns(
  ctx: Context,
  table: PersonColumns,
  person: Pick<Person, 'customerIds' | 'profileIds'>,
): Promise<number> {
  const { where, query_params } = rowsOf(table, person)
  const answer = await ctx.columns.query({
    query: `SELECT count() AS count FROM ${table.table} WHERE ${where} ${table.stays ? `AND NOT (${table.stays})` : ''}`,
    query_params,
    format: 'JSONEachRow',
  })
  return (await answer.json<{ count: number }>())[0]?.count ?? 0
}

/**
 * Takes the rows of some people out of a table, for good: a mutation writes the parts that hold them anew. One for all of them, because
 * its cost is the parts and not the people.
 */
export async function forgetInColumns(
  ctx: Context,
  table: PersonColumns,
  person: Pick<Person, 'customerIds' | 'profileIds'>,
  cluster?: string,
): Promise<void> {
  const { where, query_params } = rowsOf(table, person)
  const name = cluster ? `${table.table}_local ON CLUSTER ${cluster}` : table.table
  await ctx.columns.command({
    query: `ALTER TABLE ${name} DELETE WHERE ${where} ${table.stays ? `AND NOT (${table.stays})` : ''}`,
    query_params,
    clickhouse_settings: { mutations_sync: '0' },
  })
}

/** Mutations of these tables that still run, and why the last one failed, if it did. */
export async function runningMutations(
  ctx: Context,
  tables: readonly string[],
  cluster?: string,
): Promise<{ count: number; failure: string | null }> {
  const from = cluster ? `clusterAllReplicas(${cluster}, system.mutations)` : 'system.mutations'
  const answer = await ctx.columns.query({
    query: `SELECT count() AS count, anyIf(latest_fail_reason, latest_fail_reason != '') AS failure FROM ${from}
             WHERE database = currentDatabase() AND table IN ({tables:Array(String)}) AND NOT is_done`,
    query_params: { tables: tables.map((one) => (cluster ? `${one}_local` : one)) },
    format: 'JSONEachRow',
  })
  const [row] = await answer.json<{ count: number; failure: string }>()
  return { count: row?.count ?? 0, failure: row?.failure || null }
}
