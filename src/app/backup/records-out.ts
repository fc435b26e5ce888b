import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { ArchiveWriter } from '#platform/archive/index.ts'
import type { Manifest, ManifestTable } from './manifest.ts'

/** Of the machine, not of the shop, or told by the manifest itself. */
const leftOut = ['public.backups', 'public.migrations', 'public.kept_jobs']

export type TableToCopy = { name: string; columns: string[]; size: number }

/**
 * Opens the one snapshot that everything is read in, and sets how values are written. The transaction reads only and has no
 * transaction id, so it holds neither the fact horizon nor a row; it keeps VACUUM from clearing what was deleted since.
 */
export async function openSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set statement_timeout = 0;
    set idle_in_transaction_session_timeout = 0;
    set timezone = 'UTC';
    set datestyle = 'ISO, YMD';
    set intervalstyle = 'postgres';
    set bytea_output = 'hex';
    set extra_float_digits = 1;
    begin isolation level repeatable read, read only`)
}

/**
 * The tables of the shop: permanent ones outside of the queue's and the imports' own schemas, partitions by their parent. A
 * transaction id that only this server understands is left out where the table does not say of which epoch it is: restored, the
 * row is of the transaction that restores it.
 */
export async function tablesToCopy(client: pg.ClientBase): Promise<TableToCopy[]> {
  const { rows } = await client.query<TableToCopy>(
    `
    select n.nspname || '.' || c.relname as name,
           (select coalesce(sum(pg_table_size(relid)), 0)::float8 from pg_partition_tree(c.oid))
             + case when c.relkind = 'r' then pg_table_size(c.oid) else 0 end as size,
           array(select a.attname::text from pg_attribute a
                   left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                    and (coalesce(pg_get_expr(d.adbin, d.adrelid), '') <> 'pg_current_xact_id()'
                         or exists (select from pg_attribute e where e.attrelid = c.oid and e.attname = 'epoch'))
                  order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relpersistence = 'p' and not c.relispartition
       and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'staging') and n.nspname not like 'pg\\_%'
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
       and n.nspname || '.' || c.relname <> all ($1)
     order by 1`,
    [leftOut],
  )
  return rows
}

/** Copies one table as Postgres' own COPY text. @param onBytes told what has come so far */
export async function copyTable(
  client: pg.ClientBase,
  archive: ArchiveWriter,
  { name, columns }: TableToCopy,
  { signal, onBytes }: { signal?: AbortSignal; onBytes: (bytes: number) => void },
): Promise<ManifestTable> {
  const stream = client.query(copyTo(`copy (select ${columns.map(quoted).join(', ')} from ${named(name)}) to stdout`))
  let bytes = 0
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal?.throwIfAborted()
      bytes += chunk.length
      onBytes(bytes)
      yield chunk
    }
  }
  const part = await archive.part(`records/${name}`, '.copy', watched())
  return { name, columns, rows: stream.rowCount, ...part }
}

/** What else makes the tables what they are: by what they were made, their partitions, the numbers given so far. */
export async function shapeOf(client: pg.ClientBase): Promise<Omit<Manifest['records'], 'tables'>> {
  const server = await client.query<{ version: string }>(`select split_part(version(), ' ', 2) as version`)
  const migrations = await client.query<{ name: string }>('select name from migrations order by name')
  const partitions = await client.query<{ table: string; name: string; bound: string }>(`
    select pn.nspname || '.' || p.relname as table, cn.nspname || '.' || c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace cn on cn.oid = c.relnamespace
      join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
     where c.relispartition and c.relkind in ('r', 'p') and pn.nspname <> 'pgboss' order by 2`)
  const sequences = await client.query<{ name: string; last: string }>(`
    select schemaname || '.' || sequencename as name, last_value::text as last from pg_sequences
     where schemaname not in ('pgboss', 'staging') and last_value is not null order by 1`)
  return {
    server: server.rows[0]!.version,
    migrations: migrations.rows.map(({ name }) => name),
    partitions: partitions.rows,
    sequences: sequences.rows.filter(({ name }) => !name.startsWith('public.backups')),
  }
}

/** Jobs that wait in the queue or run: one that runs here begins again where this is restored. */
export async function copyJobs(client: pg.ClientBase, archive: ArchiveWriter): Promise<Manifest['jobs']> {
  const there = await client.query<{ there: boolean }>(`select to_regclass('pgboss.job') is not null as there`)
  const lines: string[] = []
  if (there.rows[0]?.there) {
    const { rows } = await client.query<{ line: string }>(`
      select jsonb_build_object('id', id, 'name', name, 'data', coalesce(data, '{}'), 'singleton_key', singleton_key,
                                'priority', priority, 'start_after', start_after)::text as line
        from pgboss.job where state < 'completed' and name not like '\\_\\_%' and name not like 'backup.%' order by created_on, id`)
    lines.push(...rows.map(({ line }) => line))
  }
  const kept = await client.query<{ there: boolean }>(`select to_regclass('public.kept_jobs') is not null as there`)
  if (kept.rows[0]?.there) {
    const { rows } = await client.query<{ line: string }>('select to_jsonb(k)::text as line from kept_jobs k')
    lines.push(...rows.map(({ line }) => line))
  }
  async function* bytes(): AsyncGenerator<Buffer> {
    if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`)
  }
  return { rows: lines.length, ...(await archive.part('jobs', '.jsonl', bytes())) }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** `public.customers` as SQL takes it. */
export const named = (name: string): string => name.split('.').map(quoted).join('.')
