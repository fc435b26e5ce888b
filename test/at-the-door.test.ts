import { expect, test } from 'vitest'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { type Asked, expectProblem, useRealServer } from './real-server.ts'

// Who may come to the server as `npm start` runs it, and what it says to those who do not speak as they should.

const server = useRealServer()
const post = (raw: string): Asked => ({ method: 'POST', raw })

test('a method that an address does not have, and an address that is none, are told so', async () => {
  const { ask, bytes } = await server()

  for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PROPFIND']) {
    expectProblem(method, await ask('/api/customers', { method }), 404)
    expect((await ask('/health', { method })).status, method).toBe(404)
  }
  for (const path of ['/api', '/api/', '/api/%', '/api/nothing']) expectProblem(path, await ask(path), 404)
  expect(
    await bytes('TRACE /api/session HTTP/1.1\r\nHost: x\r\nCookie: secret\r\nConnection: close\r\n\r\n'),
  ).not.toMatch(/secret|^HTTP\/1.1 2/)
})

test('nothing outside the folder of the pages is read', async () => {
  const { ask, bytes } = await server()

  for (const path of [
    '/assets/..%2findex.html',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
  ]) {
    expect((await ask(path)).status, path).toBe(404)
  }
  for (const path of [
    '/assets/../../package.json',
    '/../../etc/passwd',
    '/assets/../../../../../../etc/passwd',
    '//etc/passwd',
  ]) {
    const told = await bytes(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(told, path).not.toMatch(/root:|"dependencies"/)
  }
})

test('broken HTTP ends the connection, not the server', async () => {
  const { ask, bytes } = await server()
  const broken = [
    'NONSENSE\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`,
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x',
    'GET /api/session HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
  ]

  for (const text of broken) expect(await bytes(text)).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect((await ask('/health')).status).toBe(200)
})

test('a body is held to its size, also where it does not tell it', async () => {
  const { ask, bytes } = await server()
  const endless = (megabytes: number) =>
    new ReadableStream({
      start(controller) {
        for (let at = 0; at < megabytes; at += 1) controller.enqueue(new Uint8Array(1_000_000).fill(32))
        controller.close()
      },
    })
  const tooLarge: [string, Asked][] = [
    ['/api/customers/search', post(`{"text":"${'a'.repeat(1_100_000)}"}`)],
    ['/api/customers/search', { method: 'POST', raw: endless(3) }],
    ['/api/customers/export', { method: 'POST', raw: endless(3) }],
  ]

  for (const [path, asked] of tooLarge) {
    // The server may hang up before all is sent; then there is no answer to read.
    const told = await ask(path, asked).catch(() => undefined)
    if (told) expectProblem(path, told, 413)
  }
  expect(await bytes('GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /)
})

test('numbers of the machine are for who sits at it, or holds the token', async () => {
  const { ask, ctx } = await server({ TRUST_PROXY: 'yes' })
  const asked = (headers: Record<string, string>) => ask('/metrics', { headers }).then(({ status }) => status)

  expect(await asked({})).toBe(200)
  expect(await asked({ 'x-forwarded-for': '127.0.0.1' })).toBe(403)
  expect(await asked({ 'x-forwarded-for': '203.0.113.9' })).toBe(403)
  expect(await asked({ forwarded: 'for=127.0.0.1' })).toBe(403)
  const counted = await ask('/metrics')
  expect(counted.text).toMatch(/regulars_request_seconds_count\{method="POST",route="[^"]+",status="200"\} 1/)

  const guarded = await server({ METRICS_TOKEN: 'a-token-of-sixteen' }, ctx)
  const withToken = (authorization: string) => guarded.ask('/metrics', { headers: { authorization } })
  expect((await guarded.ask('/metrics')).status).toBe(403)
  expect((await withToken('Bearer a-token-of-sixteeN')).status).toBe(403)
  expect((await withToken('Bearer a-token-of-sixteen')).status).toBe(200)
})

test('a stranger cannot free himself of the limit on guessing by saying another address', async () => {
  const { ask } = await server()
  const guess = (at: number) =>
    ask('/api/links/lookups', {
      method: 'POST',
      body: { token: 'x'.repeat(30) },
      headers: { cookie: '', 'x-forwarded-for': `203.0.113.${at}` },
    })

  const codes = []
  for (let at = 0; at < 12; at += 1) codes.push((await guess(at)).status)

  expect(codes.at(-1)).toBe(429)
})

test('health says how the machines are, and nothing else; the records away, it says so', async () => {
  const { ask, ctx, cookie } = await server()
  const told = await ask('/health', { headers: { cookie: '' } })
  expect(Object.keys(told.body).sort()).toEqual(['clickhouse', 'ok', 'postgres', 'projection', 'version'])

  const away = await server({}, { ...ctx, db: openDb(openPool('postgres://127.0.0.1:1/none')) })
  const down = await away.ask('/health')
  expect([down.status, down.body.postgres]).toEqual([503, 'down'])
  const problem = await away.ask('/api/customers', { headers: { cookie } })
  expectProblem('no records', problem, 500)
})
