import { sql } from 'kysely'
import type { Config } from '#platform/config.ts'
import { migrationNames } from '#platform/postgres/migrate.ts'
import type { Check } from '../check.ts'
import type { Finding } from '../finding.ts'

/** A write transaction that is open for longer than this holds listeners and columns back; ours last at most 10 s. */
const oldSeconds = 60

/** Where a Postgres of one's own is asked by hand. The embedded one is set by us at each start. */
const psql = ({ databaseUrl }: Config, statement: string): string[] =>
  databaseUrl ? [`psql "$DATABASE_URL" -c '${statement}'`] : ['regulars start']

/** What must hold so that what is acknowledged is on the disk. */
export const settingsCheck: Check = {
  name: 'settings of Postgres',
  needs: ['records'],
  async run({ config, ctx }) {
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums')`.execute(
      ctx.db,
    )
    const found: Finding[] = []
    for (const { name, setting } of rows) {
      if (name === 'data_checksums') {
        if (setting === 'off') found.push({ code: 'no_checksums', level: 'look', commands: checksums(config) })
      } else if (setting === 'off' || setting === 'local')
        found.push({
          code: 'not_durable',
          level: 'wrong',
          params: { name, setting },
          commands: psql(config, `alter system set ${name} = on`).concat(psql(config, 'select pg_reload_conf()')),
        })
    }
    return found
  },
}

const checksums = ({ databaseUrl }: Config): string[] =>
  databaseUrl
    ? ['pg_ctl stop -D "$PGDATA"', 'pg_checksums --enable -D "$PGDATA"', 'pg_ctl start -D "$PGDATA"']
    : ['regulars backup /tmp/shop.tar', 'REGULARS_DATA=/srv/new regulars restore /tmp/shop.tar']

/** Whether the server is one that we run on, and knows Chinese letters. */
export const serverCheck: Check = {
  name: 'server of the records',
  needs: ['records'],
  async run({ ctx }) {
    const { rows } = await sql<{ version: string; number: number; encoding: string }>`
      select split_part(version(), ' ', 2) as version, current_setting('server_version_num')::int as number,
             pg_encoding_to_char(encoding) as encoding
        from pg_database where datname = current_database()`.execute(ctx.db)
    const { version, number, encoding } = rows[0]!
    const found: Finding[] = []
    const anew = ['regulars backup /tmp/shop.tar', 'DATABASE_URL=… regulars restore /tmp/shop.tar']
    if (number < 160_000) found.push({ code: 'postgres_old', level: 'wrong', params: { version }, commands: anew })
    if (encoding !== 'UTF8')
      return [...found, { code: 'not_utf8', level: 'wrong', params: { encoding }, commands: anew }]
    const { rows: trigrams } = await sql<{ there: boolean }>`
      select count(*) > 0 as there from pg_extension where extname = 'pg_trgm'`.execute(ctx.db)
    if (!trigrams[0]?.there) return found
    const { rows: seen } = await sql<{
      count: number
    }>`select coalesce(cardinality(show_trgm('茶叶')), 0) as count`.execute(ctx.db)
    if (seen[0]!.count === 0) {
      const made = `createdb --template=template0 --encoding=UTF8 --lc-ctype=C.UTF-8 --lc-collate=C regulars2`
      found.push({ code: 'letters_unknown', level: 'look', commands: [made, ...anew] })
    }
    return found
  },
}

/** Transactions that nothing can pass: the horizon of facts, the columns, VACUUM. */
export const transactionCheck: Check = {
  name: 'old transactions',
  needs: ['records'],
  async run({ config, ctx }) {
    const now = sql`${ctx.clock.machine().toISOString()}::timestamptz`
    const { rows } = await sql<{ pid: number; name: string; seconds: number; state: string }>`
      select pid, coalesce(nullif(application_name, ''), usename, '?') as name, coalesce(state, '?') as state,
             extract(epoch from ${now} - xact_start)::int as seconds
        from pg_stat_activity
       where backend_xid is not null and xact_start < ${now} - ${oldSeconds} * interval '1 second'
       order by xact_start limit 3`.execute(ctx.db)
    const found: Finding[] = rows.map(({ pid, name, seconds, state }) => ({
      code: 'old_transaction',
      level: seconds > 600 ? 'wrong' : 'look',
      params: { pid, name, minutes: Math.floor(seconds / 60), state },
      commands: psql(config, `select pg_terminate_backend(${pid})`),
    }))
    const { rows: prepared } = await sql<{ gid: string; minutes: number }>`
      select gid, (extract(epoch from ${now} - prepared) / 60)::int as minutes from pg_prepared_xacts
       where prepared < ${now} - ${oldSeconds} * interval '1 second' limit 3`.execute(ctx.db)
    for (const { gid, minutes } of prepared)
      found.push({
        code: 'prepared_transaction',
        level: 'wrong',
        params: { gid, minutes },
        commands: psql(config, `rollback prepared ''${gid}''`),
      })
    const { rows: ages } = await sql<{ age: number }>`select max(age(datfrozenxid)) as age from pg_database`.execute(
      ctx.db,
    )
    if (ages[0]!.age > 1_200_000_000)
      found.push({
        code: 'wraparound',
        level: 'wrong',
        params: { millions: Math.round(ages[0]!.age / 1e6) },
        commands: psql(config, 'vacuum (freeze)'),
      })
    return found
  },
}

/** Whether the tables are of this version. */
export const migrationCheck: Check = {
  name: 'migrations',
  needs: ['records'],
  async run({ ctx }) {
    const { rows: there } = await sql<{
      there: boolean
    }>`select to_regclass('public.migrations') is not null as there`.execute(ctx.db)
    if (!there[0]!.there) return [{ code: 'no_tables', level: 'look', commands: ['regulars start'] }]
    const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(ctx.db)
    const done = new Set(rows.map(({ name }) => name))
    const known = await migrationNames()
    const ahead = [...done].filter((name) => !known.includes(name))
    const behind = known.filter((name) => !done.has(name))
    const found: Finding[] = []
    if (ahead[0])
      found.push({
        code: 'tables_ahead',
        level: 'wrong',
        params: { name: ahead[0] },
        commands: ['git pull', 'npm start'],
      })
    if (behind[0])
      found.push({
        code: 'tables_behind',
        level: 'look',
        params: { name: behind[0], count: behind.length },
        commands: ['regulars migrate'],
      })
    return found
  },
}
