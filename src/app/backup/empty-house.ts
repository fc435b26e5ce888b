import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { migrationNames } from '#platform/postgres/migrate.ts'
import { Refusal } from '#platform/refusal.ts'
import { named } from './records-out.ts'

const folder = new URL('../../../migrations/postgres/', import.meta.url)

/** What a house holds that was started and never set up: nothing that anybody would miss. */
const furniture: Record<string, string> = {
  migrations: 'true',
  epochs: 'true',
  listeners: 'true',
  projections: 'true',
  projection_rebuilds: 'true',
  stage_keeping: 'true',
  behaviour_keeping: 'true',
  membership_keeping: 'true',
  reachable_cursor: 'true',
  habit_looks: 'true',
  staff_failures: 'true',
  answered_requests: 'true',
  backups: 'true',
  arrival_ways: 'key is not null and version = 1',
  sources: "code = 'staff'",
  staff_links: "kind = 'set_up'",
}

/**
 * Refuses where the database is not ours to replace: other programs' tables in it, a house that somebody has set up, a process
 * of Regulars at work on it.
 * @throws Refusal `backup.in_use`, `backup.foreign_tables`, `backup.not_empty`
 */
export async function refuseUnlessEmpty(client: pg.ClientBase): Promise<void> {
  const { rows: users } = await client.query(`
    select from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'regulars%'`)
  if (users.length > 0) throw new Refusal('conflict', 'backup.in_use', { count: users.length })
  const ours = await ownNames()
  const tables = await tablesHere(client)
  const foreign = tables.find((name) => !ours.tables.has(name))
  if (foreign) throw new Refusal('conflict', 'backup.foreign_tables', { table: foreign })
  for (const table of tables) {
    const { rows } = await client.query(
      `select from ${named(`public.${table}`)} where not (${furniture[table] ?? 'false'}) limit 1`,
    )
    if (rows.length > 0) throw new Refusal('conflict', 'backup.not_empty', { table })
  }
}

/** Takes away, in the caller's transaction, what a house that was never set up holds. */
export async function clearHouse(client: pg.ClientBase): Promise<void> {
  const ours = await ownNames()
  for (const table of await tablesHere(client)) await client.query(`drop table ${named(`public.${table}`)} cascade`)
  for (const sequence of ours.sequences) await client.query(`drop sequence if exists ${named(`public.${sequence}`)}`)
  const { rows } = await client.query<{ name: string; signature: string }>(`
    select proname as name, oid::regprocedure::text as signature from pg_proc
     where pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = pg_proc.oid and d.deptype = 'e')`)
  for (const { name, signature } of rows)
    if (ours.functions.has(name)) await client.query(`drop function ${signature} cascade`)
  await client.query('drop schema if exists staging cascade; drop schema if exists pgboss cascade')
}

async function tablesHere(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`)
  return rows.map(({ name }) => name)
}

/** What our migrations make, by their text. */
async function ownNames(): Promise<{ tables: Set<string>; sequences: Set<string>; functions: Set<string> }> {
  const texts = await Promise.all((await migrationNames()).map((name) => readFile(new URL(name, folder), 'utf8')))
  const all = (pattern: RegExp) =>
    new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!)))
  return {
    tables: all(/create (?:unlogged )?table (?:if not exists )?(?:public\.)?(\w+)/gi).add('migrations'),
    sequences: all(/create sequence (?:public\.)?(\w+)/gi),
    functions: all(/create (?:or replace )?function (?:public\.)?(\w+)/gi),
  }
}
