import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningEngine } from '../running-engine.ts'
import { startClickhouse } from './start.ts'

const LONG = 60_000
const SLOW = 'SELECT sum(sipHash64(number)) AS n FROM numbers(1000000000000)'
let dataDir: string
let engine: RunningEngine
let client: ClickHouseClient

const start = (durable = false): Promise<RunningEngine> =>
  startClickhouse({ dataDir, password: 'open sesame/&', durable, news: () => {} })
const clientOf = (url: string): ClickHouseClient =>
  createClient({ url, log: { level: ClickHouseLogLevel.OFF }, max_open_connections: 50 })
const opened = (): void => {
  client = clientOf(engine.url)
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'regulars-clickhouse-'))
  engine = await start()
  opened()
}, LONG)

afterAll(async () => {
  await client.close()
  await engine.stop()
  rmSync(dataDir, { recursive: true, force: true })
}, LONG)

async function rows<Row = Record<string, unknown>>(query: string, more: object = {}): Promise<Row[]> {
  return (await client.query({ query, format: 'JSONEachRow', ...more })).json<Row>()
}

const count = async (table: string): Promise<number> =>
  (await rows<{ n: number }>(`SELECT count() AS n FROM ${table}`))[0]?.n ?? 0

async function* guests(many: number): AsyncGenerator<object> {
  for (let id = 0; id < many; id++) yield { id, name: `guest ${id}` }
}

const table = async (name: string): Promise<void> => {
  await client.command({
    query: `CREATE TABLE ${name} (id UInt64, name String) ENGINE = MergeTree ORDER BY id
            SETTINGS non_replicated_deduplication_window = 1000`,
  })
}

describe('who may ask', () => {
  test('the official client is greeted and finds itself in its own database', async () => {
    expect((await client.ping()).success).toBe(true)
    expect((await client.ping({ select: true })).success).toBe(true)
    expect(await rows('SELECT currentDatabase() AS name')).toEqual([{ name: 'regulars' }])
  })

  test('a wrong password is refused', async () => {
    const url = new URL(engine.url)
    url.password = 'guess'
    const stranger = clientOf(url.href)

    await expect(stranger.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '516' })
    const bare = await fetch(`http://127.0.0.1:${engine.port}/?query=SELECT+1`)
    expect(bare.status).toBe(403)
    await stranger.close()
  })

  test('it listens on loopback only', () => {
    const listening = readFileSync('/proc/net/tcp', 'utf8') + readFileSync('/proc/net/tcp6', 'utf8')
    const port = engine.port.toString(16).toUpperCase().padStart(4, '0')
    const mine = listening.split('\n').filter((line) => line.includes(`:${port} `) && / 0A /.test(line))
    expect(mine.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${port}`])
  })
})

describe('what one query is told', () => {
  test('bound values arrive as they are, whatever is in them', async () => {
    const text = `it's "a" \t tab\n line \\ slash, 熟客 {x:String} ; DROP`
    const params = { text, list: ['a,b', "c'd"], nothing: null, when: new Date('2026-02-03T04:05:06Z') }
    const query = `SELECT {text:String} AS text, {list:Array(String)} AS list, {nothing:Nullable(String)} AS nothing,
                   {when:DateTime('UTC')} AS when`

    expect(await rows(query, { query_params: params })).toEqual([
      { text, list: params.list, nothing: null, when: '2026-02-03 04:05:06' },
    ])
  })

  test('queries at the same time do not mix up their values', async () => {
    const asked = Array.from({ length: 60 }, (_, id) => id)
    const answers = await Promise.all(
      asked.map((id) => rows('SELECT {id:UInt32} AS id, sleep(0.01) AS s', { query_params: { id } })),
    )
    expect(answers.map(([row]) => row?.id)).toEqual(asked)
  })

  test('settings and values of one query are gone in the next', async () => {
    const query = "SELECT getSetting('max_block_size') AS size"
    expect(await rows(query, { clickhouse_settings: { max_block_size: '77' } })).toEqual([{ size: 77 }])
    expect(await rows(query)).not.toEqual([{ size: 77 }])
    await rows('SELECT {gone:String} AS x', { query_params: { gone: 'x' } })
    await expect(rows('SELECT {gone:String} AS x')).rejects.toThrow(/gone/)
  })

  test('many values go in a form instead of the address', async () => {
    const ids = Array.from({ length: 200_000 }, (_, id) => id)
    const asked = { query_params: { ids }, use_multipart_params: true }
    expect(await rows('SELECT length({ids:Array(UInt32)}) AS n', asked)).toEqual([{ n: 200_000 }])
  })

  test('two statements in one request are refused, as a server does', async () => {
    await expect(client.command({ query: 'SELECT 1; SELECT 2' })).rejects.toMatchObject({ code: '62' })
  })

  test('errors carry their number and their name', async () => {
    await expect(rows('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' })
    await expect(rows('SELEC 1')).rejects.toMatchObject({ code: '62' })
    await expect(rows('SELECT 1', { clickhouse_settings: { nonsense: 1 } })).rejects.toMatchObject({ code: '115' })
  })
})

