import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { announce, fact, listenOnce, registerListeners } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { serverOf, useHouse } from '#platform/testing/index.ts'
import { aCrowd } from '#understand/projection/testing/records.ts'
import { openQueue, startWork } from '../work.ts'
import { backupOf, listBackups } from './backup.ts'
import { askForBackup, backupModule, makeBackup, type Place, slotsAround } from './index.ts'
import { forgetOld, keepBackups, runBackup } from './keep-backups.ts'
import { openSnapshot } from './records-out.ts'
import { forgettable } from './retention.ts'

const house = useHouse()
let folder: string
let place: Place
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-backup-'))
  place = { dataDir: folder, folder: join(folder, 'backups'), keeps: [], version: '0.1.0' }
})
afterEach(() => rmSync(folder, { recursive: true }))

const never = new AbortController().signal

test('while a backup reads, facts are heard at once and rows change', async () => {
  const ctx = await house()
  const heard: unknown[] = []
  const listener = {
    name: 'ears',
    kinds: ['test.bell_rung'],
    hear: async (_: Context, facts: unknown[]) => void heard.push(...facts),
  }
  await registerListeners(ctx, [listener])
  const client = new pg.Client({ connectionString: ctx.urls.database })
  await client.connect()
  await openSnapshot(client)
  const before = await client.query('select count(*)::int as count from customers')
  const { rows } = await client.query('select pg_current_xact_id_if_assigned() as xid')
  expect(rows).toEqual([{ xid: null }])

  await aCrowd(ctx, 10)
  await sql`update customers set city = '杭州'`.execute(ctx.db)
  await inTransaction(ctx, (ctx) => announce(ctx, fact('test.bell_rung', z.object({})), { data: {} }))
  // Other tests' open transactions on this server may hold it for a moment; the snapshot, which stays open, must not.
  await vi.waitFor(
    async () => {
      await listenOnce(ctx, listener)
      expect(heard).toHaveLength(1)
    },
    { timeout: 60_000, interval: 50 },
  )

  expect((await client.query('select count(*)::int as count from customers')).rows).toEqual(before.rows)
  await client.end()
})

test('any tar and zstd open it, and the rows are Postgres’ own text', async () => {
  const ctx = await house()
  await sql`insert into customers (name) values ('林小满')`.execute(ctx.db)
  const { id } = await askForBackup(ctx, 'command')
  const path = join(folder, 'shop.tar')
  await makeBackup(ctx, place, { id, path })

  const names = execFileSync('tar', ['-tf', path], { encoding: 'utf8' }).trim().split('\n')
  execFileSync('tar', ['-xf', path, '-C', folder])
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))

  expect(names[0]).toBe('regulars-backup.json')
  expect(names.slice(-2)).toEqual(['manifest.json', 'sha256'])
  expect(manifest.records.tables.find(({ name }: { name: string }) => name === 'public.customers').rows).toBe(1)
  expect(names).toContain('records/public.customers/00001.copy.zst')
})

test('the page asks for one, sees it made, and finds it in the list', async () => {
  const ctx = await house()
  const queue = await openQueue(ctx.urls.database, ctx)
  const module = backupModule(place)
  const worker = await startWork(ctx, queue, { jobs: module.jobs ?? [], listeners: [], loops: [] })
  const server = serverOf({ ...ctx, queue }, [module])

  const asked = await server.request('POST', '/backups', { body: {} })
  expect(asked).toMatchObject({ status: 201, body: { state: 'waiting', kind: 'asked' } })
  await vi.waitFor(
    async () => expect((await server.request('GET', `/backups/${asked.body.id}`)).body.state).toBe('done'),
    { timeout: 60_000, interval: 200 },
  )
  const list = await server.request('GET', '/backups')
  await worker.stop()
  await queue.stop()

  const [made] = list.body.items
  expect(made).toMatchObject({ state: 'done', share: 1, machine: hostname(), failure: null })
  expect(statSync(made.path).size).toBe(made.bytes)
  expect(readdirSync(place.folder)).toHaveLength(1)
})

test('one at a time', async () => {
  const ctx = await house()
  await askForBackup(ctx, 'asked')

  await expect(askForBackup(ctx, 'asked')).rejects.toMatchObject({ code: 'backup.busy' })
})

test('a cancelled backup leaves nothing half done', async () => {
  const ctx = await house()
  const { id } = await askForBackup(ctx, 'command')
  const server = serverOf(ctx, [backupModule(place)])
  // In the middle of it somebody presses the button.
  const known = async () => {
    expect((await server.request('PUT', `/backups/${id}/cancellation`, { body: {} })).body.state).toBe('running')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    return '1'
  }
  const slow = { ...place, keeps: [{ columns: [{ table: 'touched', known }] }] }

  await expect(makeBackup(ctx, slow, { id, path: join(folder, 'shop.tar') })).rejects.toMatchObject({
    code: 'backup.cancelled',
  })

  expect(readdirSync(folder)).toEqual([])
  expect(await backupOf(ctx, id)).toMatchObject({ state: 'cancelled', failure: { code: 'backup.cancelled' } })
})

