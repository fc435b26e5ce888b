import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isContractProcedure } from '@orpc/contract'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { authentication } from '#app/authenticate.ts'
import { modulesOf } from '#app/modules.ts'
import { permissionsOf, type Role, roles } from '#know/staff/index.ts'
import { aStaff, theirPassword } from '#know/staff/testing/index.ts'
import { readConfig } from '#platform/config.ts'
import { createServer } from '#platform/http/index.ts'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { type Entry, table } from './authorization-table.ts'
import { address, type Known, put, type Step, steps } from './every-endpoint.ts'
import type { Asked } from './real-server.ts'

// Every endpoint × every role, seeing all, one shop or one's own customers, × a row of one's own, of somebody else, of nobody ×
// session, key with and without the permission, neither. What shall come out is in authorization-table.ts, written by hand.
// Each request is undone after its answer, so that all are asked of the same house.

// New passwords are hashed cheaply here: the full cost, at every change of one by everybody, would be most of the time.
vi.mock('node:crypto', async (original) =>
  (await import('#know/staff/testing/cheap-scrypt.ts')).cheapScrypt(await original()),
)

const house = useHouse()
const dataDir = mkdtempSync(join(tmpdir(), 'regulars-authorization-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const modules = modulesOf(readConfig({ REGULARS_DATA: dataDir }, dataDir))

const initials: Record<Role, string> = { owner: 'o', admin: 'a', marketer: 'm', assistant: 's', analyst: 'n' }

/** Who asks. `sees`: everybody; the second shop; the own customers. `lacks`: the one permission that a key was not given. */
type Asker = {
  name: string
  headers: Record<string, string>
  role?: Role
  sees: 'all' | 'shop' | 'own'
  key?: { lacks?: string }
  session?: number
}
type Relation = 'own' | 'other' | 'unknown'

const names = modules.flatMap((module) => [
  ...Object.entries((module.api?.contract ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
    isContractProcedure(value) ? [`${module.name}.${key}`] : [],
  ),
  ...(module.streams ?? []).map(({ path }) => `${module.name} ${path}`),
])

test('every endpoint has a line in the table, and every line an endpoint; every role is known to it', () => {
  expect(Object.keys(table).sort()).toEqual([...names].sort())
  expect(steps.map(([name]) => name).sort()).toEqual([...names].sort())
  expect(Object.keys(initials).sort()).toEqual([...roles].sort())
  for (const [name, { who, key }] of Object.entries(table)) {
    expect(who, name).toMatch(/^(open|self|o?a?m?s?n?)$/)
    if (key !== 'never') expect([...permissionsOf('owner')], name).toContain(key)
  }
})

test('who may do what, to whose rows, by which way in', async () => {
  const { ctx, askers, rows, ask } = await aHouse()
  const wrong: string[] = []
  let asked = 0

  for (const step of steps) {
    const [name] = step
    const entry = table[name]!
    const relations: Relation[] = !entry.about
      ? ['own']
      : withOther(entry)
        ? ['own', 'other', 'unknown']
        : ['own', 'unknown']
    for (const asker of askers) {
      // Of the keys without a permission the one that lacks this one is asked.
      if (asker.key?.lacks && asker.key.lacks !== (entry.key === 'never' ? 'shops.read' : entry.key)) continue
      for (const relation of relations) {
        const status = await undone(ctx, () => ask(asker, step, knownFor(rows, entry, relation, asker)))
        asked += 1
        const wanted = expected(entry, asker, relation)
        const fits = wanted === 200 ? status === 200 || status === 201 : status === wanted
        if (!fits) wrong.push(`${name} by ${asker.name}, ${relation} row: ${status}, not ${wanted}`)
      }
    }
  }

  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(2400)
}, 240_000)

function expected(entry: Entry, { role, sees, key }: Asker, relation: Relation): number {
  const { who, rows, about, done = 200, lost = 404, masked } = entry
  if (who === 'open') return done
  if (key) {
    if (entry.key === 'never' || key.lacks === entry.key) return 403
  } else {
    if (!role) return 401
    if (who !== 'self' && !who.includes(initials[role])) return 403
  }
  if (rows === 'whole' && sees !== 'all') return 403
  if (relation === 'unknown') return lost
  if (relation === 'other' && (about === 'session' || sees !== 'all')) return lost
  return role && masked?.includes(initials[role]) ? 403 : done
}

/** Whether there is a row of somebody else: where one sees but the own, and of sessions. */
function withOther({ rows, about }: Entry): boolean {
  return rows === 'mine' || about === 'session'
}

type Rows = Record<'own' | 'other', Known> & { sessions: Map<string, number> }

function knownFor({ own, other, sessions }: Rows, { about }: Entry, relation: Relation, asker: Asker): Known {
  const mine = { ...own, session: asker.session ?? 1 }
  if (relation === 'unknown') return { ...mine, [about!]: 987_654 }
  if (relation === 'other') {
    const session = [...sessions].find(([name]) => name !== asker.name)![1]
    return { ...mine, ...other, session }
  }
  return mine
}

class Undo extends Error {}

/** Does what a request does, takes its answer, and undoes it. */
async function undone(ctx: Movable, work: () => Promise<number>): Promise<number> {
  let status = 0
  try {
    await ctx.base.db.transaction().execute(async (db) => {
      ctx.within = db as TestContext['db']
      status = await work()
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  } finally {
    ctx.within = undefined
  }
  return status
}

/** A context whose records are those of a transaction, while there is one. */
type Movable = { base: TestContext; within?: TestContext['db']; ctx: TestContext }

function movable(base: TestContext): Movable {
  const one: Movable = {
    base,
    ctx: Object.defineProperty({ ...base }, 'db', { get: () => one.within ?? base.db, enumerable: true }),
  }
  return one
}

/** Two shops, a customer and an order in each, staff of every role and scope, keys; all signed in. */
async function aHouse() {
  const base = await house()
  await base.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
  const ctx = movable(base)
  const app = createServer({
    modules,
    ctx: ctx.ctx,
    authenticate: authentication(),
    ipOf: () => '127.0.0.1',
    rateScale: 100_000,
    recorder: { record: (ctx, _endpoint, _input, work) => work(ctx), refuse: async () => {}, flush: async () => {} },
  })
  const send = async (
    method: string,
    path: string,
    { body, raw, headers = {} }: Asked,
    own: Record<string, string>,
  ) => {
    const answer = await app.request(`/api${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...headers,
        ...own,
      },
      body: (raw as string | undefined) ?? (body === undefined ? undefined : JSON.stringify(body)),
    })
    const text = await answer.text()
    return { status: answer.status, text, headers: answer.headers }
  }
  const signIn = async (email: string) => {
    const { headers } = await send('POST', '/session', { body: { email, password: theirPassword } }, {})
    return headers.getSetCookie()[0]!.split(';')[0]!
  }

  const askers: Asker[] = [{ name: 'a stranger', headers: {}, sees: 'all' }]
  const sessions = new Map<string, number>()
  const employ = async (role: Role, sees: Asker['sees']) => {
    const name = `${role} who sees ${sees}`
    const email = `${role}.${sees}@shop.example`
    const id = await aStaff(base, { name, email, role, scopeShopIds: sees === 'shop' ? [2] : undefined })
    if (sees === 'own') await base.db.updateTable('staff').set({ whose: 'own' }).where('id', '=', id).execute()
    const headers = { cookie: await signIn(email) }
    await signIn(email) // a second session, elsewhere
    const found = await send('GET', '/sessions', {}, headers)
    const session = JSON.parse(found.text).items.find((one: { current: boolean }) => !one.current).id
    sessions.set(name, session)
    askers.push({ name, headers, role, sees, session })
    return { id, headers }
  }
  const owner = await employ('owner', 'all')
  for (const role of roles.filter((role) => role !== 'owner')) {
    await employ(role, 'all')
    await employ(role, 'shop')
  }
  const keeper = await employ('assistant', 'own')
  const analyst = await aStaff(base, { name: 'Former', email: address.staff, role: 'analyst' })

  const asOwner = async (method: string, path: string, asked: Asked = {}) => {
    const { status, text } = await send(method, path, asked, owner.headers)
    expect(status, `${method} ${path} ${text}`).toBeLessThan(300)
    return JSON.parse(text)
  }
  const key = async (name: string, sees: Asker['sees'], permissions: string[], lacks?: string) => {
    const shopIds = sees === 'shop' ? [2] : null
    const made = await asOwner('POST', '/keys', { body: { name, permissions, shopIds } })
    askers.push({ name, headers: { authorization: `Bearer ${made.key}` }, sees, key: { lacks } })
    return made.id as number
  }
  const { grantable } = await asOwner('GET', '/keys')
  await key('a key', 'all', grantable)
  await key('a key of one shop', 'shop', grantable)
  for (const lacks of grantable) {
    await key(
      `a key without ${lacks}`,
      'all',
      grantable.filter((one: string) => one !== lacks),
      lacks,
    )
  }

  const product = (await asOwner('POST', '/products', { body: { code: 'GREEN', name: 'Green tea', category: 'Tea' } }))
    .id
  const lines = [{ productId: product, quantity: 1, unitPrice: '5' }]
  const aCustomer = async (shopId: number, number: string, ownerId: number | null): Promise<Known> => {
    const phones = [`1391234${number}`]
    const emails = [`c${number}@mail.example`]
    const values = { name: `Person ${number}`, notes: 'likes oolong' }
    const { id } = await asOwner('POST', '/customers', { body: { values, phones, emails, member: number } })
    const order = await asOwner('POST', '/orders', { body: { shopId, customerId: id, number, status: 'open', lines } })
    let { version } = await asOwner('GET', `/customers/${id}`)
    if (ownerId) await asOwner('PUT', `/customers/${id}/owner`, put({ ownerId }, version))
    const told = await asOwner('GET', `/customers/${id}`)
    version = told.version
    const { items } = await asOwner('GET', `/customers/${id}/changes`)
    const talk = await asOwner('POST', `/customers/${id}/talks`, {
      body: { kind: 'call', promised: [{ what: 'Tea', dueOn: '2026-03-01' }] },
    })
    const review = await asOwner('POST', '/reviews', { body: { customerId: id, rating: 5 } })
    const manner = await asOwner('POST', `/customers/${id}/manners`, { body: { rule: 'never', channel: 'phone' } })
    return {
      manner: manner.id,
      review: review.id,
      talk: talk.id,
      promise: talk.promises[0].id,
      customer: id,
      version,
      order: order.id,
      till: shopId,
      profile: told.profiles[0].id,
      identifier: told.identifiers.find((one: { kind: string }) => one.kind === 'phone').id,
      change: items.find((one: { field: string }) => one.field === 'notes').id,
    }
  }
  /** That a customer may be the same as another one, whom the same people see. */
  const aSuggestion = async (of: Known, twin: Known): Promise<Known> => {
    const { rows } = await sql<{ id: number }>`
      insert into duplicate_suggestions (one_id, other_id, probability, reasons, found_at, scan_id)
      values (${of.customer}, ${twin.customer}, 0.9, '[]', now(), 1) returning id`.execute(base.db)
    return { ...of, suggestion: rows[0]!.id }
  }
  /** Merged with a third, with an order of nobody that was claimed, and one that waits for it. */
  const aPerson = async (of: Known, twin: Known, third: Known): Promise<Known> => {
    const anonymous = async (number: string) =>
      asOwner('POST', '/orders', { body: { shopId: of.till, number, status: 'open', lines } })
    await anonymous(`R${of.customer}`)
    await anonymous(`F${of.customer}`)
    const { mergeId } = await asOwner('POST', `/customers/${of.customer}/merges`, { body: { from: [third.customer] } })
    const claim = await asOwner('POST', `/customers/${of.customer}/claims`, { body: { number: `R${of.customer}` } })
    const { version } = await asOwner('GET', `/customers/${of.customer}`)
    return {
      ...of,
      version,
      twin: twin.customer!,
      merge: mergeId,
      claimed: claim.profileId,
      receipt: `F${of.customer}`,
    }
  }
  const aPair = async (shopId: number, numbers: [string, string, string], ownerId: number | null): Promise<Known> => {
    const [one, twin, third] = [
      await aCustomer(shopId, numbers[0], ownerId),
      await aCustomer(shopId, numbers[1], ownerId),
      await aCustomer(shopId, numbers[2], ownerId),
    ]
    return aPerson(await aSuggestion(one, twin), twin, third)
  }
  const other = await aPair(1, ['0001', '0003', '0005'], null)
  const aBulkAct = async (scope: object) => {
    const { rows } = await sql<{ id: number }>`
      insert into bulk_acts (act, actor, scope, state, asked_at, total)
      values (${JSON.stringify({ do: 'owner', ownerId: null })}, 'system', ${JSON.stringify(scope)}, 'done', now(), 0) returning id`.execute(
      base.db,
    )
    return rows[0]!.id
  }
  other.bulk = await aBulkAct({ kind: 'all' })
  const preset = steps.find(([name]) => name === 'exchange.savePreset')!
  await asOwner('PUT', '/import-presets/people', preset[3]!({}))
  const file = steps.find(([name]) => name === 'exchange /imports/file')!
  const imported = await asOwner('PUT', '/imports/file', file[3]!({}))
  const link = await asOwner('POST', `/staff/${analyst}/reset-links`, { body: {} })
  await asOwner('POST', '/staff/invites', { body: { name: 'New', email: 'new@shop.example', role: 'assistant' } })
  const aTag = async (name: string) => (await asOwner('POST', '/tags', { body: { name } })).id as number
  const [tag, merged] = [await aTag('VIP'), await aTag('Merged')]
  await asOwner('PUT', `/tags/${tag}/merged/${merged}`)
  const own: Known = {
    tag,
    merged,
    otherTag: await aTag('Other'),
    unused: await aTag('Unused'),
    field: (await asOwner('POST', '/fields', { body: { name: 'Skin', kind: 'text' } })).id,
    ...(await aPair(2, ['0002', '0004', '0006'], keeper.id)),
    bulk: await aBulkAct({ kind: 'shops', shopIds: [2] }),
    way: 1,
    state: (await asOwner('POST', '/states', { body: { name: 'VIP candidate' } })).id,
    product,
    edited: 1,
    presets: 1,
    dashboard: (await asOwner('POST', '/dashboards', { body: { name: 'Page', shows: [] } })).id,
    report: (await asOwner('POST', '/reports', { body: { name: 'Sales', asks: { metrics: ['revenue'] } } })).id,
    segment: (await asOwner('POST', '/segments', { body: { name: 'New', question: { is: 'new' } } })).id,
    snapshot: (await asOwner('POST', '/segments/1/snapshots', { body: { name: 'Spring' } })).id,
    other: (await asOwner('POST', '/products', { body: { code: 'OTHER' } })).id,
    shop: (await asOwner('POST', '/shops', { body: { name: 'Third' } })).id,
    channel: (await asOwner('POST', '/channels', { body: { name: 'Web', kind: 'online' } })).id,
    brand: (await asOwner('POST', '/brands', { body: { name: 'Own' } })).id,
    staff: analyst,
    team: (await asOwner('POST', '/teams', { body: { name: 'Team', memberIds: [analyst] } })).id,
    token: link.address.split('#token=')[1],
    invite: (await asOwner('GET', '/staff')).invites[0].id,
    key: await key('a key to revoke', 'all', ['shops.read']),
    writeKey: (
      await asOwner('POST', '/write-keys', { body: { name: 'Web shop', shopId: 1, place: 'server', orders: true } })
    ).id,
    imported: imported.id,
    imports: (await asOwner('GET', `/imports/${imported.id}`)).version,
    backup: (await asOwner('POST', '/backups', { body: {} })).id,
  }
  const asked = { customerId: own.customer, kind: 'export', cameBy: 'counter' }
  const request = await asOwner('POST', '/privacy-requests', { body: asked })
  Object.assign(own, { request: request.id, requested: request.version })
  askers.pop() // the key to revoke asks nothing
  await projectAll(base)

  const rows: Rows = { own, other, sessions }
  const ask = async ({ headers }: Asker, [, method, path, asked]: Step, of: Known): Promise<number> => {
    const { headers: given = {}, ...more } = asked?.(of) ?? {}
    const { cookie: _, ...kept } = given // some steps are a stranger's
    return (await send(method, path(of), { ...more, headers: kept }, headers)).status
  }
  return { ctx, askers, rows, ask }
}
