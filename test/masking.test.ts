import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { type Sight, sightKinds } from '#know/staff/contract.ts'
import { permissionsOf } from '#know/staff/index.ts'
import { readConfig } from '#platform/config.ts'
import type { Level } from '#platform/context.ts'
import { type Answer, serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { type Known, learn, steps } from './every-endpoint.ts'

// What a role is shown masked is told by no endpoint: every one is called by such a role, as it is meant, over a house in which
// every kind of personal data holds an unmistakable value. Files and histories are answers like any other.

const house = useHouse()
const modules = modulesOf(readConfig({}))

const phone = '13912340987'
const person = {
  values: {
    name: 'Wang Zq9name',
    birthday: { calendar: 'solar', month: 3, day: 27, year: 1913 },
    district: 'Zq9district',
    address: 'Zq9address 7',
    postcode: 'Zq9post',
    income: 'Zq9income',
    education: 'Zq9education',
    personality: 'Zq9personality',
    notes: 'Zq9notes',
    occupation: 'Potter',
  },
  phones: [phone],
  emails: ['zq9mail@mail.example'],
  // Shops give people their phone as their number.
  member: phone,
}
/** None of these may stand in an answer to a role that is shown everything masked. */
const canaries = /139-?\s?1234|12340987|zq9mail|Zq9(address|post|income|education|personality|notes)|1913|"day":27/i

/** What is refused here by nature: what is shown of somebody else's file, and what stands on what came before. */
const refusedHere = [
  'catalog.remove',
  'customers.handOver',
  'customers.removeIdentifier',
  'customers.removeValue',
  'customers.shareIdentifier',
  // Put away by a member of staff; this role is nobody's.
  'digest.read',
  // Nobody was compared.
  'duplicates.accept',
  'duplicates.refuse',
  'duplicates.undo',
  'exchange /imports/:id/unusable',
  'exchange.remove',
  'exchange.undo',
  // It went to the person who was split off.
  'identity.unclaim',
  'rights /privacy-requests/:id/export',
  'rights.erase',
  // Need tags that only other tests make.
  'tags.merge',
  'tags.remove',
  'tags.takeOut',
]

const all = (level: Level) => Object.fromEntries(sightKinds.map((kind) => [kind, level])) as Sight

async function aHouse() {
  const ctx = await house()
  const owner = serverOf(ctx, modules, staffActor([...permissionsOf('owner')], { label: 'staff:90', id: 90 }))
  const made = await owner.request('POST', '/customers', { body: person })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const id = made.body.id as number
  const order = await owner.request('POST', '/orders', {
    body: { shopId: 1, customerId: id, lines: [{ name: 'Tea', quantity: 1, unitPrice: '5' }] },
  })
  const receipt = 'F-1'
  const anonymous = await owner.request('POST', '/orders', {
    body: { shopId: 1, number: receipt, lines: [{ name: 'Tea', quantity: 1, unitPrice: '5' }] },
  })
  expect(anonymous.status).toBe(201)
  const before = await owner.request('PATCH', `/customers/${id}`, {
    body: { values: { notes: 'Zq9notes again', address: 'Zq9address 8' } },
    headers: { 'if-match': `"${made.body.version}"` },
  })
  expect([order.status, before.status]).toEqual([201, 200])
  await projectAll(ctx)
  const as = (sight: Partial<Sight>, more: object = {}) =>
    serverOf(ctx, modules, staffActor([...permissionsOf('owner')], { sight, ...more }))
  return { ctx, owner, as, id, receipt, version: before.body.version as number }
}

for (const level of ['masked', 'reveal', 'none'] as const) {
  test(`no endpoint tells a role that sees all ${level} what it may not see`, async () => {
    const { ctx, as, owner, id, receipt, version } = await aHouse()
    const masked = as(all(level))
    const of: Known = { customer: id, receipt, version, staff: 1 }
    // The owner's file: its rows tell of people whom the role would be shown masked.
    const raw = 'Id,Name,Phone,Born\nZq9-1,Li,13912340987,1913-03-27\nZq9-2,He,zq9mail@mail.example,1913-03-27\n'
    const headers = { 'x-file-name': 'people.csv', 'content-type': 'text/csv' }
    const uploaded = await owner.request('PUT', '/imports/file', { raw, headers })
    expect(uploaded.status).toBe(201)
    of.imported = uploaded.body.id
    const told: [string, Answer][] = []

    for (const [name, method, path, asked] of steps) {
      // Those that end the house's own sign-in have no place here; what the role itself types comes back masked too.
      if (name.startsWith('staff.') || name.startsWith('keys.') || name === 'customers.reveal') continue
      if (name === 'customers.add' || name === 'exchange /imports/file') continue
      const { body, headers } = asked?.(of) ?? {}
      const given = name.endsWith('/customers/export')
        ? { columns: ['name', 'phone', 'email', 'birthday', 'address', 'postcode', 'notes', 'number', 'income'] }
        : name === 'customers.list'
          ? undefined
          : body
      const where =
        name === 'customers.list' ? `${path(of)}?columns[]=address&columns[]=notes&columns[]=district` : path(of)
      const answer = await masked.request(method, where, { body: given, headers })
      learn(of, name, { ...answer, text: '' })
      told.push([name, answer])
    }
    for (const text of ['Zq9name', '0987', phone, 'zq9mail@mail.example']) {
      told.push([`search ${text}`, await masked.request('POST', '/customers/search', { body: { text } })])
    }
    told.push(
      [
        'query',
        await masked.request('POST', '/customers/query', { body: { columns: ['address', 'notes', 'district'] } }),
      ],
      ['duplicates', await masked.request('POST', '/customers/duplicates', { body: { phones: [phone] } })],
    )

    expect(told.length).toBeGreaterThan(60)
    expect(told.flatMap(([name, { status }]) => (status >= 400 ? [name] : [])).sort()).toEqual(refusedHere)
    for (const [name, { body }] of told) expect(JSON.stringify(body ?? null), name).not.toMatch(canaries)
    const seen = told.find(([name]) => name === 'customers.get')![1]
    expect(seen.body).toMatchObject(
      level === 'none'
        ? { phone: null, email: null, birthday: null }
        : { phone: '139****0987', email: 'z***@mail.example', birthday: { calendar: 'solar', month: 3 } },
    )
    const log = await ctx.db.selectFrom('auditEntries').select(['data', 'shown', 'reason']).execute()
    expect(JSON.stringify(log)).not.toMatch(canaries)
  })
}

test('a masked number is found by all of it or its last four digits, never digit by digit; an address by all of it', async () => {
  const { as, id } = await aHouse()
  const found = async (sight: Partial<Sight>, text: string) =>
    (await as(sight).request('POST', '/customers/search', { body: { text } })).body.items.map(
      (one: { id: number }) => one.id,
    )

  expect(await found({ phone: 'full' }, '40987')).toEqual([id])
  for (const level of ['masked', 'reveal'] as const) {
    expect(await found({ phone: level, email: level }, '0987')).toEqual([id])
    expect(await found({ phone: level, email: level }, '139 1234 0987')).toEqual([id])
    expect(await found({ phone: level, email: level }, '40987')).toEqual([])
    expect(await found({ phone: level, email: level }, '1391234')).toEqual([])
    expect(await found({ phone: level, email: level }, 'zq9mail@mail.example')).toEqual([id])
    expect(await found({ phone: level, email: level }, 'zq9m')).toEqual([])
  }
  expect(await found({ phone: 'none', email: 'none' }, '0987')).toEqual([])
  expect(await found({ phone: 'none', email: 'none' }, 'zq9mail@mail.example')).toEqual([])
})

test('who may ask sees one kind of one customer whole, and that is in the audit log; who may not is refused, and that is too', async () => {
  const { ctx, as, id } = await aHouse()
  const ask = (sight: Partial<Sight>, kind: string) =>
    as(sight, { id: 7, label: 'staff:7' }).request('POST', `/customers/${id}/reveals`, { body: { kind } })

  const phones = await ask({ phone: 'reveal' }, 'phone')
  const refused = await ask({ phone: 'masked' }, 'phone')
  const notes = await ask({ notes: 'reveal', phone: 'masked' }, 'notes')

  expect(phones.body.identifiers).toMatchObject([{ kind: 'phone', value: '+8613912340987' }])
  expect(phones.body.values).toEqual([])
  expect([refused.status, refused.body.code]).toEqual([403, 'customers.not_revealed'])
  expect(notes.body.values.map((one: { field: string }) => one.field)).toEqual([
    'education',
    'income',
    'notes',
    'personality',
  ])
  const told = await ctx.db
    .selectFrom('auditEntries')
    .select(['action', 'outcome', 'objectId', 'data'])
    .where('actor', '=', 'staff:7')
    .orderBy('id')
    .execute()
  expect(told).toEqual([
    { action: 'customers.reveal', outcome: 'done', objectId: String(id), data: { kind: 'phone' } },
    { action: 'customers.reveal', outcome: 'denied', objectId: null, data: {} },
    { action: 'customers.reveal', outcome: 'done', objectId: String(id), data: { kind: 'notes' } },
  ])
})

test('an export by who sees phones masked says so in its name and its heading', async () => {
  const { as, owner } = await aHouse()
  const body = { columns: ['name', 'phone', 'city'] }

  const masked = await as({ phone: 'masked' }).request('POST', '/customers/export', { body })
  const whole = await owner.request('POST', '/customers/export', { body })

  expect(masked.headers.get('content-disposition')).toContain('-masked.csv')
  expect(masked.body).toContain('"Phone (masked)"')
  expect(masked.body).toContain('"139****0987"')
  expect(whole.headers.get('content-disposition')).not.toContain('masked')
  expect(whole.body).toContain('+8613912340987')
})

test('a mask that comes back is no value', async () => {
  const { as, id, version } = await aHouse()
  const masked = as(all('masked'))
  const headers = { 'if-match': `"${version}"` }

  const answers = [
    await masked.request('PATCH', `/customers/${id}`, { body: { values: { notes: '***' } }, headers }),
    await masked.request('POST', `/customers/${id}/identifiers`, {
      body: { kind: 'email', value: 'z***@mail.example' },
      headers,
    }),
    await masked.request('POST', '/customers', { body: { values: { name: 'X' }, phones: ['139****0987'] } }),
  ]

  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [422, 'customers.masked_value'],
    [422, 'customers.masked_value'],
    [422, 'customers.masked_value'],
  ])
})

test('what is masked can be written anew by who may edit, and is answered masked', async () => {
  const { as, id, version } = await aHouse()

  const answer = await as(all('masked')).request('PATCH', `/customers/${id}`, {
    body: { values: { notes: 'Zq9notes the third' } },
    headers: { 'if-match': `"${version}"` },
  })

  expect(answer.status).toBe(200)
  expect(JSON.stringify(answer.body)).not.toMatch(canaries)
})