test('an interrupted command leaves nothing half done', async () => {
  const ctx = await house()
  const { id } = await askForBackup(ctx, 'command')
  const stop = new AbortController()
  stop.abort()

  await expect(makeBackup(ctx, place, { id, path: join(folder, 'shop.tar'), signal: stop.signal })).rejects.toThrow()

  expect(readdirSync(folder)).toEqual([])
  expect(await backupOf(ctx, id)).toMatchObject({ state: 'failed', failure: { code: 'backup.stopped' } })
})

test('a file that is there is not overwritten, and a folder that cannot be written is named', async () => {
  const ctx = await house()
  const path = join(folder, 'shop.tar')
  writeFileSync(path, 'dear to somebody')

  const taken = await askForBackup(ctx, 'command')
  await expect(makeBackup(ctx, place, { id: taken.id, path })).rejects.toMatchObject({ code: 'backup.exists' })
  const nowhere = await askForBackup(ctx, 'command')
  await expect(makeBackup(ctx, place, { id: nowhere.id, path: join(folder, 'no/shop.tar') })).rejects.toMatchObject({
    code: 'backup.folder',
    params: { path: join(folder, 'no') },
  })

  expect(readFileSync(path, 'utf8')).toBe('dear to somebody')
})

test('what a killed process left is cleared by the next, and its row says so', async () => {
  const ctx = await house()
  const died = await askForBackup(ctx, 'asked')
  await sql`update backups set state = 'running', began_at = now() where id = ${died.id}`.execute(ctx.db)
  const next = await askForBackup(ctx, 'asked')
  execFileSync('mkdir', ['-p', place.folder])
  const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim()
  writeFileSync(join(place.folder, `regulars-2026-01-01-033000.tar.${dead}.part`), 'half')
  writeFileSync(join(place.folder, `regulars-2026-01-01-033000.tar.${process.pid}.part`), 'still being written')

  await runBackup(ctx, place, next.id, never)

  expect(await backupOf(ctx, died.id)).toMatchObject({ state: 'failed', failure: { code: 'backup.died' } })
  expect((await backupOf(ctx, next.id)).state).toBe('done')
  expect(readdirSync(place.folder).filter((name) => name.endsWith('.part'))).toEqual([
    `regulars-2026-01-01-033000.tar.${process.pid}.part`,
  ])
})

describe('by the clock', () => {
  const at = (ctx: Context, instant: string): Context => ({
    ...ctx,
    clock: { ...ctx.clock, machine: () => new Date(instant) },
  })
  const asked = async (ctx: Context) => (await listBackups(ctx, { limit: 50 })).length
  const since = (ctx: Context, instant: string) =>
    sql`update merchant set created_at = ${instant}::timestamptz`.execute(ctx.db)

  test('one is made each day at half past three of the shop', async () => {
    const ctx = await house()
    await since(ctx, '2099-01-01T00:00:00Z')

    // 03:29, 03:30 and 03:31 in Shanghai; an hour later; the next day.
    await keepBackups(at(ctx, '2099-03-01T19:29:59Z'))
    await sql`update backups set state = 'done', asked_at = '2099-03-01T19:29:59Z'`.execute(ctx.db)
    const [missed] = await listBackups(ctx, { limit: 1 })
    expect(missed, 'the time of the day before had passed without one').toBeDefined()

    await keepBackups(at(ctx, '2099-03-01T19:30:00Z'))
    expect(await asked(ctx)).toBe(2)
    await sql`update backups set state = 'done', asked_at = '2099-03-01T19:30:00Z' where state = 'waiting'`.execute(
      ctx.db,
    )
    await keepBackups(at(ctx, '2099-03-01T20:30:00Z'))
    expect(await asked(ctx)).toBe(2)
    await keepBackups(at(ctx, '2099-03-02T19:31:00Z'))
    expect(await asked(ctx)).toBe(3)
  })

  test('not before there is a shop, and not where the plan says no', async () => {
    const ctx = await house()
    await since(ctx, '2099-03-01T10:00:00Z')
    await keepBackups(at(ctx, '2099-03-01T18:00:00Z'))
    expect(await asked(ctx), 'set up after half past three of this day').toBe(0)

    const server = serverOf(ctx, [backupModule(place)])
    const { body } = await server.request('GET', '/backups/plan')
    const saved = await server.request('PUT', '/backups/plan', {
      body: { ...body.plan, daily: false },
      headers: { 'if-match': '"0"' },
    })
    expect(saved.body).toMatchObject({ next: null, zone: 'Asia/Shanghai', version: 1 })
    await keepBackups(at(ctx, '2099-03-01T20:00:00Z'))
    expect(await asked(ctx)).toBe(0)
  })

  test('a failed one is tried again after a while, four times at most', async () => {
    const ctx = await house()
    await since(ctx, '2099-01-01T00:00:00Z')
    for (let minute = 0; minute < 200; minute += 5) {
      const now = new Date(Date.parse('2099-03-01T19:30:00Z') + minute * 60_000).toISOString()
      await keepBackups(at(ctx, now))
      await sql`update backups set state = 'failed', asked_at = ${now}::timestamptz where state = 'waiting'`.execute(
        ctx.db,
      )
    }
    expect(await asked(ctx)).toBe(4)
  })

  test('the time is that of the shop’s clock, over summer time too', () => {
    const around = (now: string) => {
      const { last, next } = slotsAround('03:30', 'Europe/London', new Date(now))
      return [last.toISOString(), next.toISOString()]
    }
    expect(around('2026-01-10T12:00:00Z')).toEqual(['2026-01-10T03:30:00.000Z', '2026-01-11T03:30:00.000Z'])
    expect(around('2026-07-10T02:29:00Z')).toEqual(['2026-07-09T02:30:00.000Z', '2026-07-10T02:30:00.000Z'])
  })
})

