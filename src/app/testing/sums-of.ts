import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'

/** What a restore makes itself, and of what is the machine's own. */
const ofTheMachine = ['backups', 'migrations', 'epochs', 'projections', 'projection_rebuilds', 'kept_jobs']

/** Each table's rows as one sum, however they lie on the disk: `count md5`. Places of transactions on one server are left out. */
export async function sumsOf({ db }: Context): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string; columns: string }>`
    select c.relname as name,
           (select string_agg(quote_ident(attname), ', ' order by attname) from pg_attribute a
             where attrelid = c.oid and attnum > 0 and not attisdropped
               and not (attname = 'xid' and not exists (select from pg_attribute e where e.attrelid = c.oid and e.attname = 'epoch'))) as columns
      from pg_class c
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relpersistence = 'p'
       and relname <> all(${ofTheMachine}::text[])`.execute(db)
  const sums: Record<string, string> = {}
  for (const { name, columns } of tables) {
    const { rows } = await sql<{ sum: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(line, ',' order by line collate "C")), '') as sum
        from (select row(${sql.raw(columns)})::text as line from ${sql.table(name)}) as lines`.execute(db)
    sums[name] = rows[0]!.sum
  }
  return sums
}
