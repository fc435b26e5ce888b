import { expect, test } from 'vitest'
import { aStaff, theirPassword } from '#know/staff/testing/index.ts'
import { type Asked, expectProblem, useRealServer } from './real-server.ts'

// What nobody would send who means well, against the server as `npm start` runs it. Every answer is a clear no, never a bug.

const server = useRealServer()
const post = (raw: string): Asked => ({ method: 'POST', raw })
const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url')
const asking = (where: unknown, more = {}) => post(JSON.stringify({ where, ...more }))
const nested = (levels: number) => `${'{"is":"not","of":'.repeat(levels)}{"is":"everyone"}${'}'.repeat(levels)}`
const many = (count: number, letters: number) =>
  Array.from({ length: count }, (_, at) => `${at}${'龘'.repeat(letters)}`)
const inCities = (of: string[]) => ({ is: 'text', field: 'city', in: of })

test('text, numbers and trees that nothing of ours can hold are refused', async () => {
  const { ask } = await server()
  await ask('/api/products', post('{"code":"A"}'))
  const refused: [string, string, Asked?][] = [
    ['a NUL', '/api/customers', post('{"values":{"name":"a\\u0000b"}}')],
    ['half a surrogate pair', '/api/customers', post('{"values":{"name":"a\\ud800b"}}')],
    ['a NUL in a name of a field', '/api/products', post('{"code":"B","attributes":{"a\\u0000":"x"}}')],
    ['a NUL in an address', '/api/products?search=a%00b'],
    ['a NUL in a path', '/api/import-presets/a%00b', { method: 'DELETE' }],
    [
      'a NUL in an export',
      '/api/customers/export',
      post('{"columns":["name"],"list":{"where":{"is":"text","field":"city","in":["\\u0000"]}}}'),
    ],
    [
      'a name of a file with a NUL',
      '/api/imports/file',
      { method: 'PUT', raw: 'a,b\n', headers: { 'x-file-name': 'a%00' } },
    ],
    [
      'bytes that are no UTF-8',
      '/api/customers/search',
      { method: 'POST', raw: new Uint8Array([123, 34, 255, 34, 125]) },
    ],
    ['a tree of 20', '/api/customers/query/count', post(`{"where":${nested(20)}}`)],
    ['a tree of 40,000', '/api/customers/query/count', post(`{"where":${nested(40_000)}}`)],
    ['lists in lists', '/api/customers/query/count', post('['.repeat(400_000) + ']'.repeat(400_000))],
    ['a tree in an export', '/api/customers/export', post(`{"columns":["name"],"list":{"where":${nested(30_000)}}}`)],
    ['lists in an address', `/api/products?a${'[c]'.repeat(2000)}=1`],
    [
      'lists without end',
      '/api/customers/query/count',
      asking({ is: 'or', of: many(8, 1).map(() => inCities(many(200, 190))) }),
    ],
    ['an amount beyond 2^53', '/api/products', post('{"code":"N","price":123456789012345678901234567890}')],
    ['a number beyond all', '/api/products', post('{"code":"N","stock":1e400}')],
    ['a brand beyond its column', '/api/products', post('{"code":"N","brandId":99999999999}')],
    ['a shop beyond its column', '/api/shops/99999999999', { method: 'DELETE' }],
    ['a shop beyond the columns', '/api/customers/query/count', asking({ is: 'shop', in: [4_294_967_297] })],
    ['a day before all', '/api/overview?asOf=0001-01-01'],
    ['a day after all', '/api/orders?to=9999-12-31'],
    ['no JSON', '/api/customers/search', { ...post('{"text":"a"}'), headers: { 'content-type': 'text/plain' } }],
    [
      'a file for JSON',
      '/api/customers/search',
      { ...post('abc'), headers: { 'content-type': 'application/octet-stream' } },
    ],
    [
      'a form with a file',
      '/api/customers/search',
      {
        ...post('--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\nabc\r\n--x--'),
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      },
    ],
    ...['abc', '-1', '0', '1.5', '1e30', '9007199254740993', '%00', '%', '%F0%9F', '١'].map((id): [string, string] => [
      `the id ${id}`,
      `/api/customers/${id}`,
    ]),
  ]

  for (const [name, path, asked] of refused) expectProblem(name, await ask(path, asked), 400)
})