describe('of old ones', () => {
  const plan = { keepDays: 7, keepWeeks: 4, keepMonths: 6 }
  const days = (count: number, perDay = 1) =>
    Array.from({ length: count * perDay }, (_, index) => ({
      id: index,
      at: new Date(
        Date.parse('2026-03-01T19:30:00Z') - Math.floor(index / perDay) * 86_400_000 - (index % perDay) * 3600_000,
      ),
    }))

  test('seven days, four weeks and six months stay', () => {
    const all = days(400)
    const old = new Set(forgettable(all, plan, 'Asia/Shanghai').map(({ id }) => id))
    const kept = all.filter(({ id }) => !old.has(id)).map(({ at }) => at.toISOString().slice(0, 10))

    // Days of Shanghai, so half past three of 2 March (a Monday) is 19:30 of 1 March in London.
    expect(kept).toEqual([
      ...['2026-03-01', '2026-02-28', '2026-02-27', '2026-02-26', '2026-02-25', '2026-02-24', '2026-02-23'],
      ...['2026-02-21', '2026-02-14', '2026-01-30', '2025-12-30', '2025-11-29', '2025-10-30'],
    ])
  })

  test('of several in a day the newest stays, and the newest of all always does', () => {
    expect(forgettable(days(2, 3), plan, 'Asia/Shanghai').map(({ id }) => id)).toEqual([1, 2, 4, 5])
    expect(forgettable(days(3), { keepDays: 1, keepWeeks: 0, keepMonths: 0 }, 'UTC').map(({ id }) => id)).toEqual([
      1, 2,
    ])
  })

  test('their files go, those made by hand elsewhere do not', async () => {
    const ctx = await house()
    execFileSync('mkdir', ['-p', place.folder])
    for (const { id, at } of days(60)) {
      const path = join(id === 50 ? folder : place.folder, `regulars-${id}.tar`)
      writeFileSync(path, 'x')
      await sql`
        insert into backups (kind, state, machine, path, asked_by, ended_at)
        values (${id === 51 ? 'command' : 'daily'}, 'done', ${hostname()}, ${path}, 'system', ${at})`.execute(ctx.db)
    }

    expect(await forgetOld(ctx, place)).toBeGreaterThan(40)

    expect(existsSync(join(folder, 'regulars-50.tar'))).toBe(true)
    expect(existsSync(join(place.folder, 'regulars-51.tar'))).toBe(true)
    expect(readdirSync(place.folder).length).toBe((await listBackups(ctx, { limit: 100 })).length - 1)
  })
})

test('jobs that waited are in the queue of the house that takes them, once', async () => {
  const ctx = await house()
  await sql`
    insert into kept_jobs (id, name, data, start_after) values
      (gen_random_uuid(), 'test.remember', '{"cup":1}', now()), (gen_random_uuid(), 'test.forgotten', '{}', now())`.execute(
    ctx.db,
  )
  const queue = await openQueue(ctx.urls.database, ctx)
  const ran: unknown[] = []
  const jobs = [{ name: 'test.remember', run: async (_: Context, data: unknown) => void ran.push(data) }]

  for (let start = 0; start < 2; start += 1) {
    const worker = await startWork(ctx, queue, { jobs, listeners: [], loops: [] })
    await vi.waitFor(() => expect(ran).toEqual([{ cup: 1 }]), { timeout: 30_000 })
    await worker.stop()
  }
  await queue.stop()

  const { rows } = await sql`select name from kept_jobs`.execute(ctx.db)
  expect(rows).toEqual([{ name: 'test.forgotten' }])
})
