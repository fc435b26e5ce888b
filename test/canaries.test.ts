import { isContractProcedure } from '@orpc/contract'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { aStaff, theirPassword, tokenOf } from '#know/staff/testing/index.ts'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { projectAll } from '#understand/projection/index.ts'
import { type Asked, type RealServer, type Told, useRealServer } from './real-server.ts'

// What is told of a person stays in the answers to who may see it. Unmistakable values are planted in every personal field,
// every endpoint is called well and badly, machines are broken under it; then the traces are read: logs, errors, headers,
// facts, metrics.

const open = useRealServer()
const modules = modulesOf(readConfig({}))

const mark = 'Zq9canary'
const phone = '13912340987'
const address = { email: 'zq9canary@mail.example', staff: 'zq9canary.staff@mail.example' }
const trace = /zq9canary|139-?1234-?0987|(?<![\d.])1913(?![\d.])/i
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

const person = {
  values: {
    name: `${mark} Wang`,
    birthday: { calendar: 'solar', month: 3, day: 7, year: 1913 },
    gender: 'female',
    ...Object.fromEntries(
      ['district', 'address', 'occupation', 'income', 'education', 'personality', 'preferences', 'notes'].map(
        (field) => [field, `${mark} ${field}`],
      ),
    ),
    postcode: mark,
  },
  phones: [phone],
  emails: [address.email],
  member: `${mark}-7`,
}

const preset = {
  code: 'people',
  name: 'People',
  source: { code: 'till', name: 'Till' },
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  columns: {
    'customer.id': ['Id'],
    'customer.name': ['Name'],
    'customer.phone': ['Phone'],
    'customer.birthday': ['Born'],
  },
}
const file = `Id,Name,Phone,Born\n${mark}-1,${mark} Li,${phone},1913-03-07\n${mark}-2,${mark} He,${mark},${mark}\n`

/** Each endpoint called as it is meant, in an order in which each can. `of` gives what earlier answers said. */
type Step = [name: string, method: string, path: (of: Known) => string, asked?: (of: Known) => Asked]
type Known = Record<string, number | string>

