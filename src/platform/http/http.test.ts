import { implement } from '@orpc/server'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { nobody } from '../context.ts'
import { endpoint, shape } from '../contract/index.ts'
import { createLog } from '../log.ts'
import type { Module } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '../testing/index.ts'
import { createServer, editedVersion, forgetAnswers, type RequestContext, tagVersion } from './index.ts'

const house = useHouse()

const contract = {
  add: endpoint({
    method: 'POST',
    path: '/jars',
    summary: 'Add a jar',
    tag: 'jars',
    may: 'jars.edit',
    scope: 'none',
    input: z.object({ tea: shape.text(20) }),
    output: z.object({ count: z.number() }),
  }),
  rename: endpoint({
    method: 'PATCH',
    path: '/jars/{id}',
    summary: 'Rename',
    tag: 'jars',
    may: 'jars.edit',
    scope: 'none',
    edit: true,
    input: z.object({ id: shape.id, tea: shape.text(20) }),
    output: z.object({ id: z.number() }),
  }),
  read: endpoint({
    method: 'GET',
    path: '/jars',
    summary: 'Read',
    tag: 'jars',
    may: 'jars.read',
    scope: 'rows',
    input: z.object({ ...shape.pageInput }),
    output: z.object({ limit: z.number() }),
  }),
  all: endpoint({
    method: 'GET',
    path: '/jars/all',
    summary: 'All',
    tag: 'jars',
    may: 'jars.read',
    scope: 'all',
    input: z.object({}),
    output: z.object({}),
  }),
  shelf: endpoint({
    method: 'GET',
    path: '/shelf',
    summary: 'The shelf',
    tag: 'jars',
    may: 'open',
    scope: 'none',
    input: z.object({}),
    output: z.object({}),
  }),
  guess: endpoint({
    method: 'POST',
    path: '/guesses',
    summary: 'Guess',
    tag: 'jars',
    may: 'open',
    scope: 'none',
    rate: 'guess',
    once: false,
    input: z.object({ secret: z.string() }),
    output: z.object({}),
  }),
  drop: endpoint({
    method: 'DELETE',
    path: '/jars',
    summary: 'Drop',
    tag: 'jars',
    may: 'jars.edit',
    scope: 'none',
    input: z.object({}),
    output: z.object({}),
  }),
}

const os = implement(contract).$context<RequestContext>()

function jars(): Module {
  return {
    name: 'jars',
    api: {
      contract,
      router: os.router({
        add: os.add.handler(async ({ context, input }) => {
          if (input.tea === 'dust') throw new Refusal('invalid', 'page.cursor')
          await sql`insert into settings (name, value) values (${`jar ${crypto.randomUUID()}`}, '{}')`.execute(
            context.db,
          )
          const { rows } = await sql<{
            count: number
          }>`select count(*) as count from settings where name like 'jar %'`.execute(context.db)
          return { count: rows[0]!.count }
        }),
        rename: os.rename.handler(async ({ context, input }) => {
          if (editedVersion(context) !== 3) throw new Refusal('stale', 'http.stale')
          tagVersion(context, 4)
          return { id: input.id }
        }),
        read: os.read.handler(async ({ input }) => ({ limit: input.limit })),
        all: os.all.handler(async () => ({})),
        shelf: os.shelf.handler(async () => ({})),
        guess: os.guess.handler(async ({ input }) => {
          if (input.secret !== 'oolong') throw new Refusal('not_found', 'staff.link_unknown')
          return {}
        }),
        drop: os.drop.handler(async () => {
          throw new Error('the phone of Li Lei is 13800138000')
        }),
      }),
    },
  }
}

const keeper = staffActor(['jars.edit', 'jars.read'])
const serve = (ctx: TestContext) => serverOf(ctx, [jars()], keeper)

test('a stranger is asked to sign in, before the input is looked at', async () => {
  const server = serve(await house())

  const answer = await server.request('POST', '/jars', { body: { tea: 5 }, as: nobody('zh-CN') })

  expect(answer.status).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.body).toMatchObject({ code: 'http.sign_in', title: '请先登录。', status: 401 })
})

test('an open endpoint answers a stranger', async () => {
  expect((await serve(await house()).request('GET', '/shelf', { as: nobody('en') })).status).toBe(200)
})

