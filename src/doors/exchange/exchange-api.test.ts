import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { createServer } from '#platform/http/index.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { flat } from './an-import.ts'
import { exchangeModule } from './module.ts'
import { run } from './run.ts'
import { tend } from './tend.ts'
import { uploadTrouble } from './upload.ts'

const house = useHouse()
const actor = staffActor(['exchange.import'])
const file =
  'Order,Date,Customer,Code,Item,Qty,Price\nA1,2026-02-03,k1,T1,"=Tea",1,5\nA1,2026-02-03,k1,T2,Tea,x,5\nA2,2026-02-03,k1\nA4,2026-02-03,k1,T2,Tea,1,5\n'

async function opened(ctx: Context) {
  const uploads = await mkdtemp(join(tmpdir(), 'regulars-uploads-'))
  const module = exchangeModule({ uploads })
  const server = serverOf(ctx, [module], actor)
  const app = createServer({
    modules: [module],
    ctx,
    authenticate: async () => actor,
    ipOf: () => '127.0.0.1',
    rateScale: 1000,
  })
  const put = (body: BodyInit, headers: Record<string, string> = {}) =>
    app.request('/api/imports/file', {
      method: 'PUT',
      body,
      headers: { 'x-file-name': encodeURIComponent('二月.csv'), ...headers },
      duplex: 'half',
    } as RequestInit)
  return { uploads, server, put, app }
}

test('a file is uploaded, looked at, corrected, compared, applied and undone', async () => {
  const ctx = await house()
  const { server, put } = await opened(ctx)

  const uploaded = await put(file)
  const { id, inspection } = (await uploaded.json()) as { id: number; inspection: Record<string, unknown> }
  const before = await server.request('GET', `/imports/${id}`)
  const mapped = await server.request('PUT', `/imports/${id}/preset`, {
    body: { preset: flat },
    headers: { 'if-match': before.headers.get('etag')! },
  })
  await server.request('POST', `/imports/${id}/runs`, { body: { goal: 'compared' } })
  await run(ctx, id, new AbortController().signal)
  const compared = await server.request('GET', `/imports/${id}`)
  await server.request('POST', `/imports/${id}/runs`, { body: { goal: 'applied' } })
  await run(ctx, id, new AbortController().signal)
  const applied = await server.request('GET', `/imports/${id}`)
  await server.request('POST', `/imports/${id}/undo`, { body: {} })
  await run(ctx, id, new AbortController().signal)
  const undone = await server.request('GET', `/imports/${id}`)

  expect(uploaded.status).toBe(201)
  expect(inspection).toMatchObject({
    format: 'csv',
    encoding: 'utf-8',
    columns: ['Order', 'Date', 'Customer', 'Code', 'Item', 'Qty', 'Price'],
  })
  expect(before.body).toMatchObject({ state: 'waiting', fileName: '二月.csv', presetName: '二月' })
  expect(mapped.body).toMatchObject({ missing: [], unmapped: [] })
  expect(compared.body).toMatchObject({ state: 'compared', comparison: { orders: { new: 0 }, heldBackOrders: 2 } })
  expect(applied.body).toMatchObject({ state: 'applied', applies: true, problems: 4 })
  expect(undone.body).toMatchObject({ state: 'undone', applies: false })
})