const put = (body: unknown, version?: number | string): Asked => ({
  body,
  headers: version === undefined ? {} : { 'if-match': `"${version}"` },
})
const stranger = (body: unknown): Asked => ({ body, headers: { cookie: '' } })
const at = (path: string) => () => path
const steps: Step[] = [
  ['shops.merchant', 'GET', at('/merchant')],
  ['shops.editMerchant', 'PATCH', at('/merchant'), () => put({ name: 'Shop' }, 1)],
  ['shops.list', 'GET', at('/shops')],
  ['shops.add', 'POST', at('/shops'), () => put({ name: 'Second' })],
  ['shops.edit', 'PATCH', ({ shop }) => `/shops/${shop}`, () => put({ name: 'Other' }, 1)],
  ['shops.remove', 'DELETE', ({ shop }) => `/shops/${shop}`],
  ['shops.channels', 'GET', at('/channels')],
  ['shops.addChannel', 'POST', at('/channels'), () => put({ name: 'Net', kind: 'online' })],
  ['shops.editChannel', 'PATCH', ({ channel }) => `/channels/${channel}`, () => put({ name: 'Web' }, 1)],
  ['shops.removeChannel', 'DELETE', ({ channel }) => `/channels/${channel}`],
  ['shops.brands', 'GET', at('/brands')],
  ['shops.addBrand', 'POST', at('/brands'), () => put({ name: 'Own' })],
  ['shops.editBrand', 'PATCH', ({ brand }) => `/brands/${brand}`, () => put({ name: 'Ours' }, 1)],
  ['shops.removeBrand', 'DELETE', ({ brand }) => `/brands/${brand}`],
  ['staff.session', 'GET', at('/session')],
  ['staff.signIn', 'POST', at('/session'), () => stranger({ email: address.staff, password: theirPassword })],
  ['staff.sessions', 'GET', at('/sessions')],
  ['staff.endSession', 'DELETE', ({ session }) => `/sessions/${session}`],
  ['staff.endOtherSessions', 'DELETE', at('/sessions')],
  ['staff.editMe', 'PATCH', at('/me'), () => put({ name: `${mark} Owner` })],
  ['staff.changePassword', 'PUT', at('/me/password'), () => put({ current: theirPassword, password: theirPassword })],
  ['staff.names', 'GET', at('/staff/names')],
  ['staff.list', 'GET', at('/staff')],
  ['staff.edit', 'PATCH', ({ staff }) => `/staff/${staff}`, () => put({ role: 'marketer' }, 1)],
  ['staff.deactivate', 'POST', ({ staff }) => `/staff/${staff}/deactivation`, () => put({})],
  ['staff.reactivate', 'DELETE', ({ staff }) => `/staff/${staff}/deactivation`],
  ['staff.resetLink', 'POST', ({ staff }) => `/staff/${staff}/reset-links`, () => put({})],
  ['staff.readLink', 'POST', at('/links/lookups'), ({ token }) => put({ token })],
  [
    'staff.useLink',
    'POST',
    at('/links/uses'),
    ({ token }) => stranger({ token, password: `${mark} on a blue stove in March` }),
  ],
  [
    'staff.invite',
    'POST',
    at('/staff/invites'),
    () => put({ name: mark, email: `new.${address.staff}`, role: 'assistant' }),
  ],
  ['staff.withdrawInvite', 'DELETE', ({ invite }) => `/staff/invites/${invite}`],
  ['customers.add', 'POST', at('/customers'), () => put(person)],
  ['customers.list', 'GET', at('/customers')],
  ['customers.search', 'POST', at('/customers/search'), () => put({ text: mark })],
  ['customers.duplicates', 'POST', at('/customers/duplicates'), () => put(person)],
  ['customers.get', 'GET', ({ customer }) => `/customers/${customer}`],
  [
    'customers.edit',
    'PATCH',
    ({ customer }) => `/customers/${customer}`,
    ({ version }) => put({ values: { name: `${mark} Li` } }, version),
  ],
  [
    'customers.addIdentifier',
    'POST',
    ({ customer }) => `/customers/${customer}/identifiers`,
    ({ version }) => put({ kind: 'email', value: `b.${address.email}` }, version),
  ],
  [
    'customers.removeIdentifier',
    'DELETE',
    ({ customer, identifier }) => `/customers/${customer}/identifiers/${identifier}`,
    ({ version }) => put(undefined, version),
  ],
  [
    'customers.removeValue',
    'DELETE',
    ({ customer, profile }) => `/customers/${customer}/values/${profile}/notes`,
    ({ version }) => put(undefined, version),
  ],
  ['customers.changes', 'GET', ({ customer }) => `/customers/${customer}/changes`],
  [
    'customers.undo',
    'POST',
    ({ customer }) => `/customers/${customer}/undos`,
    ({ version, change }) => put({ changeId: change }, version),
  ],
  ['customers.timeline', 'GET', ({ customer }) => `/customers/${customer}/timeline`],
  ['customers /customers/export', 'POST', at('/customers/export'), () => put({ columns: ['name', 'phone', 'notes'] })],
  ['catalog.add', 'POST', at('/products'), () => put({ code: 'TEA', name: 'Tea' })],
  ['catalog.list', 'GET', at('/products')],
  ['catalog.categories', 'GET', at('/product-categories')],
  ['catalog.get', 'GET', ({ product }) => `/products/${product}`],
  ['catalog.edit', 'PATCH', ({ product }) => `/products/${product}`, () => put({ name: 'Green tea' }, 1)],
  ['catalog.archive', 'PUT', ({ product }) => `/products/${product}/archived`, () => put({ archived: false }, 2)],
  ['catalog.changes', 'GET', ({ product }) => `/products/${product}/changes`],
  [
    'orders.record',
    'POST',
    at('/orders'),
    ({ customer, product }) =>
      put({
        shopId: 1,
        customerId: customer,
        status: 'open',
        lines: [{ productId: product, quantity: 1, unitPrice: '5' }],
      }),
  ],
  ['orders.list', 'GET', at('/orders')],
  ['orders.get', 'GET', ({ order }) => `/orders/${order}`],
  ['orders.settle', 'PUT', ({ order }) => `/orders/${order}/status`, () => put({ status: 'completed' }, 1)],
  ['orders.cancel', 'POST', ({ order }) => `/orders/${order}/cancellations`, () => put({})],
  ['projection.status', 'GET', at('/projection')],
  ['lifecycle.thresholds', 'GET', at('/lifecycle/thresholds')],
  ['lifecycle.preview', 'POST', at('/lifecycle/previews'), () => put({ active: 30, silent: 60, sleeping: 90 })],
  [
    'lifecycle.saveThresholds',
    'PUT',
    at('/lifecycle/thresholds'),
    () => put({ active: 30, silent: 60, sleeping: 90 }, 0),
  ],
  ['lifecycle.flow', 'GET', at('/lifecycle/flow')],
  ['lifecycle.transitions', 'GET', at('/lifecycle/transitions?from=2026-01-01&to=2026-03-01')],
  ['value.standing', 'GET', ({ customer }) => `/customers/${customer}/standing`],
  ['value.standings', 'POST', at('/customers/standings'), ({ customer }) => put({ ids: [customer] })],
  ['value.rulers', 'GET', at('/value/rulers')],
  ['value.grid', 'GET', at('/value/grid')],
  ['value.query', 'POST', at('/customers/query'), () => put({ where: { is: 'text', field: 'city', in: [mark] } })],
  [
    'value.count',
    'POST',
    at('/customers/query/count'),
    () => put({ where: { is: 'text', field: 'city', in: [mark] } }),
  ],
  ['value.facets', 'GET', at('/customer-facets')],
  ['metrics.overview', 'GET', at('/overview')],
  ['metrics.product', 'GET', ({ product }) => `/products/${product}/numbers`],
  ['catalog.remove', 'DELETE', ({ other }) => `/products/${other}`],
  ['exchange.presets', 'GET', at('/import-presets')],
  ['exchange.savePreset', 'PUT', at('/import-presets/people'), () => put({ preset, version: 0 })],
  [
    'exchange /imports/file',
    'PUT',
    at('/imports/file'),
    () => ({ raw: file, headers: { 'x-file-name': 'people.csv', 'x-preset': 'people' } }),
  ],
  ['exchange.list', 'GET', at('/imports')],
  ['exchange.look', 'POST', ({ imported }) => `/imports/${imported}/inspection`, () => put({ encoding: 'utf-8' })],
  ['exchange.get', 'GET', ({ imported }) => `/imports/${imported}`],
  ['exchange.inspect', 'GET', ({ imported }) => `/imports/${imported}/inspection`],
  [
    'exchange.usePreset',
    'PUT',
    ({ imported }) => `/imports/${imported}/preset`,
    ({ imports }) => put({ preset }, imports),
  ],
  ['exchange.run', 'POST', ({ imported }) => `/imports/${imported}/runs`, () => put({ goal: 'applied' })],
  ['exchange.problems', 'GET', ({ imported }) => `/imports/${imported}/problems`],
  ['exchange /imports/:id/unusable', 'GET', ({ imported }) => `/imports/${imported}/unusable`],
  ['exchange.undo', 'POST', ({ imported }) => `/imports/${imported}/undo`, () => put({})],
  ['exchange.leftovers', 'GET', ({ imported }) => `/imports/${imported}/leftovers`],
  ['exchange.cancel', 'POST', ({ imported }) => `/imports/${imported}/cancellation`, () => put({})],
  ['exchange.remove', 'DELETE', ({ imported }) => `/imports/${imported}`],
  ['exchange.removePreset', 'DELETE', at('/import-presets/people')],
  [
    'staff.setUp',
    'POST',
    at('/setup'),
    () =>
      put({
        token: 'x'.repeat(30),
        owner: { name: mark, email: address.staff, password: `${mark} on a blue stove in March`, locale: 'en' },
        merchant: { name: mark, zone: 'UTC', currency: 'CNY', locale: 'en' },
        shop: { name: mark },
      }),
  ],
  ['staff.signOut', 'DELETE', at('/session')],
]