describe('rows that come in', () => {
  test('rows in a long stream are kept, and counted in the summary', { timeout: LONG }, async () => {
    await table('streamed')

    const done = await client.insert({
      table: 'streamed',
      values: Readable.from(guests(300_000)),
      format: 'JSONEachRow',
    })

    expect(done.summary?.written_rows).toBe('300000')
    expect(await count('streamed')).toBe(300_000)
  })

  test('the same insert twice under one token is kept once, in all its blocks', { timeout: LONG }, async () => {
    await table('once')
    const insert = (token: string, many: number): Promise<unknown> =>
      client.insert({
        table: 'once',
        values: Readable.from(guests(many)),
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token: token, max_insert_block_size: '10000' },
      })

    await insert('first', 35_000)
    await insert('first', 35_000)
    expect(await count('once')).toBe(35_000)
    await insert('second', 35_000)
    expect(await count('once')).toBe(70_000)
  })

  test('a client that breaks off in the middle inserts nothing', async () => {
    await table('broken_off')
    const address = new URL(engine.url)
    const login = Buffer.from(`${address.username}:${decodeURIComponent(address.password)}`).toString('base64')
    const socket = connect(engine.port, '127.0.0.1')
    socket.write(
      `POST /?database=regulars&query=INSERT+INTO+broken_off+FORMAT+JSONEachRow HTTP/1.1\r\nHost: x\r\n` +
        `Authorization: Basic ${login}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{"id":1}\n\r\n`,
    )
    await sleep(200)
    socket.destroy()
    await sleep(200)

    expect(await count('broken_off')).toBe(0)
  })

  test('packed requests and answers are understood', async () => {
    await table('packed')
    const packing = createClient({ url: engine.url, compression: { request: true, response: true } })

    await packing.insert({ table: 'packed', values: Readable.from(guests(1000)), format: 'JSONEachRow' })
    const answer = await packing.query({ query: 'SELECT * FROM packed', format: 'JSONEachRow' })

    expect(await answer.json()).toHaveLength(1000)
    await packing.close()
  })

  test('a bad row names itself and nothing is kept', async () => {
    await table('bad')
    const values = [{ id: 1, name: 'a' }, { id: 'two' }]

    await expect(client.insert({ table: 'bad', values, format: 'JSONEachRow' })).rejects.toThrow(/at row 2/)
    expect(await count('bad')).toBe(0)
  })
})

describe('answers', () => {
  test('a long answer takes little memory', { timeout: LONG }, async () => {
    await rows('SELECT 1')
    const before = residentMemory()
    const answer = await client.query({
      query: "SELECT number AS id, repeat('x', 100) AS text FROM numbers(1000000)",
      format: 'JSONEachRow',
    })
    let seen = 0
    let most = 0
    for await (const piece of answer.stream()) {
      seen += piece.length
      most = Math.max(most, residentMemory())
    }

    expect(seen).toBe(1_000_000)
    expect(most - before).toBeLessThan(100_000_000)
  })

  test('an error after many rows is told instead of them', async () => {
    const query = 'SELECT throwIf(number = 900000) AS fine FROM numbers(1000000)'
    await expect(client.query({ query, format: 'JSONEachRow' })).rejects.toMatchObject({ code: '395' })
  })

  test('any format is answered, also one with a frame around its rows', async () => {
    const answer = await client.query({ query: 'SELECT number AS n FROM numbers(100000)', format: 'JSON' })
    expect(await answer.json()).toMatchObject({ rows: 100_000, meta: [{ name: 'n', type: 'UInt64' }] })
    expect(await (await client.query({ query: 'SHOW DATABASES', format: 'CSV' })).text()).toContain('"regulars"')
  })

  test('nothing is left lying where rows wait', () => {
    expect(readdirSync(join(dataDir, 'clickhouse-temporary'))).toEqual(['config.xml'])
  })
})