test('rows that cannot be used come back as a file with the reason in the reader’s language', async () => {
  const ctx = await house()
  const { server, put, app } = await opened(ctx)
  const { id } = (await (await put(file)).json()) as { id: number }
  const { headers } = await server.request('GET', `/imports/${id}`)
  await server.request('PUT', `/imports/${id}/preset`, {
    body: { preset: flat },
    headers: { 'if-match': headers.get('etag')! },
  })
  await server.request('POST', `/imports/${id}/runs`, { body: { goal: 'compared' } })
  await run(ctx, id, new AbortController().signal)

  const answer = await app.request(`/api/imports/${id}/unusable`)
  const listed = await server.request('GET', `/imports/${id}/problems?limit=2`)

  const lines = (await answer.text()).replace('\ufeff', '').trim().split('\r\n')
  expect(lines[0]).toBe(
    '"Order","Date","Customer","Code","Item","Qty","Price","Row in the file","Why it was not imported"',
  )
  expect(lines[1]).toContain('"A1","2026-02-03","k1","T1","\'=Tea","1","5","2","Order A1 was held back')
  expect(lines[2]).toContain('"A1","2026-02-03","k1","T2","Tea","x","5","3","Row 3, “Qty”: “x” is not a number')
  expect(lines[3]).toContain('"4","Row 4 has 3 cells')
  expect(lines[4]).toContain('"A4"')
  expect(lines).toHaveLength(5)
  expect(listed.body).toMatchObject({ items: [{ row: 2 }, { row: 3, column: 'Qty', value: 'x' }] })
  expect(listed.body.next).toBeTypeOf('string')
})

test('what is no table, or does not arrive whole, leaves nothing behind', async () => {
  const ctx = await house()
  const { put, uploads } = await opened(ctx)
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from(file))
      controller.error(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))
    },
  })

  const page = await put('<!doctype html><html></html>')
  const cut = await put(broken)

  expect([page.status, ((await page.json()) as { code: string }).code]).toEqual([422, 'files.web_page'])
  expect(((await cut.json()) as { code: string }).code).toBe('exchange.upload_broken')
  expect(await readdir(uploads)).toEqual([])
  expect((await sql`select 1 from imports`.execute(ctx.db)).rows).toEqual([])
})

test('a full disk while a file comes in is told as such', () => {
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' })

  expect(uploadTrouble(full, 'a.csv')).toMatchObject({ code: 'exchange.disk_full', params: { file: 'a.csv' } })
})

test('who may not import is refused before a byte is kept', async () => {
  const ctx = await house()
  const { server } = await opened(ctx)

  const answer = await server.request('GET', '/imports', { as: staffActor(['orders.read']) })
  const scoped = await server.request('GET', '/imports', {
    as: staffActor(['exchange.import'], { scope: { kind: 'shops', shopIds: [1] } }),
  })

  expect([answer.status, scoped.status]).toEqual([403, 403])
})

test('presets are saved under a name, with a version; shipped ones stay', async () => {
  const ctx = await house()
  const { server } = await opened(ctx)

  const saved = await server.request('PUT', '/import-presets/flat', { body: { preset: flat, version: 0 } })
  const stale = await server.request('PUT', '/import-presets/flat', { body: { preset: flat, version: 0 } })
  const shipped = await server.request('PUT', '/import-presets/online-retail', {
    body: { preset: { ...flat, code: 'online-retail' }, version: 0 },
  })
  const list = await server.request('GET', '/import-presets')

  expect(saved.body).toMatchObject({ version: 1 })
  expect([stale.status, shipped.body.code]).toEqual([412, 'exchange.shipped_preset'])
  expect(
    list.body.items.map((one: { preset: { code: string }; shipped: boolean }) => [one.preset.code, one.shipped]),
  ).toEqual([
    ['online-retail', true],
    ['taobao-orders', true],
    ['taobao-items', true],
    ['shopify-orders', true],
    ['flat', false],
  ])
})

test('an import whose process died is asked for again, and old uploads are deleted', async () => {
  const ctx = await house()
  const { put, uploads, server } = await opened(ctx)
  const { id } = (await (await put(file, { 'x-preset': 'online-retail' })).json()) as { id: number }
  await server.request('POST', `/imports/${id}/runs`, { body: { goal: 'compared' } })
  const asked: unknown[] = []
  const queue = { send: async (...args: unknown[]) => void asked.push(args.slice(0, 2)) }

  await tend({ ...ctx, queue: queue as never })
  await sql`update imports set state = 'failed', ended_at = now() - interval '31 days'`.execute(ctx.db)
  await tend(ctx)

  expect(asked).toEqual([['exchange.run', { id }]])
  expect(await readdir(uploads)).toEqual([])
})