/** Answers that say no by nature: a house is set up once. */
const refusedBy: Record<string, number> = { 'staff.setUp': 409 }

/** What later steps need of an answer. */
function learn(of: Known, name: string, { body }: Told): void {
  const found: Record<string, () => void> = {
    'shops.add': () => (of.shop = body.id),
    'shops.addChannel': () => (of.channel = body.id),
    'shops.addBrand': () => (of.brand = body.id),
    'staff.sessions': () => (of.session = body.items.find((one: { current: boolean }) => !one.current).id),
    'staff.list': () => (of.staff = body.items.find((one: { role: string }) => one.role === 'analyst').id),
    'staff.resetLink': () => (of.token = tokenOf(body.address)),
    'customers.add': () => {
      of.customer = body.id
      of.profile = body.profiles[0].id
      of.identifier = body.identifiers.find((one: { kind: string }) => one.kind === 'phone').id
    },
    'customers.changes': () => (of.change = body.items.find((one: { field: string }) => one.field === 'notes').id),
    'catalog.add': () => (of.product = body.id),
    'orders.record': () => (of.order = body.id),
    'exchange /imports/file': () => (of.imported = body.id),
    'exchange.get': () => (of.imports = body.version),
  }
  found[name]?.()
  if (name.startsWith('customers.') && body?.version) of.version = body.version
}

