import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { aStaff } from '#know/staff/testing/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { secretsOf } from '#platform/secrets.ts'
import { databaseAt } from '#platform/testing/engines.ts'
import { serverOf, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { openQueue } from '../work.ts'
import type { Probe } from './check.ts'
import { serverCheck } from './checks/records.ts'
import { examine } from './examine.ts'
import { type Finding, told } from './finding.ts'
import { healthModule } from './module.ts'
import { codes, useMachine } from './probed.ts'

// What is wrong with the records, the work and the backups of a house that runs.

const house = useHouse()
const { dataDir, configOf } = useMachine()

const probeOf = (ctx: TestContext, settings = {}): Probe => ({
  config: configOf(settings),
  ctx,
  serving: true,
  thorough: true,
})
const found = async (ctx: TestContext): Promise<Finding[]> => examine(probeOf(ctx))
/** The engines of tests run without syncing, which is a fault: it is always found. */
const always = ['not_durable', 'not_durable', 'not_durable', 'columns_not_durable']

test('in a healthy house nothing is found but what a test’s house does without', async () => {
  const ctx = await house()
  await projectAll(ctx)

  const findings = await found(ctx)

  expect(codes(findings)).toEqual(always)
  expect(findings[0]).toMatchObject({ level: 'wrong', params: { name: 'fsync', setting: 'off' } })
})

test('each finding says what, why and what to do in every language', async () => {
  const ctx = await house()
  const [finding] = await found(ctx)

  for (const locale of ['en', 'zh-CN', 'zh-TW'] as const) {
    const { what, why, mend, commands } = told(locale, finding!)
    for (const text of [what, why, mend]) expect(text).not.toMatch(/health\.|\{/)
    expect(commands.length).toBeGreaterThan(0)
  }
})

describe('in the records', () => {
  test('the holder of an old transaction is named, with what ends it', async () => {
    const ctx = await house()
    const holder = new pg.Client({ connectionString: ctx.urls.database, application_name: 'a forgotten psql' })
    await holder.connect()
    await holder.query('begin')
    await holder.query("insert into settings (name, value) values ('x', '1')")
    const { rows } = await holder.query('select pg_backend_pid() as pid')
    ctx.clock.passMachineTime(20 * 60_000)

    const finding = (await found(ctx)).find(({ params }) => params?.pid === rows[0].pid)
    await holder.end()

    expect(finding).toMatchObject({
      code: 'old_transaction',
      level: 'wrong',
      params: { name: 'a forgotten psql', minutes: 20, state: 'idle in transaction' },
    })
    // Other tests on the same server may have theirs.
    const after = await examine(probeOf(ctx, { DATABASE_URL: ctx.urls.database }))
    expect(after.filter(({ params }) => params?.pid === rows[0].pid)).toEqual([])
  })

  test('another key than the one that the records were sealed with is told before somebody stands at the sign-in', async () => {
    const ctx = await house()
    const id = await aStaff(ctx, { email: 'mei@example.com', role: 'owner' })
    const secret = ctx.secrets.seal(Buffer.from('twenty bytes of secret'), `staff_factors.secret:${id}`)
    await sql`insert into staff_factors (staff_id, secret, on_since) values (${id}, ${secret}, now())`.execute(ctx.db)
    expect(codes(await found(ctx))).toEqual(always)

    const moved = { ...ctx, secrets: secretsOf(randomBytes(32)) }

    expect(await found(moved)).toContainEqual(expect.objectContaining({ code: 'other_key', params: { people: 1 } }))
  })

  test('a transaction that only reads holds nobody, and is no finding', async () => {
    const ctx = await house()
    const reader = new pg.Client({ connectionString: ctx.urls.database })
    await reader.connect()
    await reader.query('begin isolation level repeatable read')
    const { rows } = await reader.query('select pg_backend_pid() as pid')
    ctx.clock.passMachineTime(20 * 60_000)

    const findings = await found(ctx)
    await reader.end()

    expect(findings.filter(({ params }) => params?.pid === rows[0].pid)).toEqual([])
  })

  test('tables of a newer version, and of an older one', async () => {
    const ctx = await house()
    await sql`delete from migrations where name >= '0008'`.execute(ctx.db)
    await sql`insert into migrations (name) values ('9999-tomorrow.sql')`.execute(ctx.db)

    const findings = await found(ctx)

    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'tables_ahead', level: 'wrong', params: { name: '9999-tomorrow.sql' } }),
    )
    expect(findings).toContainEqual(expect.objectContaining({ code: 'tables_behind', commands: ['regulars migrate'] }))
  })

  test('a database that does not know Chinese letters, and one in another encoding', async () => {
    const ctx = await house()
    const admin = new pg.Client({ connectionString: inject('databaseUrl') })
    await admin.connect()
    for (const [name, options, code] of [
      ['letters_c', "encoding 'UTF8' locale_provider 'libc' locale 'C'", 'letters_unknown'],
      ['letters_latin', "encoding 'LATIN1' locale_provider 'libc' locale 'C'", 'not_utf8'],
    ] as const) {
      await admin.query(`drop database if exists ${name}`)
      await admin.query(`create database ${name} template template0 ${options}`)
      const { openDb, openPool } = await import('#platform/postgres/connect.ts')
      const pool = openPool(databaseAt(inject('databaseUrl'), name))
      await pool.query('create extension pg_trgm')

      const findings = await serverCheck.run({ ...probeOf(ctx), ctx: { ...ctx, db: openDb(pool) } })
      await pool.end()
      await admin.query(`drop database ${name}`)

      expect(codes(findings)).toEqual([code])
    }
    await admin.end()
  })
})

