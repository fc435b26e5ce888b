import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

const folder = new URL('../../../migrations/postgres/', import.meta.url)

/**
 * Brings the records to this version: each numbered file once, in its own transaction, forward only. Several processes may
 * call it at once; one works, the others wait. Opens a new epoch where the server is not the one of the last start.
 * @throws Error when the database was migrated by a newer version, which this one must not touch
 */
export async function migratePostgres(pool: pg.Pool, upTo = Number.POSITIVE_INFINITY): Promise<string[]> {
  const client = await pool.connect()
  const applied: string[] = []
  try {
    await client.query('set statement_timeout = 0')
    await client.query("select pg_advisory_lock(hashtextextended('regulars.migrate', 0))")
    for (const name of await missingMigrations(client)) {
      if (Number(name.slice(0, 4)) > upTo) continue
      await client.query('begin')
      try {
        await applyMigration(client, name)
        await client.query('commit')
      } catch (cause) {
        await client.query('rollback')
        throw cause
      }
      applied.push(name)
    }
    await openEpoch(client)
  } finally {
    await client.query("select pg_advisory_unlock(hashtextextended('regulars.migrate', 0))").catch(() => undefined)
    client.release(true)
  }
  return applied
}

/** Names of all migrations that this version brings, in order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
}

/**
 * The migrations that a database still lacks, in order.
 * @throws Error when it was migrated by a newer version
 */
export async function missingMigrations(client: pg.ClientBase): Promise<string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, applied_at timestamptz not null default clock_timestamp())',
  )
  const { rows } = await client.query<{ name: string }>('select name from migrations')
  const names = await migrationNames()
  const unknown = rows.find(({ name }) => !names.includes(name))
  if (unknown) {
    throw new Error(
      `The database holds the migration ${unknown.name}, which this version does not know. Start the newer version of Regulars.`,
    )
  }
  return names.filter((name) => !rows.some((row) => row.name === name))
}

/** Runs one migration and notes it, in the caller's transaction. */
export async function applyMigration(client: pg.ClientBase, name: string): Promise<void> {
  try {
    await client.query(await readFile(new URL(name, folder), 'utf8'))
    await client.query('insert into migrations (name) values ($1)', [name])
  } catch (cause) {
    throw new Error(`Migration ${name} failed: ${(cause as Error).message}`, { cause })
  }
}

async function openEpoch(client: pg.PoolClient): Promise<void> {
  await client.query(`
    insert into epochs (epoch, system_identifier)
    select coalesce(max(epoch), 0) + 1, here.id
      from (select system_identifier::text as id from pg_control_system()) here
      left join epochs on true
     group by here.id
    having coalesce((array_agg(epochs.system_identifier order by epoch desc))[1], '') <> here.id`)
}
