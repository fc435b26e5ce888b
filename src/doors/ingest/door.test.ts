import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDb, openPool } from '#platform/postgres/connect.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { endWriteKey } from './index.ts'
import { overloaded } from './overload.ts'
import { aSender } from './testing/index.ts'

const house = useHouse()
const seen = { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: 'm1', properties: { sku: 'TEA-1' } }

async function waiting(ctx: TestContext): Promise<number> {
  return (await sql<{ count: number }>`select count(*) as count from inbox`.execute(ctx.db)).rows[0]!.count
}

test('whoever has a key is answered yes once it is kept, by every address, packed or as a beacon', async () => {
  const ctx = await house()
  const { key, send } = await aSender(ctx)
  const yes = { status: 200, body: { success: true } }

  for (const type of ['identify', 'track', 'page', 'screen', 'group', 'alias', 't', 'track/', '/collect/v1/track'])
    expect(await send(type, { ...seen, type: undefined }), type).toMatchObject(yes)
  for (const type of ['batch', 'import']) expect(await send(type, { batch: [seen] }), type).toMatchObject(yes)
  const packed = gzipSync(JSON.stringify({ batch: [seen] }))
  expect(await send('batch', packed, { headers: { 'content-encoding': 'gzip' } })).toMatchObject(yes)
  const beacon = { headers: { 'content-type': 'text/plain;charset=UTF-8', authorization: '' } }
  expect(await send('batch', JSON.stringify({ batch: [seen], writeKey: key }), beacon)).toMatchObject(yes)

  expect(await waiting(ctx)).toBe(13)
})

test('what can never be used is refused, and nothing of it is kept', async () => {
  const ctx = await house()
  const { keyId, send } = await aSender(ctx)
  const large = 'x'.repeat(600_000)
  const refusals: [string, Awaited<ReturnType<typeof send>>, number, string][] = [
    ['broken', await send('track', '{"event":'), 400, 'not_json'],
    ['no object', await send('track', '[]'), 400, 'not_json'],
    ['no batch', await send('batch', seen), 400, 'no_batch'],
    ['a large message', await send('track', { ...seen, large: large.slice(0, 33_000) }), 400, 'too_large'],
    ['a large batch', await send('batch', { batch: [], large }), 400, 'too_large'],
    [
      'a bomb',
      await send('batch', gzipSync(' '.repeat(9_000_000)), { headers: { 'content-encoding': 'gzip' } }),
      400,
      'too_large',
    ],
    ['no gzip', await send('batch', 'x', { headers: { 'content-encoding': 'gzip' } }), 400, 'not_gzip'],
    ['no key', await send('track', seen, { headers: { authorization: '' } }), 401, 'unknown_key'],
    ['another key', await send('track', seen, { key: `reg_write_${'0'.repeat(32)}` }), 401, 'unknown_key'],
    ['another address', await send('users', seen), 404, 'unknown_address'],
    ['another method', await send('track', undefined, { method: 'GET' }), 405, 'method'],
  ]
  await endWriteKey(ctx, keyId)
  refusals.push(['an ended key', await send('track', seen), 401, 'unknown_key'])

  for (const [name, { status, body }, wanted, code] of refusals) {
    expect([status, body], name).toEqual([wanted, { success: false, code: `ingest.${code}` }])
  }
  expect(await waiting(ctx)).toBe(0)
})

test('a key that worked a moment ago and has ended lets nothing in', async () => {
  const ctx = await house()
  const { keyId, send } = await aSender(ctx)
  expect((await send('track', seen)).status).toBe(200)

  await endWriteKey(ctx, keyId)

  expect((await send('track', seen)).status).toBe(401)
  expect(await waiting(ctx)).toBe(1)
})

test('a page of another site may ask, and read the answer', async () => {
  const ctx = await house()
  const { send } = await aSender(ctx, { place: 'browser' })

  const asked = await send('batch', undefined, { method: 'OPTIONS', headers: { origin: 'https://shop.example' } })
  const told = await send('track', seen, { headers: { origin: 'https://shop.example' } })

  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toContain('content-type')
  for (const { headers } of [asked, told]) {
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('set-cookie')).toBeNull()
  }
})

test('more than can be worked off is told to come again, and so is everybody while the records are away', async () => {
  const ctx = await house()
  const { send } = await aSender(ctx, { place: 'browser' })
  const answers = []
  for (let tries = 0; tries < 1_201; tries += 100)
    answers.push(...(await Promise.all(Array.from({ length: 100 }, () => send('track', seen)))))
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1_200)
  const told = answers.at(-1)!
  expect([told.status, Number(told.headers.get('retry-after')) > 0]).toEqual([429, true])

  ctx.clock.passMachineTime(2_000)
  expect(await overloaded(ctx, 1_000)).toBe(true)

  const away = await aSender(ctx)
  const app = { ...ctx, db: openDb(openPool('postgres://127.0.0.1:1/none')) }
  const { segmentDoor } = await import('./door.ts')
  const request = new Request('http://x/v1/track', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${away.key}:`).toString('base64')}` },
    body: JSON.stringify(seen),
  })
  const unavailable = await segmentDoor.handle(app, request, { ip: '::1', https: false })
  expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '5'])
})