describe('of the work', () => {
  test('jobs that failed, and jobs that nobody takes', async () => {
    const ctx = await house()
    const queue = await openQueue(ctx.urls.database, ctx)
    await queue.createQueue('exchange.run')
    await queue.send('exchange.run', { id: 1 })
    await queue.send('exchange.run', { id: 2 })
    await queue.stop()
    await sql`update pgboss.job set state = 'failed', completed_on = now() where data ->> 'id' = '1'`.execute(ctx.db)
    await sql`update pgboss.job set start_after = now() - interval '20 minutes' where data ->> 'id' = '2'`.execute(
      ctx.db,
    )

    const findings = await found(ctx)

    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'jobs_failed', params: { name: 'exchange.run', count: 1 } }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'nobody_works', level: 'wrong', params: { count: 1, minutes: 20 } }),
    )
  })

  test('a listener that fails, and facts that went astray', async () => {
    const ctx = await house()
    await sql`insert into listeners (name, epoch, xid, id, failures, last_error) values ('points', 1, '0', 0, 7, 'TypeError')`.execute(
      ctx.db,
    )
    await sql`insert into facts (at, kind, actor, recorded_at) values (now(), 'x.y', 'system', '2031-01-01')`.execute(
      ctx.db,
    )

    const findings = await found(ctx)

    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'listener_fails',
        level: 'wrong',
        params: { name: 'points', failures: 7, error: 'TypeError' },
      }),
    )
    expect(codes(findings)).toContain('facts_astray')
  })

  test('numbers that stand still', async () => {
    const ctx = await house()
    await projectAll(ctx)
    await inTransaction(ctx, ({ db }) =>
      sql`insert into facts (at, kind, actor, recorded_at) values (now(), 'x.y', 'system', now() - interval '2 hours')`.execute(
        db,
      ),
    )

    expect(await found(ctx)).toContainEqual(expect.objectContaining({ code: 'columns_behind', level: 'wrong' }))
  })

  test('a clock that differs', async () => {
    const ctx = await house()
    ctx.clock.passMachineTime(-90_000)

    const findings = (await found(ctx)).filter(({ code }) => code === 'clock_skew')

    expect(findings.map(({ params }) => params)).toEqual([
      { engine: 'Postgres', seconds: 90 },
      { engine: 'ClickHouse', seconds: 90 },
    ])
  })
})

describe('of backups', () => {
  const lastBackup = (ctx: TestContext, path: string, { bytes = 4, hours = 1, state = 'done' } = {}) =>
    sql`insert into backups (kind, state, machine, path, bytes, asked_by, ended_at, failure)
        values ('daily', ${state}, ${hostname()}, ${path}, ${bytes}, 'system', now() - ${hours} * interval '1 hour',
                ${state === 'failed' ? '{"code":"backup.no_space","params":{}}' : null}::jsonb)`.execute(ctx.db)

  test('none in days, an old one, one that failed', async () => {
    const ctx = await house()
    await sql`update merchant set created_at = now() - interval '5 days'`.execute(ctx.db)
    expect(await found(ctx)).toContainEqual(
      expect.objectContaining({ code: 'backup_none', level: 'wrong', params: { days: 5 } }),
    )

    writeFileSync(join(dataDir(), 'a.tar'), 'four')
    await lastBackup(ctx, join(dataDir(), 'a.tar'), { hours: 30 })
    await lastBackup(ctx, join(dataDir(), 'b.tar'), { state: 'failed' })
    const findings = await found(ctx)

    expect(findings).toContainEqual(expect.objectContaining({ code: 'backup_old', level: 'look', params: { days: 1 } }))
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'backup_failed', params: { code: 'backup.no_space' } }),
    )
  })

  test('one whose file is gone, shorter, or changed', async () => {
    const ctx = await house()
    const path = join(dataDir(), 'a.tar')
    await lastBackup(ctx, path)
    expect(codes(await found(ctx))).toContain('backup_gone')

    writeFileSync(path, 'abc')
    expect(codes(await found(ctx))).toContain('backup_damaged')
    writeFileSync(path, 'abcd')
    expect(codes(await found(ctx)), 'the right length, but no backup').toContain('backup_damaged')
  })
})

test('the page is told the same, with figures, in its reader’s language', async () => {
  const ctx = await house()
  const server = serverOf(ctx, [healthModule(configOf())], { ...ctx.actor, locale: 'zh-CN' })

  const { body } = await server.request('GET', '/health')

  expect(body).toMatchObject({
    ok: false,
    records: { up: true, embedded: true, version: expect.stringMatching(/^\d/) },
    columns: { up: true, embedded: true },
    queue: { waiting: 0, failed: 0 },
    projection: { pendingRows: expect.any(Number) },
    backup: null,
  })
  expect(body.findings[0].what).toBe('Postgres 的 fsync 设为 off。')
  expect(body.disk.free).toBeGreaterThan(0)
})