test('who lacks the permission is refused', async () => {
  const answer = await serve(await house()).request('POST', '/jars', {
    body: { tea: 'pu-erh' },
    as: staffActor(['jars.read']),
  })

  expect(answer).toMatchObject({ status: 403, body: { code: 'http.forbidden' } })
})

test('who sees some shops is refused what needs all', async () => {
  const server = serve(await house())
  const scoped = staffActor(['jars.read'], { scope: { kind: 'shops', shopIds: [1] } })

  expect((await server.request('GET', '/jars/all', { as: scoped })).status).toBe(403)
  expect((await server.request('GET', '/jars', { as: scoped })).status).toBe(200)
})

test('wrong input names each place', async () => {
  const answer = await serve(await house()).request('POST', '/jars', { body: { tea: '' } })

  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ code: 'http.invalid_input', errors: [{ pointer: '/tea', code: 'too_small' }] })
})

test('the same request twice has one effect and one answer', async () => {
  const server = serve(await house())
  const headers = { 'idempotency-key': '"a"' }

  const first = await server.request('POST', '/jars', { body: { tea: 'oolong' }, headers })
  const second = await server.request('POST', '/jars', { body: { tea: 'oolong' }, headers })

  expect(first.body).toEqual({ count: 1 })
  expect(second.body).toEqual({ count: 1 })
  expect(second.headers.get('idempotency-replayed')).toBe('true')
})

test('twenty phones sending the same request at once: one effect', async () => {
  const ctx = await house()
  const server = serve(ctx)

  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      server.request('POST', '/jars', { body: { tea: 'oolong' }, headers: { 'idempotency-key': 'a' } }),
    ),
  )

  expect(new Set(answers.map((answer) => answer.status)).isSubsetOf(new Set([200, 409]))).toBe(true)
  const { rows } = await sql<{ count: number }>`select count(*) as count from settings where name like 'jar %'`.execute(
    ctx.db,
  )
  expect(rows[0]!.count).toBe(1)
})

test('a key that was used for another request is refused', async () => {
  const server = serve(await house())
  await server.request('POST', '/jars', { body: { tea: 'oolong' }, headers: { 'idempotency-key': 'a' } })

  const answer = await server.request('POST', '/jars', { body: { tea: 'sencha' }, headers: { 'idempotency-key': 'a' } })

  expect(answer).toMatchObject({ status: 422, body: { code: 'http.key_reused' } })
})

test('a refused request may be corrected under its key', async () => {
  const server = serve(await house())
  await server.request('POST', '/jars', { body: { tea: 'dust' }, headers: { 'idempotency-key': 'a' } })

  expect(
    (await server.request('POST', '/jars', { body: { tea: 'sencha' }, headers: { 'idempotency-key': 'a' } })).status,
  ).toBe(200)
})

test('a request that makes something needs a key', async () => {
  expect(
    (await serve(await house()).request('POST', '/jars', { body: { tea: 'x' }, headers: { 'idempotency-key': '' } }))
      .body.code,
  ).toBe('http.key_required')
})

test('an edit says from which version it was made', async () => {
  const server = serve(await house())
  const rename = (headers: Record<string, string>) =>
    server.request('PATCH', '/jars/7', { body: { tea: 'sencha' }, headers })

  expect(await rename({})).toMatchObject({ status: 428, body: { code: 'http.if_match_required' } })
  expect(await rename({ 'if-match': '"2"' })).toMatchObject({ status: 412, body: { code: 'http.stale' } })
  const answer = await rename({ 'if-match': '"3"' })
  expect(answer).toMatchObject({ status: 200, body: { id: 7 } })
  expect(answer.headers.get('etag')).toBe('"4"')
})

test('a page is at most a hundred rows', async () => {
  const server = serve(await house())

  expect((await server.request('GET', '/jars?limit=100')).body).toEqual({ limit: 100 })
  expect((await server.request('GET', '/jars?limit=101')).status).toBe(400)
})

test('another website cannot act in the name of who is signed in', async () => {
  const server = serve(await house())
  const post = (headers: Record<string, string>) => server.request('POST', '/jars', { body: { tea: 'x' }, headers })

  expect((await post({ 'sec-fetch-site': 'cross-site' })).body.code).toBe('http.origin')
  expect((await post({ origin: 'https://evil.example' })).body.code).toBe('http.origin')
  expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
})

