import { isContractProcedure } from '@orpc/contract'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { aStaff, theirPassword } from '#know/staff/testing/index.ts'
import { openColumns } from '#platform/clickhouse/connect.ts'
import { readConfig } from '#platform/config.ts'
import { createLog } from '#platform/log.ts'
import { projectAll } from '#understand/projection/index.ts'
import { address, type Known, learn, mark, person, phone, put, refusedBy, steps } from './every-endpoint.ts'
import { type Asked, type RealServer, useRealServer } from './real-server.ts'

// What is told of a person stays in the answers to who may see it. Unmistakable values are planted in every personal field,
// every endpoint is called well and badly, machines are broken under it; then the traces are read: logs, errors, headers,
// facts, metrics.

const open = useRealServer()
const modules = modulesOf(readConfig({}))

const trace = /zq9canary|139-?1234-?0987|(?<![\d.])1913(?![\d.])/i
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

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
  const aTag = async (name: string) => (await server.ask('/api/tags', { method: 'POST', body: { name } })).body.id
  const sold = (await server.ask('/api/products', { method: 'POST', body: { code: 'SOLD' } })).body.id
  of.receipt = 'F-1'
  await server.ask('/api/orders', {
    method: 'POST',
    body: { shopId: 1, number: of.receipt, lines: [{ productId: sold, quantity: 1, unitPrice: '5' }] },
  })
  of.otherTag = await aTag('Other')
  of.merged = of.otherTag!
  of.unused = await aTag('Unused')

  for (const [name, method, path, asked] of steps) {
    if (name === 'staff.withdrawInvite') {
      of.invite = (await server.ask('/api/staff')).body.invites[0].id
    }
    if (name === 'staff.sessions') await open({}, ctx) // signs in once more
    // The password was given long ago.
    if (name === 'consent.saveRules')
      await server.ask('/api/session/proof', { method: 'POST', body: { password: theirPassword } })
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
  // Without the numbers, which may hold any digits.
  expect(metrics.text.replaceAll(/ [\d.e+-]+$/gm, '')).not.toMatch(/zq9canary|0987/i)
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
