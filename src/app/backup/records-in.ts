import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Archive } from '#platform/archive/index.ts'
import { applyMigration, missingMigrations } from '#platform/postgres/migrate.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Manifest } from './manifest.ts'
import { named, quoted } from './records-out.ts'

type Loading = {
  client: pg.ClientBase
  archive: Archive
  manifest: Manifest
  signal?: AbortSignal
  onProgress?: (progress: { phase: string; share: number }) => void
}

/**
 * Makes the records of a backup in a database that holds none, in the caller's transaction: the schema as it was when the backup
 * was made, the rows, then the migrations that came since. So any file up to this version goes into any Postgres that we run on.
 *
 * At the end a new epoch begins: transaction ids of the old server mean nothing here. Listeners go on from where they were, every
 * fact of an older epoch counts as committed, and the columns are made anew.
 * @throws Refusal `archive.damaged` where a table brings other rows than were written
 */
export async function loadRecords(loading: Loading): Promise<void> {
  const { client, manifest } = loading
  for (const name of await missingMigrations(client)) {
    if (manifest.records.migrations.includes(name)) await applyMigration(client, name)
  }
  const putBack = await setAside(client)
  for (const { table, name, bound } of manifest.records.partitions) {
    await client.query(`create table if not exists ${named(name)} partition of ${named(table)} ${bound}`)
  }
  await loadTables(loading)
  for (const { name, last } of manifest.records.sequences) {
    await client.query('select setval($1::regclass, $2::bigint)', [name, last])
  }
  loading.onProgress?.({ phase: 'indexes', share: 1 })
  await putBack()
  await client.query(`
    insert into epochs (epoch, system_identifier)
    select coalesce(max(epoch), 0) + 1, (select system_identifier::text from pg_control_system()) from epochs`)
  for (const name of await missingMigrations(client)) await applyMigration(client, name)
  await keepJobs(loading)
}

async function loadTables({ client, archive, manifest, signal, onProgress }: Loading): Promise<void> {
  const { tables } = manifest.records
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 1)
  let loaded = 0
  for (const table of tables) {
    async function* rows(): AsyncGenerator<Buffer> {
      for await (const bytes of archive.read(table)) {
        signal?.throwIfAborted()
        onProgress?.({ phase: `records/${table.name}`, share: loaded / all })
        loaded += bytes.length
        yield bytes
      }
    }
    const copy = client.query(
      copyFrom(`copy ${named(table.name)} (${table.columns.map(quoted).join(', ')}) from stdin`),
    )
    await pipeline(Readable.from(rows(), { objectMode: false }), copy)
    if (copy.rowCount !== table.rows) {
      const first = table.pieces[0]
      throw new Refusal('invalid', 'archive.damaged', { part: first?.member ?? table.name, at: first?.at ?? 0 })
    }
  }
}

/**
 * Takes away for the time of loading what would check or index every row for itself: foreign keys, indexes, triggers; and the rows
 * that migrations have put in. All of it is put back, and then checked and built at once.
 */
async function setAside(client: pg.ClientBase): Promise<() => Promise<void>> {
  const ours = `select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`
  const keys = await client.query<{ table: string; name: string; definition: string }>(`
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and conparentid = 0 and conrelid in (${ours}) order by 1, 2`)
  const indexes = await client.query<{ name: string; definition: string }>(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid in (${ours}) and not exists (select from pg_constraint c where c.conindid = i.indexrelid) order by 1`)
  const triggers = await client.query<{ table: string }>(`
    select distinct tgrelid::regclass::text as table from pg_trigger where not tgisinternal and tgrelid in (${ours})`)
  const { rows: tables } = await client.query<{ name: string }>(`
    select oid::regclass::text as name from pg_class where oid in (${ours}) and relname <> 'migrations'`)

  for (const { table, name } of keys.rows) await client.query(`alter table ${table} drop constraint ${quoted(name)}`)
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`)
  for (const { table } of triggers.rows) await client.query(`alter table ${table} disable trigger user`)
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  return async () => {
    for (const { definition } of indexes.rows) await client.query(definition.replace(' ON ONLY ', ' ON '))
    for (const { table, name, definition } of keys.rows) {
      await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`)
    }
    for (const { table } of triggers.rows) await client.query(`alter table ${table} enable trigger user`)
  }
}

/** Jobs that waited are kept until the queue of this house is there to take them. */
async function keepJobs({ client, archive, manifest }: Loading): Promise<void> {
  if (manifest.jobs.rows === 0) return
  const pieces: Buffer[] = []
  for await (const bytes of archive.read(manifest.jobs)) pieces.push(bytes)
  const jobs = Buffer.concat(pieces).toString().trim().split('\n').join(',')
  await client.query(
    `insert into kept_jobs (id, name, data, singleton_key, priority, start_after)
     select id, name, data, singleton_key, priority, start_after
       from jsonb_to_recordset($1::jsonb) as job(id uuid, name text, data jsonb, singleton_key text, priority integer, start_after timestamptz)
     on conflict (id) do nothing`,
    [`[${jobs}]`],
  )
}
