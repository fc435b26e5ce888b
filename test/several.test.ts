import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Engines, holdEngines } from '#platform/engines/index.ts'

// Two `serve` and two workers at once on engines that are not theirs: a second pair plays the remote Postgres and ClickHouse.

const root = new URL('..', import.meta.url).pathname
let folder: string
let remote: Engines
let records: pg.Client
const running: ChildProcess[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regulars-several-'))
  remote = await holdEngines({ dataDir: join(folder, 'remote'), durable: false })
  records = new pg.Client({ connectionString: remote.databaseUrl })
  await records.connect()
  await records.query('create table took (job text, pid int); create table heard (fact bigint, pid int)')
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await records.end()
  await remote.release()
  rmSync(folder, { recursive: true, force: true })
})

function start(args: string[]): Promise<{ child: ChildProcess; said: string; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: remote.databaseUrl,
      CLICKHOUSE_URL: remote.clickhouseUrl,
      // What is uploaded must be within reach of every worker: one folder for all.
      REGULARS_DATA: join(folder, 'shared'),
      PORT: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return new Promise((resolve, reject) => {
    child.stdout!.once('data', (text) => resolve({ child, said: String(text), ended }))
    void ended.then((code) => reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
}

async function serve(): Promise<{
  child: ChildProcess
  origin: string
  setUp: string | null
  ended: Promise<number | null>
}> {
  const { child, said, ended } = await start(['src/main.ts', 'serve', '--json'])
  const { addresses, setUp } = JSON.parse(said)
  return { child, origin: addresses[0], setUp, ended }
}

const owner = { email: 'lin@example.com', password: 'a-long-pass-phrase-of-tea' }

async function ask(origin: string, cookie: string, method: string, path: string, body?: unknown) {
  const raw = typeof body === 'string'
  const answer = await fetch(`${origin}/api${path}`, {
    method,
    headers: {
      cookie,
      ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
      ...(raw ? { 'x-file-name': 'till.csv' } : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : raw ? body : JSON.stringify(body),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    body: text ? JSON.parse(text) : {},
  }
}

// Three chunks of them, so that there is a middle.
const orders = 25_000
const file = [
  '订单编号,下单时间,商品编码,商品名称,数量,单价,姓名,手机',
  ...Array.from({ length: orders }, (_, at) => {
    const who = at % 1500
    return `N${at},2025-${String(1 + (at % 12)).padStart(2, '0')}-05 10:00:00,TEA-${at % 40},茶${at % 40},1,${10 + (at % 90)}.00,顾客${who},139${String(10_000_000 + who)}`
  }),
].join('\n')

test('an import survives its worker, both servers show the same, and each fact is heard once', async () => {
  const [one, two] = [await serve(), await serve()]
  const workers = [await start(['test/several/worker.ts']), await start(['test/several/worker.ts'])]
  const made = await ask(one.origin, '', 'POST', '/setup', {
    token: one.setUp!.replace(/.*token=/, ''),
    owner: { ...owner, name: '林店长', locale: 'zh-CN' },
    merchant: { name: '云栖茶舍', zone: 'Asia/Shanghai', currency: 'CNY', locale: 'zh-CN' },
    shop: { name: '总店' },
  })
  expect(made.status).toBe(201)
  const here = made.cookie
  const there = (await ask(two.origin, '', 'POST', '/session', owner)).cookie
  expect(
    (await ask(two.origin, here, 'GET', '/merchant')).status,
    'a session of one server is known to the other',
  ).toBe(200)

  const { body: uploaded } = await ask(one.origin, here, 'PUT', '/imports/file', file)
  expect(
    (await ask(two.origin, there, 'POST', `/imports/${uploaded.id}/runs`, { goal: 'applied' })).status,
  ).toBeLessThan(300)
  // As soon as some of it stands in the records, whoever writes it is killed.
  await vi.waitFor(
    async () => {
      const { rows } = await records.query('select count(*)::int as count from orders')
      expect(rows[0].count).toBeGreaterThan(0)
    },
    { timeout: 120_000, interval: 20 },
  )
  const took = await records.query("select pid from took where job = 'exchange.run' order by ctid desc limit 1")
  const writer = workers.find(({ child }) => child.pid === took.rows[0].pid)
  writer!.child.kill('SIGKILL')
  await writer!.ended
  const { rows: cut } = await records.query('select state from imports')
  expect(cut, 'it was cut off in the middle').toEqual([{ state: 'running' }])

  // The shop goes on meanwhile, at both counters.
  const sales = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      ask(at % 2 ? one.origin : two.origin, at % 2 ? here : there, 'POST', '/orders', {
        shopId: 1,
        lines: [{ name: '热茶', quantity: 1, unitPrice: '12' }],
      }),
    ),
  )
  expect(sales.map(({ status }) => status)).toEqual(sales.map(() => 201))

  await vi.waitFor(
    async () => {
      const { body } = await ask(two.origin, there, 'GET', `/imports/${uploaded.id}`)
      expect(body.state).toBe('applied')
    },
    { timeout: 300_000, interval: 1000 },
  )
  await vi.waitFor(
    async () => {
      const missed = await records.query(
        'select count(*)::int as count from facts where id not in (select fact from heard)',
      )
      expect(missed.rows[0].count).toBe(0)
      expect((await ask(one.origin, here, 'GET', '/projection')).body.pendingRows).toBe(0)
    },
    { timeout: 120_000, interval: 1000 },
  )

  const twice = await records.query('select fact, count(*) from heard group by fact having count(*) > 1')
  expect(twice.rows).toEqual([])
  const counted = await records.query(
    'select count(*)::int as count, count(distinct number)::int as numbers from orders',
  )
  expect(counted.rows[0]).toEqual({ count: orders + 20, numbers: orders + 20 })
  const listeners = await records.query('select count(distinct pid)::int as count from heard')
  expect(listeners.rows[0].count).toBeGreaterThanOrEqual(1)
  const [left, right] = [
    await ask(one.origin, here, 'GET', '/overview'),
    await ask(two.origin, there, 'GET', '/overview'),
  ]
  expect(left.body).toEqual(right.body)
  expect((await ask(one.origin, here, 'GET', '/health')).body).toMatchObject({
    records: { up: true, embedded: false },
    columns: { up: true, embedded: false },
  })

  for (const { child } of [one, two, ...workers.filter((worker) => worker !== writer)]) child.kill('SIGTERM')
  expect(await Promise.all([one.ended, two.ended])).toEqual([0, 0])
}, 900_000)
