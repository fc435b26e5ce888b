/**
 * The tables of the columns as statements, from one source for one server and for a cluster.
 *
 * On one server a statement is applied as it stands. With a cluster, `CREATE TABLE x` becomes the part of each shard and the
 * whole over them:
 *   CREATE TABLE x_local ON CLUSTER c … ENGINE = Replicated…MergeTree('/clickhouse/tables/{shard}/{uuid}', '{replica}', …)
 *   CREATE TABLE x ON CLUSTER c AS x_local ENGINE = Distributed(c, currentDatabase(), x_local, <shard expression>)
 * The path holds the table's own {uuid}: a rebuild exchanges tables, and a path by name would then be taken.
 */

export type Statement = {
  sql: string
  /** What the statement is about, where it makes, alters or drops a table. */
  table?: string
  /** The expression of immutable columns by which a cluster spreads the table's rows. */
  shard?: string
}

/** Cuts a migration into its statements: they end with `;` at the end of a line. Comments between them are dropped. */
export function statementsOf(text: string): Statement[] {
  const statements: Statement[] = []
  for (const piece of text.split(/;[ \t]*(?:--[^\n]*)?(?:\n|$)/)) {
    const lines = piece.split('\n')
    const shard = lines.map((line) => /^-- shard: (.+)$/.exec(line)?.[1]).find(Boolean)
    const start = lines.findIndex((line) => line.trim() && !line.startsWith('--'))
    if (start < 0) continue
    const sql = lines.slice(start).join('\n').trim()
    const table = /^(?:CREATE TABLE IF NOT EXISTS|ALTER TABLE|DROP TABLE IF EXISTS) (\w+)/.exec(sql)?.[1]
    statements.push({ sql, table, shard })
  }
  return statements
}

/** A statement for a cluster: one for each shard's part, and one for the whole where there is a whole to make. */
export function onCluster({ sql, table, shard }: Statement, cluster: string): string[] {
  if (!table) throw new Error(`only statements about tables can be made for a cluster: ${sql.slice(0, 60)}`)
  const local = `${table}_local`
  if (sql.startsWith('CREATE TABLE')) {
    if (!shard) throw new Error(`${table} names no shard expression`)
    return [
      replicated(onClusterPart(sql, table, local, cluster)),
      `CREATE TABLE IF NOT EXISTS ${table} ON CLUSTER ${cluster} AS ${local} ENGINE = Distributed(${cluster}, currentDatabase(), ${local}, ${shard})`,
    ]
  }
  // Columns of the whole follow those of the parts; what concerns parts alone (settings, indexes, order) has no meaning there.
  const onParts = onClusterPart(sql, table, local, cluster)
  const ofColumns = /\b(ADD|DROP|MODIFY|RENAME) COLUMN\b/.test(sql) || sql.startsWith('DROP')
  return ofColumns ? [onParts, onClusterPart(sql, table, table, cluster)] : [onParts]
}

/** The same statement about another table, as `orders_next` for a rebuild. */
export function renamed(statement: Statement, table: string): Statement {
  if (!statement.table) return statement
  return { ...statement, table, sql: statement.sql.replace(` ${statement.table}`, ` ${table}`) }
}

/** What is sent to the server for a statement. */
export function compiled(statement: Statement, cluster?: string): string[] {
  return cluster ? onCluster(statement, cluster) : [statement.sql]
}

function onClusterPart(sql: string, table: string, as: string, cluster: string): string {
  return sql.replace(` ${table}`, ` ${as} ON CLUSTER ${cluster}`)
}

function replicated(sql: string): string {
  return sql
    .replace(/ENGINE = (\w*)MergeTree(?:\(([^)]*)\))?/, (_all, kind: string, args?: string) => {
      const given = args ? `, ${args}` : ''
      return `ENGINE = Replicated${kind}MergeTree('/clickhouse/tables/{shard}/{uuid}', '{replica}'${given})`
    })
    .replace(/non_replicated_deduplication_window/g, 'replicated_deduplication_window')
}