test('guessing is slowed, and the answer says for how long; who knows the secret may come as often as she likes', async () => {
  const ctx = await house()
  const app = createServer({ modules: [jars()], ctx, authenticate: async () => undefined, ipOf: () => '10.0.0.9' })
  const guess = (secret: string) =>
    app.request('/api/guesses', {
      method: 'POST',
      body: JSON.stringify({ secret }),
      headers: { 'content-type': 'application/json' },
    })
  for (let staff = 0; staff < 20; staff += 1) expect((await guess('oolong')).status).toBe(200)
  for (let tries = 0; tries < 10; tries += 1) expect((await guess('green')).status).toBe(404)

  const answer = await guess('oolong')

  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a bug tells the reader a number, and the log no person', async () => {
  const ctx = await house()
  const lines: string[] = []
  const server = serve({ ...ctx, log: createLog('info', { write: (line) => lines.push(line) }) })

  const answer = await server.request('DELETE', '/jars')

  expect(answer).toMatchObject({ status: 500, body: { code: 'http.bug' } })
  expect(JSON.stringify(answer.body)).not.toContain('Li Lei')
  expect(lines.join()).toContain(answer.body.instance)
  expect(lines.join()).not.toContain('Li Lei')
  expect(lines.join()).not.toContain('13800138000')
})

test('what breaks off because nobody waits for it any more is no bug', async () => {
  const ctx = await house()
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const app = createServer({
    ...{ modules: [jars()], ctx: { ...ctx, log }, authenticate: async () => keeper },
    ipOf: () => '127.0.0.1',
  })

  const answer = await app.request('/api/jars', { method: 'DELETE', signal: AbortSignal.abort() })

  expect(answer.status).toBe(499)
  expect(lines.join()).not.toContain('bug')
})

test('an unknown address, a body too large and a body that is no JSON are problems too', async () => {
  const ctx = await house()
  const server = serve(ctx)
  const app = createServer({ modules: [jars()], ctx, authenticate: async () => keeper, ipOf: () => '127.0.0.1' })
  const post = (body: string) =>
    app.request('/api/jars', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'content-length': String(body.length), 'idempotency-key': 'x' },
    })

  expect(await server.request('GET', '/cups')).toMatchObject({ status: 404, body: { code: 'http.not_found' } })
  expect((await post(JSON.stringify({ tea: 'x'.repeat(1_100_000) }))).status).toBe(413)
  const broken = await post('{"tea":')
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ code: 'http.invalid_input' })
})

test('every answer carries secure headers, errors included', async () => {
  const server = serve(await house())
  for (const path of ['/shelf', '/cups', '/jars?limit=0']) {
    const { headers } = await server.request('GET', path)
    expect(headers.get('content-security-policy')).toContain("object-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
  }
})

test('an endpoint without a permission is never served', async () => {
  const ctx = await house()
  const bare = { ...contract.shelf, '~orpc': { ...contract.shelf['~orpc'], meta: {} } }
  const open = implement({ bare }).$context<RequestContext>()
  const module = {
    name: 'bare',
    api: { contract: { bare }, router: open.router({ bare: open.bare.handler(async () => ({})) }) },
  }

  expect((await serverOf(ctx, [module]).request('GET', '/shelf')).status).toBe(500)
})

test('an answer is forgotten after seven days, and its key is free', async () => {
  const ctx = await house()
  const server = serve(ctx)
  const add = () => server.request('POST', '/jars', { body: { tea: 'oolong' }, headers: { 'idempotency-key': 'a' } })
  await add()
  ctx.clock.passMachineTime(Date.parse('2100-01-01') - ctx.clock.machine().getTime())

  await forgetAnswers(ctx)

  expect((await add()).body).toEqual({ count: 2 })
})

test('one network of IPv6 is one guesser, however many of its addresses it uses', async () => {
  const ctx = await house()
  let ip = ''
  const app = createServer({ modules: [jars()], ctx, authenticate: async () => undefined, ipOf: () => ip })
  const guess = async (from: string) => {
    ip = from
    const answer = await app.request('/api/guesses', {
      method: 'POST',
      body: '{"secret":"green"}',
      headers: { 'content-type': 'application/json' },
    })
    return answer.status
  }

  for (let tries = 0; tries < 10; tries += 1) expect(await guess(`2001:db8:7:1::${tries}`)).toBe(404)
  expect(await guess('2001:db8:7:1:ffff:0:0:1')).toBe(429)
  expect([await guess('2001:db8:7:2::1'), await guess('::1'), await guess('192.0.2.1')]).toEqual([404, 404, 404])
})