test('cursors that we did not make are refused', async () => {
  const { ask } = await server()
  const pages: [string, ...unknown[]][] = [
    ['/api/customers', 'newest', '9999-99-99', 1],
    ['/api/customers', 'newest', 'x', 1],
    ['/api/customers', 'newest', '2026-01-01', 1.5],
    ['/api/customers', 'newest', '2026-01-01', 1e300],
    ['/api/customers', 'name', 1],
    ['/api/orders', '2026-13-01', 1],
    ['/api/orders', '2026-01-01', 1e20],
    ['/api/products', 'newest', 1.5],
    ['/api/products?sort=code', 'code', 'a\0'],
    ['/api/imports', 1e300],
  ]

  for (const [path, ...key] of pages) {
    const { status, body } = await ask(`${path}${path.includes('?') ? '&' : '?'}after=${cursor(...key)}`)
    expect([400, 422], `${path} ${key} ${body.code}`).toContain(status)
  }
  for (const key of [
    ['x', 1],
    [5, 1],
    ['2026-01-01', 1.5],
    ['2026-02-30', 1],
    ['2026-01-01', -1],
    ['2026-01-01', 1e300],
  ]) {
    const told = await ask(
      '/api/customers/query',
      asking({ is: 'everyone' }, { after: cursor('last_purchase down', ...key) }),
    )
    expectProblem(String(key), told, 422)
  }
})

test('what looks odd and means something is answered', async () => {
  const { ask } = await server()
  const family = '👩‍👩‍👧‍👦'
  const answered: [string, Asked?][] = [
    ['/api/customers', post(JSON.stringify({ values: { name: family.repeat(10), notes: '\u202e'.repeat(4000) } }))],
    ['/api/customers/search', post(JSON.stringify({ text: family.repeat(9) }))],
    ['/api/customers/search', post('{"text":"%_\\\\"}')],
    ['/api/customers/query/count', asking(inCities(["'\\{p1:String}\t\n%00' OR 1 --"]))],
    ['/api/customers/query/count', asking(inCities(many(200, 190)))],
    ['/api/customers/query/count', asking({ is: 'number', field: 'purchases', atLeast: -5, atMost: 9e15 })],
    ['/api/customers/query/count', asking({ is: 'within', field: 'added', days: 36_500 }, { asOf: '1970-01-02' })],
    ['/api/lifecycle/flow?asOf=0400-01-01&months=120'],
    ['/api/lifecycle/transitions?from=0400-01-01&to=9000-12-31'],
    ['/api/overview?asOf=9000-12-31'],
    ['/api/overview?shopId=4294967297'],
    ['/api/orders?from=0400-01-01&to=9000-12-31'],
    ['/api/products?__proto__[polluted]=1&constructor[prototype][polluted]=1&a[1000000000]=1'],
  ]

  for (const [path, asked] of answered) {
    const { status, text } = await ask(path, asked)
    expect([200, 201], `${path} ${asked?.raw} ${text}`).toContain(status)
  }
  const wrapped = await ask(
    '/api/customers/query/count',
    asking({ is: 'number', field: 'purchases', atLeast: 2 ** 32 }),
  )
  expect(wrapped.body).toEqual({ customers: 0 })
})

test('names that are JavaScript’s own change nothing in it', async () => {
  const { ask } = await server()

  const { body } = await ask(
    '/api/products',
    post('{"code":"P","__proto__":{"polluted":1},"attributes":{"__proto__":"x","constructor":"y"}}'),
  )

  expect(body.attributes).toEqual({ constructor: 'y' })
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('an edit from no version, or from one that never was, is refused', async () => {
  const { ask } = await server()
  const { id } = (await ask('/api/products', post('{"code":"A"}'))).body
  const edit = (ifMatch: string) =>
    ask(`/api/products/${id}`, { method: 'PATCH', body: { name: 'x' }, headers: { 'if-match': ifMatch } })

  for (const told of ['W/"1"', '*', '"1","2"', '1', '"-1"', '"1', '"\'"', '"1e3"'])
    expectProblem(told, await edit(told), 428)
  expectProblem('far', await edit('"999999999999999"'), 412)
})

test('a key that another person used is nobody else’s, and one too long is none', async () => {
  const { ask, ctx, origin } = await server()
  await aStaff(ctx, { email: 'admin@shop.example', role: 'admin' })
  const signedIn = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@shop.example', password: theirPassword }),
  })
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
  const add = (code: string, key: string, more = {}) =>
    ask('/api/products', { method: 'POST', body: { code }, headers: { 'idempotency-key': key, ...more } })

  const first = await add('A', 'k')
  const others = await add('B', 'k', { cookie })

  expect([first.body.code, others.body.code]).toEqual(['A', 'B'])
  expect(others.headers.get('idempotency-replayed')).toBeNull()
  expectProblem('long', await add('C', 'k'.repeat(256)), 428)
  expect((await add('D', "'; drop table products; --")).status).toBe(201)
})
