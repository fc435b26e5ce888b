import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { createLog } from '#platform/log.ts'
import { useHouse } from '#platform/testing/index.ts'
import { useRealServer } from './real-server.ts'

// What an operator watches: metrics and request logs. They tell addresses by pattern, states and ids; never a person.

const open = useRealServer()
const house = useHouse()

const value = (text: string, name: string): number =>
  Number(new RegExp(`^${name.replaceAll(/[{}"*.]/g, '\\$&')} (.+)$`, 'm').exec(text)?.[1])

test('requests are counted by pattern and status, whatever stands in their addresses', async () => {
  const { ask } = await open()
  await ask('/api/customers/12345')
  await ask('/api/customers/67890')
  await ask('/api/nothing/zhang@example.com')
  await ask('/wang@example.com')

  const { text } = await ask('/metrics')

  expect(value(text, 'regulars_request_seconds_count{method="GET",route="/api/customers/{id}",status="404"}')).toBe(2)
  expect(value(text, 'regulars_request_seconds_count{method="GET",route="/api/*",status="404"}')).toBe(1)
  expect(text).toContain('route="/*"')
  expect(text).not.toMatch(/12345|example\.com/)
})

test('engines, queue, lag, pool, backup, disk, memory and event loop are there', async () => {
  const { ctx, ask } = await open()
  await sql`insert into backups (kind, state, bytes, asked_by, ended_at)
            values ('daily', 'done', 4096, 'system', now() - interval '90 minutes')`.execute(ctx.db)

  const { text } = await ask('/metrics')

  expect(value(text, 'regulars_engine_up{engine="postgres"}')).toBe(1)
  expect(value(text, 'regulars_engine_up{engine="clickhouse"}')).toBe(1)
  expect(value(text, 'regulars_queue_jobs{state="waiting"}')).toBe(0)
  expect(value(text, 'regulars_projection_lag_seconds')).toBeGreaterThanOrEqual(0)
  expect(value(text, 'regulars_pool_connections{state="total"}')).toBeGreaterThan(0)
  expect(value(text, 'regulars_backup_bytes')).toBe(4096)
  expect(value(text, 'regulars_backup_age_seconds')).toBeCloseTo(5400, -2)
  expect(value(text, 'regulars_disk_free_bytes{folder="data"}')).toBeGreaterThan(0)
  expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  expect(value(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
})

test('with an engine down the rest is still told', async () => {
  const ctx = await house()
  const { ask } = await open({}, ctx)
  const blind = await open({}, { ...ctx, columns: openColumns('http://127.0.0.1:1') })

  const { status, text } = await blind.ask('/metrics')

  expect(status).toBe(200)
  expect(value(text, 'regulars_engine_up{engine="clickhouse"}')).toBe(0)
  expect(value(text, 'regulars_engine_up{engine="postgres"}')).toBe(1)
  expect((await ask('/health')).status).toBe(200)
  expect((await blind.ask('/health')).status).toBe(503)
})

test('metrics are for who sits at the machine, or has the token', async () => {
  const { ask } = await open()
  expect((await ask('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403)

  const guarded = await open({ METRICS_TOKEN: 'a-token-of-sixteen' })
  expect((await guarded.ask('/metrics')).status).toBe(403)
  expect((await guarded.ask('/metrics', { headers: { authorization: 'Bearer a-token-of-sixteen' } })).status).toBe(200)
})

test('each request is one line: id, who by number, pattern, status, duration', async () => {
  const lines: string[] = []
  const ctx = await house()
  const { ask } = await open({}, { ...ctx, log: createLog('info', { write: (line) => lines.push(line) }) })
  lines.length = 0

  const told = await ask('/api/customers/777?secret=zhang@example.com', { headers: { cookie: '' } })
  await ask('/health')

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      requestId: told.headers.get('x-request-id'),
      actor: 'nobody',
      method: 'GET',
      route: '/api/customers/{id}',
      status: 401,
      ms: expect.any(Number),
      msg: 'request',
    },
  ])
})