/** A person's data wherever a client could put it by mistake: as values of the wrong type, as keys, in the path. */
const wrong = [
  {
    ...person,
    phones: phone,
    emails: { [address.email]: 1 },
    member: [mark],
    text: [mark],
    name: { [mark]: mark },
    kind: mark,
    value: [phone],
  },
  {
    values: { [mark]: phone, birthday: { calendar: mark, year: '1913' }, name: [mark] },
    email: [address.email],
    password: [mark],
    token: [mark],
  },
  {
    where: { is: mark },
    columns: [mark],
    ids: [phone, mark],
    lines: [{ name: [mark] }],
    goal: mark,
    preset: mark,
    encoding: mark,
    role: mark,
  },
]

function everyEndpoint(): string[] {
  return modules.flatMap((module) => [
    ...Object.entries((module.api?.contract ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
      isContractProcedure(value) ? [`${module.name}.${key}`] : [],
    ),
    ...(module.streams ?? []).map(({ path }) => `${module.name} ${path}`),
  ])
}

/** The house with a log that is kept, and all that is told to others than who may see the person. */
async function watched() {
  const { ctx } = await open()
  const lines: string[] = []
  const traces: [what: string, text: string][] = []
  const kept = { ...ctx, log: createLog('trace', { write: (line) => lines.push(line) }) }
  await aStaff(ctx, { name: mark, email: address.staff, role: 'analyst' })
  const server = await open({}, kept)
  const call = async (on: RealServer, name: string, method: string, path: string, asked: Asked = {}) => {
    ctx.clock.passMachineTime(31_000) // guesses are counted by the minute
    const told = await on.ask(`/api${path}`, { method, ...asked })
    const headers = [...told.headers].map(([key, value]) => `${key}: ${value}`).join('\n')
    traces.push([`headers of ${name}`, headers])
    // What is wrong with a file names the cell, to who has the file.
    if (told.status >= 400 && !String(told.body.code).startsWith('files.')) traces.push([`error of ${name}`, told.text])
    return told
  }
  return { ctx: kept, server, call, lines, traces }
}

function expectNoTrace(found: [what: string, text: string][]) {
  for (const [what, text] of found) expect(text.replaceAll(uuid, ''), what).not.toMatch(trace)
}

test('every endpoint is called below', () => {
  expect(steps.map(([name]) => name).sort()).toEqual(everyEndpoint().sort())
})

test('no person is in the log, an error, a header, a fact or a metric, whatever is called', async () => {
  const { ctx, server, call, lines, traces } = await watched()
  const of: Known = {}
  const other = await server.ask('/api/products', { method: 'POST', body: { code: 'OTHER' } })
  of.other = other.body.id

  for (const [name, method, path, asked] of steps) {
    if (name === 'staff.withdrawInvite') {
      of.invite = (await server.ask('/api/staff')).body.invites[0].id
    }
    if (name === 'staff.sessions') await open({}, ctx) // signs in once more
    const told = await call(server, name, method, path(of), asked?.(of))
    expect(told.status, `${name} ${told.text}`).toBe(refusedBy[name] ?? (told.status === 201 ? 201 : 200))
    learn(of, name, told)
    if (name === 'exchange.run' || name === 'exchange.undo') {
      const jobs = modules.flatMap((module) => module.jobs ?? [])
      await jobs.find((job) => job.name === 'exchange.run')!.run(ctx, { id: of.imported }, new AbortController().signal)
    }
    if (name === 'orders.cancel') await projectAll(ctx)
  }
  const back = await open({}, ctx)
  for (const [name, method, path] of steps) {
    if (name === 'staff.signOut') continue
    for (const body of wrong) await call(back, `${name}, badly`, method, path(of), method === 'GET' ? {} : put(body, 1))
    const [first = ''] = path(of).split('?')
    await call(back, `${name}, by name`, method, first.replace(/\/\d+/, `/${mark}`), method === 'GET' ? {} : put({}, 1))
  }
  const { rows } = await sql<{
    data: string
  }>`select coalesce(string_agg(data::text, ' '), '') as data from facts`.execute(ctx.db)
  const metrics = await back.ask('/metrics')

  expect(traces.length).toBeGreaterThan(500)
  expect(lines.length).toBeGreaterThan(5)
  expect(metrics.status).toBe(200)
  expectNoTrace([...traces, ['the log', lines.join('')], ['facts', rows[0]!.data]])
  expect(metrics.text).not.toMatch(/zq9canary|0987/i)
})

test('a machine that breaks in the middle tells nothing of whom it was asked about', async () => {
  const { ctx, server, call, lines, traces } = await watched()
  const added = await call(server, 'add', 'POST', '/customers', put(person))
  const { id, version } = added.body
  // The records refuse a row, and say which: Postgres quotes it in the error's detail.
  await sql`alter table profile_values add constraint broken check (value::text not like ${sql.lit('%bug%')})`.execute(
    ctx.db,
  )
  await sql`alter table customers add constraint broken_too check (name not like ${sql.lit('%gub%')})`.execute(ctx.db)

  const told = [
    await call(
      server,
      'a refused value',
      'PATCH',
      `/customers/${id}`,
      put({ values: { notes: `${mark} bug` } }, version),
    ),
    await call(server, 'a refused row', 'PATCH', `/customers/${id}`, put({ values: { name: `${mark} gub` } }, version)),
  ]
  const withoutColumns = await open({}, { ...ctx, columns: openColumns('http://127.0.0.1:1') })
  const city = { where: { is: 'text', field: 'city', in: [mark] } }
  told.push(
    await call(withoutColumns, 'no columns', 'POST', '/customers/query', put(city)),
    await call(withoutColumns, 'no columns', 'GET', `/customers/${id}/standing`),
  )
  await ctx.columns.command({ query: 'DROP TABLE traits' })
  told.push(await call(server, 'no table', 'POST', '/customers/query/count', put(city)))

  expect(told.map(({ status, body }) => [status, body.code])).toEqual(told.map(() => [500, 'http.bug']))
  expect(lines.filter((line) => line.includes('"bug"'))).toHaveLength(told.length)
  expectNoTrace([...traces, ['the log', lines.join('')]])
})