describe('limits', () => {
  const running = async (): Promise<number> =>
    (
      await rows(
        "SELECT 1 AS one FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%LIKE%'",
      )
    ).length

  test('a query has its time, and a memory of its own size', { timeout: LONG }, async () => {
    await expect(rows(SLOW, { clickhouse_settings: { max_execution_time: 1 } })).rejects.toMatchObject({ code: '159' })
    const greedy = 'SELECT uniqExact(number) AS n FROM numbers(100000000)'
    const little = { clickhouse_settings: { max_memory_usage: '50000000' } }
    await expect(rows(greedy, little)).rejects.toMatchObject({ code: '241' })
    expect(await rows("SELECT getSetting('max_execution_time') AS t, getSetting('max_memory_usage') AS m")).toEqual([
      { t: 60, m: 1024 ** 3 },
    ])
  })

  test('a client that hangs up ends its query', { timeout: LONG }, async () => {
    const hangUp = new AbortController()
    const asked = rows(SLOW, { abort_signal: hangUp.signal }).catch(() => 'hung up')
    await sleep(500)
    expect(await running()).toBe(1)

    hangUp.abort()

    expect(await asked).toBe('hung up')
    await expect.poll(running, { timeout: 5000 }).toBe(0)
  })

  test('control gets through while heavy queries, and such as are worked out before they begin, run', async () => {
    const hangUp = new AbortController()
    const scalar = `SELECT (${SLOW}) AS n`
    const asked = [SLOW, scalar, scalar].map((sql) => rows(sql, { abort_signal: hangUp.signal }).catch(() => 'hung up'))
    await sleep(500)
    const from = performance.now()

    expect(await running()).toBe(3)

    expect(performance.now() - from).toBeLessThan(1000)
    hangUp.abort()
    await Promise.all(asked)
    await expect.poll(running, { timeout: 5000 }).toBe(0)
  })

  test('more heavy queries than can run wait, and hanging up frees them all', { timeout: LONG }, async () => {
    const hangUp = new AbortController()
    const asked = Array.from({ length: 30 }, () => rows(SLOW, { abort_signal: hangUp.signal }).catch(() => 'hung up'))
    await sleep(1500)

    hangUp.abort()

    expect(new Set(await Promise.all(asked))).toEqual(new Set(['hung up']))
    await expect.poll(running, { timeout: 10_000 }).toBe(0)
  })
})

describe('crashes', () => {
  test('what was acknowledged is there after kill -9', { timeout: LONG }, async () => {
    await client.close()
    await engine.stop()
    engine = await start(true)
    opened()
    await table('kept')
    let acknowledged = 0
    const writing = (async () => {
      for (let id = 0; ; id++) {
        await client.insert({ table: 'kept', values: [{ id, name: 'x' }], format: 'JSONEachRow' })
        acknowledged++
      }
    })().catch(() => {})
    await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(20)
    process.kill(engine.pid, 'SIGKILL')
    expect(await engine.ended).toBe('SIGKILL')
    await writing

    engine = await start()
    opened()

    expect(await count('kept')).toBeGreaterThanOrEqual(acknowledged)
    expect(await count('kept')).toBeLessThanOrEqual(acknowledged + 1)
  })

  test('a stop ends running queries instead of waiting for them', { timeout: LONG }, async () => {
    const asked = rows(SLOW).catch(() => 'ended')
    await sleep(300)
    const from = performance.now()

    await engine.stop()

    expect(await asked).toBe('ended')
    expect(performance.now() - from).toBeLessThan(4000)
  })
})

function residentMemory(): number {
  const pages = readFileSync(`/proc/${engine.pid}/statm`, 'utf8').split(' ')[1]
  return Number(pages) * 4096
}
