import { isContractProcedure } from '@orpc/contract'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { modulesOf } from '#app/modules.ts'
import { permissionsOf } from '#know/staff/index.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { readConfig } from '#platform/config.ts'
import type { EndpointMeta } from '#platform/contract/index.ts'
import { type Answer, serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { followAll } from '#understand/reachable/index.ts'
import { type Known, steps } from './every-endpoint.ts'

// What an actor of some shops, of a team or with own customers alone can learn of others: nothing. Every endpoint whose verb
// compiles the scope is driven here for each kind of scope; a new one fails the first test until it says below how it is asked.

const house = useHouse()
const modules = modulesOf(readConfig({}))

type Ask = { method: string; path: string; body?: unknown; version?: number }
const get = (path: string): Ask => ({ method: 'GET', path })
const post = (path: string, body: unknown, version?: number): Ask => ({ method: 'POST', path, body, version })

const meant = new Map(steps.map(([name, ...rest]) => [name, rest]))

/** A call as it is meant (test/every-endpoint.ts), of this row. */
function asMeant(name: string, about: string): (id: number) => Ask {
  return (id) => {
    const [method, path, asked] = meant.get(name)!
    const of: Known = {
      twin: 987_655,
      receipt: 'FIRST-1C',
      claimed: 987_656,
      identifier: 1,
      tag: 1,
      version: 1,
      [about]: id,
    }
    const { body, headers } = asked?.(of) ?? {}
    const version = Number(/\d+/.exec(new Headers(headers).get('if-match') ?? '')?.[0] ?? 0)
    return { method, path: path(of), body, ...(version ? { version } : {}) }
  }
}

/** What is of a customer: by the customer, or by its own id. */
const ofRows: Record<string, readonly string[]> = {
  customer: [
    ...['customers.shareIdentifier', 'identity.previewMerge', 'identity.merge', 'identity.merges', 'identity.profiles'],
    ...['identity.split', 'identity.keepApart', 'identity.letTogether', 'identity.claim', 'identity.unclaim'],
    ...['identity.mark', 'identity.saveMark', 'consent.get', 'consent.history', 'consent.record', 'consent.grant'],
    ...['consent.link', 'talks.log', 'talks.list', 'talks.promises', 'talks.promise', 'tags.ofCustomer', 'tags.give'],
    ...['tags.take', 'manners.list', 'manners.add', 'manners.check', 'card.get', 'arrivals.ofCustomer'],
    ...['customers.findInTimeline', 'customers /customers/:id/timeline/exports'],
    ...['fresh.ofCustomer', 'fresh.confirm', 'fresh.doubt'],
    ...['arrivals.say', 'arrivals.unsay', 'relations.list', 'relations.add', 'relations.remove'],
  ],
  merge: ['identity.undoMerge'],
  suggestion: ['duplicates.accept', 'duplicates.refuse', 'duplicates.undo'],
  review: ['reviews.correct', 'reviews.answer', 'reviews.remove'],
  talk: ['talks.correct', 'talks.remove'],
  promise: ['talks.move', 'talks.close', 'talks.open'],
  manner: ['manners.end', 'manners.reopen'],
  bulk: ['bulk.get', 'bulk.people', 'bulk.stop', 'bulk.goOn', 'bulk.undo'],
}

/** Endpoints with a row in their address. Asked for a row of the other shop, and for one that nobody has. */
const ofOne: Record<string, (id: number) => Ask> = {
  'customers.get': (id) => get(`/customers/${id}`),
  'customers.changes': (id) => get(`/customers/${id}/changes`),
  'customers.timeline': (id) => get(`/customers/${id}/timeline`),
  'customers.edit': (id) => ({
    method: 'PATCH',
    path: `/customers/${id}`,
    body: { values: { city: 'Taken' } },
    version: 1,
  }),
  'customers.removeValue': (id) => ({ method: 'DELETE', path: `/customers/${id}/values/1/name`, version: 1 }),
  'customers.addIdentifier': (id) => post(`/customers/${id}/identifiers`, { kind: 'member', value: 'T-1' }, 1),
  'customers.removeIdentifier': (id) => ({ method: 'DELETE', path: `/customers/${id}/identifiers/1`, version: 1 }),
  'customers.undo': (id) => post(`/customers/${id}/undos`, { changeId: 1 }, 1),
  'customers.reveal': (id) => post(`/customers/${id}/reveals`, { kind: 'phone' }),
  'customers.owners': (id) => get(`/customers/${id}/owners`),
  'customers.handOver': (id) => ({
    method: 'PUT',
    path: `/customers/${id}/owner`,
    body: { ownerId: null },
    version: 1,
  }),
  'value.standing': (id) => get(`/customers/${id}/standing`),
  'predictions.outlook': (id) => get(`/customers/${id}/outlook`),
  'states.ofCustomer': (id) => get(`/customers/${id}/state`),
  'states.move': (id) => ({ method: 'POST', path: `/customers/${id}/state-moves`, body: { to: null, why: 'x' } }),
  'habits.ofCustomer': (id) => get(`/customers/${id}/drifts`),
  'value.worth': (id) => get(`/customers/${id}/worth`),
  'lifecycle.beforePurchase': (id) => get(`/customers/${id}/before-purchase`),
  'lifecycle.goodsOfCustomer': (id) => get(`/customers/${id}/goods-stages`),
  'recommend.taste': (id) => get(`/customers/${id}/taste`),
  'recommend.next': (id) => get(`/customers/${id}/next-products`),
  'recommend.refuse': (id) => ({ method: 'PUT', path: `/customers/${id}/refused-products/1`, body: { why: 'other' } }),
  'recommend.takeBack': (id) => ({ method: 'DELETE', path: `/customers/${id}/refused-products/1` }),
  'segments.ofCustomer': (id) => get(`/customers/${id}/segments`),
  'segments.pick': (id) => ({
    method: 'PUT',
    path: `/customers/${id}/segments/1/pick`,
    body: { how: 'in', reason: 'x' },
  }),
  'segments.unpick': (id) => ({ method: 'DELETE', path: `/customers/${id}/segments/1/pick` }),
  'segments.reasons': (id) => post('/segments/reasons', { customerId: id, question: { is: 'everyone' } }),
  'orders.get': (id) => get(`/orders/${id}`),
  'orders.cancel': (id) => post(`/orders/${id}/cancellations`, {}),
  'orders.tellStep': (id) => post(`/orders/${id}/steps`, { step: 'shipped' }),
  'orders.removeStep': (id) => ({ method: 'DELETE', path: `/orders/${id}/steps/1` }),
  'orders.settle': (id) => ({ method: 'PUT', path: `/orders/${id}/status`, body: { status: 'void' }, version: 1 }),
  ...Object.fromEntries(
    Object.entries(ofRows).flatMap(([about, names]) => names.map((name) => [name, asMeant(name, about)])),
  ),
}

/** What kind of row an endpoint is asked for. */
function kindOf(name: string): keyof Theirs {
  if (name.startsWith('orders.')) return 'order'
  return (Object.keys(ofRows).find((about) => ofRows[about]!.includes(name)) ?? 'customer') as keyof Theirs
}

type Theirs = Record<
  'customer' | 'order' | 'merge' | 'suggestion' | 'talk' | 'promise' | 'manner' | 'review' | 'bulk',
  number
>
const all = { is: 'everyone' }

/** Endpoints that list, search, count or sum, each in the ways that could tell of another shop. */
const ofMany: Record<string, (theirs: Theirs) => Ask[]> = {
  'customers.list': () => [get('/customers?limit=100&columns[]=address&columns[]=notes')],
  'customers.search': () =>
    ['Farida', '法丽达', 'falida', '9876', '+8613900009876', 'farida@far.example', 'FAR-1', 'FIRST-1'].map((text) =>
      post('/customers/search', { text }),
    ),
  'customers.duplicates': () => [
    post('/customers/duplicates', {
      values: { name: '法丽达 Farida', city: 'Farburg' },
      phones: ['13900009876'],
      emails: ['farida@far.example'],
      member: 'FAR-1',
    }),
  ],
  'customers /customers/export': ({ customer }) => [
    post('/customers/export', { columns: ['name', 'phone', 'city'] }),
    post('/customers/export', { columns: ['name', 'phone', 'city'], ids: [customer] }),
    post('/customers/export', { columns: ['name', 'phone', 'city'], list: { where: all, shopId: 1 } }),
    post('/customers/export', { columns: ['name', 'phone', 'city'], list: { where: { is: 'shop', in: [1] } } }),
  ],
  'orders.list': ({ customer }) => [
    get('/orders?limit=100'),
    get('/orders?shopId=1'),
    get(`/orders?customerId=${customer}`),
    get('/orders?number=FIRST'),
  ],
  'orders.record': ({ customer }) => [
    post('/orders', { shopId: 1, lines: [{ name: 'Tea', quantity: 1, unitPrice: '1' }] }),
    post('/orders', { shopId: 2, customerId: customer, lines: [{ name: 'Tea', quantity: 1, unitPrice: '1' }] }),
  ],
  'value.standings': ({ customer }) => [post('/customers/standings', { ids: [customer] })],
  'value.rulers': () => [get('/value/rulers'), get('/value/rulers?shopId=1')],
  'value.grid': () => [get('/value/grid'), get('/value/grid?shopId=1')],
  'value.query': ({ order }) => [
    post('/customers/query', { limit: 100, columns: ['address', 'notes'] }),
    post('/customers/query', { shopId: 1 }),
    post('/customers/query', { asOf: '2026-02-01', where: { is: 'shop', in: [1] } }),
    post('/customers/query', { where: { is: 'boughtProduct', productId: order } }),
    post('/customers/query', { where: { is: 'not', of: { is: 'owned' } }, columns: ['owner'] }),
    post('/customers/query', { where: { is: 'owner', in: [1, 2, 3, 4] } }),
  ],
  'value.count': () => [post('/customers/query/count', { where: all, shopId: 1 })],
  'segments.tally': () => [
    post('/segments/tallies', { question: all }),
    post('/segments/tallies', { question: { is: 'orders', of: 'products', atLeast: 1 } }),
    post('/segments/tallies', { question: { is: 'orders', of: 'count', shopIds: [1], atLeast: 1 } }),
  ],
  'segments.estimate': () => [post('/segments/estimates', { question: all })],
  'segments.read': () => [post('/segments/readings', { text: 'city = ', cursor: 7 })],
  'segments.vocabulary': () => [get('/segments/vocabulary')],
  'segments.reach': () => [post('/segments/reaches', { question: all })],
  'segments.count': () => [post('/segments/1/counts', {})],
  'segments.compareSnapshot': () => [get('/segment-snapshots/1/comparison')],
  'predictions.toDo': () => [get('/forecast/actions')],
  'segments.picks': () => [get('/segments/1/picks?how=in')],
  'membership.lately': () => [get('/segments/1/moves')],
  'segments.overlap': () => [get('/segments/overlaps?one=1&other=1')],
  'value.regions': () => [get('/customer-regions')],
  'value.facets': () => [get('/customer-facets'), get('/customer-facets?country=Farland')],
  'lifecycle.flow': () => [get('/lifecycle/flow?months=3&shopId=1')],
  'lifecycle.transitions': () => [get('/lifecycle/transitions?from=2026-01-01&to=2026-03-01&shopId=1')],
  'states.list': () => [get('/states')],
  'states.people': () => [get('/states/1/customers')],
  'habits.list': () => [get('/drifts')],
  'lifecycle.turning': () => [get('/lifecycle/turning'), get('/lifecycle/turning?shopId=1')],
  'lifecycle.life': () => [get('/lifecycle/life'), get('/lifecycle/life?shopId=1')],
  'lifecycle.goods': () => [get('/lifecycle/goods'), get('/lifecycle/goods?shopId=1')],
  'reports.run': () =>
    ['shop', 'city', 'owner', 'month', 'product'].map((split) =>
      post('/reports/answers', { asks: { metrics: ['revenue', 'buyers'], split } }),
    ),
  'reports /reports/file': () => [post('/reports/file', { name: 'x', asks: { metrics: ['revenue'], split: 'shop' } })],
  'value.migration': () => [get('/value/migration'), get('/value/migration?shopId=1')],
  'funnels.run': () => [post('/funnels/answers', { steps: [{ did: 'viewed' }, { did: 'bought' }] })],
  'paths.run': () => [post('/paths/answers', { asks: {} }), post('/paths/answers', { asks: { shopIds: [1] } })],
  'paths /paths/file': () => [post('/paths/file', { asks: {} })],
  'affinity.map': () => [get('/affinity'), get('/affinity?by=category')],
  'digest.list': () => [get('/digests')],
  'cohorts.table': () => [get('/cohorts'), get('/cohorts?by=shop'), get('/cohorts?by=product&shopId=1')],
  'cohorts.people': () => [get('/cohorts/people?by=shop&key=1&after=1&what=again')],
  'metrics.overview': () => [get('/overview'), get('/overview?shopId=1')],
  'metrics.product': () => [get('/products/1/numbers'), get('/products/1/numbers?shopId=1')],
  'recommend.audience': () => [get('/products/1/audience')],
  'shops.list': () => [get('/shops')],
  'bulk.begin': ({ customer }) => [post('/bulk-acts', { act: { do: 'tag', tagId: 1 }, whom: { ids: [customer] } })],
  'bulk.list': () => [get('/bulk-acts')],
  'activity.list': () => [get('/activity?limit=100'), get('/activity?staffId=1')],
  'duplicates.list': () => [get('/duplicates'), get('/duplicates?state=accepted')],
  'duplicates.count': () => [get('/duplicates/count')],
  'talks.due': () => [get('/promises?whose=all&ahead=365')],
  'talks.days': ({ customer }) => [post('/customers/talk-days', { ids: [customer] })],
  'reviews.list': ({ order, customer }) => [
    get('/reviews'),
    get(`/reviews?orderId=${order}`),
    get(`/reviews?customerId=${customer}`),
  ],
  'reviews.summary': () => [get('/products/1/reviews')],
  'reviews.add': ({ customer, order }) => [
    post('/reviews', { customerId: customer, rating: 1 }),
    post('/reviews', { orderId: order, rating: 1 }),
  ],
  'arrivals.ofMany': ({ customer }) => [post('/customers/arrivals', { ids: [customer] })],
  'metrics.arrivals': () => [get('/arrival-numbers?months=12')],
  'tags.ofMany': ({ customer }) => [post('/customers/tags', { ids: [customer] })],
  // Last, as what was typed in is found from then on.
  'customers.add': () => [post('/customers', { phones: ['13900009876'], emails: ['farida@far.example'] })],
}

/** What stands in nothing but the other shop's rows. */
const marks = /Farida|法丽达|FAR-1|9876|far\.example|Farburg|Farland|FIRST-1|First shop|Main shop|7770|77\.7/i

/** How somebody's sight is limited, and what then may stand in no answer. Of both kinds of owner shops' names are no secret. */
const limits = {
  shops: { marks },
  own: { marks: /Farida|法丽达|FAR-1|9876|far\.example|Farburg|Farland|FIRST-1|7770|77\.7|"Bo"/i },
  team: { marks: /Farida|法丽达|FAR-1|9876|far\.example|Farburg|Farland|"FIRST-1"|FIRST-1C/i },
}
type Limit = keyof typeof limits
const everyLimit = Object.keys(limits) as Limit[]

/**
 * Farida of the first shop, Nia of the second, and Bo, who buys in both; each sale has the one product. Mei looks after Nia, her
 * colleague after Bo, nobody after Farida, and a third after Oda, who is nobody else's business.
 */
async function twoShops(limit: Limit = 'shops') {
  const ctx = await house()
  const [mei, colleague, third] = [
    await aStaff(ctx, { email: 'mei@shop.example', role: 'assistant' }),
    await aStaff(ctx, { email: 'ran@shop.example', role: 'assistant' }),
    await aStaff(ctx, { email: 'oni@shop.example', role: 'assistant' }),
  ]
  await ctx.db.insertInto('shops').values({ code: 'second', name: 'Second shop' }).execute()
  const owner = serverOf(ctx, modules)
  const made = async (path: string, body: object) => {
    const answer = await owner.request('POST', path, { body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body.id as number
  }
  await made('/products', { code: 'TEA', name: 'Tea' })
  const [farida, nia, bo, oda] = [
    await made('/customers', {
      values: { name: '法丽达 Farida', city: 'Farburg', country: 'Farland', notes: 'FAR-1', address: 'Farburg 9876' },
      phones: ['13900009876'],
      emails: ['farida@far.example'],
      member: 'FAR-1',
    }),
    await made('/customers', { values: { name: 'Nia', city: 'Nearby' } }),
    await made('/customers', { values: { name: 'Bo', city: 'Nearby' } }),
    await made('/customers', { values: { name: 'Farida Oda', city: 'Farburg' } }),
  ]
  const owned = [
    [nia, mei],
    [bo, colleague],
    [oda, third],
  ]
  for (const [customer, ownerId] of owned) {
    const headers = { 'if-match': '"2"' }
    const answer = await owner.request('PUT', `/customers/${customer}/owner`, { body: { ownerId }, headers })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  const sale = (number: string, shopId: number, customerId: number | undefined, unitPrice: string) =>
    made('/orders', { number, shopId, customerId, lines: [{ productId: 1, quantity: 1, unitPrice }] })
  const order = await sale('FIRST-1', 1, farida, '77.70')
  await sale('FIRST-1B', 1, bo, '77.70')
  await sale('FIRST-1C', 1, undefined, '77.70')
  await sale('SECOND-1', 2, nia, '10')
  await sale('SECOND-2', 2, bo, '10')
  const said = (path: string, body: object) => made(`/customers/${farida}${path}`, body)
  const talk = await said('/talks', { kind: 'call', said: 'FAR-1', promised: [{ what: 'FAR-1', dueOn: '2026-03-02' }] })
  const review = await made('/reviews', { orderId: order, rating: 2, words: 'FAR-1' })
  const manner = await said('/manners', { rule: 'mind', words: 'FAR-1' })
  const { rows: promises } = await sql<{ id: number }>`select id from promises order by id limit 1`.execute(ctx.db)
  const { body: merged } = await owner.request('POST', `/customers/${farida}/merges`, {
    body: { from: [await made('/customers', { values: { name: 'Farida Twin', city: 'Farburg' } })] },
  })
  const { rows: suggested } = await sql<{ id: number }>`
    insert into duplicate_suggestions (one_id, other_id, probability, reasons, found_at, scan_id)
    values (${farida}, ${oda}, 0.9, '[]', now(), 1) returning id`.execute(ctx.db)
  await made('/tags', { name: 'Regular' })
  await said('/relations', { otherId: nia, kind: 'friend', note: 'FAR-1' })
  // Farida sent Nia, and came by a source of which nobody else came.
  for (const [id, body] of [
    [farida, { wayId: 1, campaign: 'FAR-1' }],
    [nia, { wayId: 2, referredById: farida }],
  ] as const) {
    const told = await owner.request('PUT', `/customers/${id}/arrival`, { body })
    expect(told.status, JSON.stringify(told.body)).toBe(200)
  }
  const act = { do: 'manner', rule: 'mind', words: 'FAR-1' }
  const { body: bulk } = await owner.request('POST', '/bulk-acts', { body: { act, whom: { ids: [farida] } } })
  await projectAll(ctx)
  await followAll(ctx)
  const clerk = serverOf(
    ctx,
    modules,
    staffActor([...permissionsOf('admin')], {
      id: mei,
      label: `staff:${mei}`,
      scope: {
        shops: { kind: 'shops' as const, shopIds: [2] },
        own: { kind: 'owners' as const, staffIds: [mei] },
        team: { kind: 'owners' as const, staffIds: [mei, colleague] },
      }[limit],
    }),
  )
  const ask = ({ method, path, body, version }: Ask): Promise<Answer> =>
    clerk.request(method, path, { body, headers: version ? { 'if-match': `"${version}"` } : {} })
  const theirs: Theirs = {
    ...{ customer: farida!, order, talk, manner, review, bulk: bulk.id },
    ...{ promise: promises[0]!.id, merge: merged.mergeId, suggestion: suggested[0]!.id },
  }
  return { ctx, owner, ask, theirs, bo: bo!, oda: oda!, nia: nia!, mei, colleague }
}

test('every endpoint that touches rows of some is asked below', () => {
  const scoped = modules.flatMap((module) => [
    ...Object.entries((module.api?.contract ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
      isContractProcedure(value) && (value['~orpc'].meta as Partial<EndpointMeta>).scope === 'rows'
        ? [`${module.name}.${key}`]
        : [],
    ),
    ...(module.streams ?? []).flatMap(({ meta, path }) => (meta.scope === 'rows' ? [`${module.name} ${path}`] : [])),
  ])

  expect([...Object.keys(ofOne), ...Object.keys(ofMany)].sort()).toEqual(scoped.sort())
})

test.each(everyLimit)(
  '%s: a row of others and a row that nobody has get the same answer, and nothing happens to it',
  async (limit) => {
    const { owner, ask, theirs, oda } = await twoShops(limit)
    const before = await owner.request('GET', `/customers/${theirs.customer}`)
    const told = (answer: Answer, id: number) =>
      JSON.stringify([answer.status, answer.body]).replaceAll(answer.body.instance, '').replaceAll(`${id}`, 'ID')

    for (const [name, asked] of Object.entries(ofOne)) {
      const kind = kindOf(name)
      const id = theirs[kind]
      const there = await ask(asked(id))
      const nowhere = await ask(asked(987_654))
      expect(told(there, id), name).toBe(told(nowhere, 987_654))
      expect(there.status, name).toBe(404)
      expect([...there.headers.keys()].sort(), name).toEqual([...nowhere.headers.keys()].sort())
      if (kind !== 'customer') continue
      // Whom another looks after is as unknown as whom nobody does.
      const anothers = await ask(asked(oda))
      expect([anothers.status, anothers.body.code], name).toEqual([404, nowhere.body.code])
    }

    expect((await owner.request('GET', `/customers/${theirs.customer}`)).body).toEqual(before.body)
    expect((await owner.request('GET', `/orders/${theirs.order}`)).body.status).toBe('completed')
  },
)

test.each(everyLimit)('%s: no list, search, check, export, count or sum shows what others have', async (limit) => {
  const { ask, theirs } = await twoShops(limit)

  for (const [name, asks] of Object.entries(ofMany)) {
    for (const asked of asks(theirs)) {
      const answer = await ask(asked)
      expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).not.toBe(500)
      // What the clerk typed in comes back to her, under her own customer.
      if (name === 'customers.add') expect(answer.status).toBe(201)
      else if (name !== 'shops.list' || limit === 'shops') {
        expect(JSON.stringify(answer.body), `${name} ${JSON.stringify(asked)}`).not.toMatch(limits[limit].marks)
      }
    }
  }
})

test('a customer or shop of another is as unknown in a body as one that nobody has', async () => {
  const { ask, theirs } = await twoShops()
  const lines = [{ name: 'Tea', quantity: 1, unitPrice: '1' }]
  const codes = async (...bodies: object[]) =>
    Promise.all(bodies.map(async (body) => (await ask(post('/orders', { lines, ...body }))).body.code))

  expect(
    await codes({ shopId: 2, customerId: theirs.customer }, { shopId: 2, customerId: 987_654 }, { shopId: 1 }),
  ).toEqual(['orders.unknown_customer', 'orders.unknown_customer', 'orders.unknown_shop'])
  expect(await codes({ shopId: 987_654 })).toEqual(['orders.unknown_shop'])
})

test('the numbers of a shop are those of its own documents alone', async () => {
  const { ask } = await twoShops()
  const { metrics, months, stages } = (await ask(get('/overview'))).body
  const number = (key: string) => metrics.find((one: { key: string }) => one.key === key).value

  expect(['customers', 'buyers', 'repeatBuyers', 'revenue', 'anonymousRevenue', 'purchases'].map(number)).toEqual([
    2, 2, 0, 2000, 0, 2,
  ])
  expect(stages.active).toBe(2)
  expect(months.at(-1)).toMatchObject({ revenue: 2000, buyers: 2 })
  expect((await ask(get('/products/1/numbers'))).body).toMatchObject({ revenue: 2000, purchases: 2, buyers: 2 })
  expect((await ask(post('/customers/query/count', { where: all }))).body.customers).toBe(2)
  expect((await ask(get('/value/rulers'))).body.buyers).toBe(2)
  const found = (await ask(post('/customers/query', { sort: { by: 'added', direction: 'up' } }))).body.items
  expect(found.map((one: { customer: { name: string }; revenue: number }) => [one.customer.name, one.revenue])).toEqual(
    [
      ['Nia', 1000],
      ['Bo', 1000],
    ],
  )
})

test.each([
  ['own', ['Nia'], 1000, 1],
  ['team', ['Nia', 'Bo'], 9770, 3],
] as const)(
  '%s: the numbers are those of these customers alone, wherever they bought',
  async (limit, names, revenue, purchases) => {
    const { ask, theirs } = await twoShops(limit)
    const { metrics, months, stages } = (await ask(get('/overview'))).body
    const number = (key: string) => metrics.find((one: { key: string }) => one.key === key).value
    const buyers = names.length

    expect(['customers', 'buyers', 'revenue', 'anonymousRevenue', 'purchases'].map(number)).toEqual([
      buyers,
      buyers,
      revenue,
      0,
      purchases,
    ])
    expect(stages.active).toBe(buyers)
    expect(months.at(-1)).toMatchObject({ revenue, buyers })
    expect((await ask(get('/products/1/numbers'))).body).toMatchObject({ revenue, purchases, buyers })
    expect((await ask(post('/customers/query/count', { where: all }))).body.customers).toBe(buyers)
    expect((await ask(get('/value/rulers'))).body.buyers).toBe(buyers)
    expect(
      (await ask(get('/overview?shopId=2'))).body.metrics.find((one: { key: string }) => one.key === 'revenue').value,
    ).toBe(1000 * buyers)
    const found = (await ask(post('/customers/query', { sort: { by: 'added', direction: 'up' } }))).body.items
    expect(found.map((one: { customer: { name: string } }) => one.customer.name)).toEqual(names)
    const listed = (await ask(get('/customers?limit=100'))).body.items
    expect(listed.map((one: { name: string }) => one.name).sort()).toEqual([...names].sort())
    expect((await ask(get('/orders?limit=100'))).body.items).toHaveLength(purchases)
    expect(
      (await ask(post('/customers/query/count', { where: { is: 'boughtProduct', productId: 1 } }))).body.customers,
    ).toBe(buyers)
    expect(theirs.customer).toBeGreaterThan(0)
  },
)

test('whom one adds who sees only the own customers is the own; a sale to nobody is answered once', async () => {
  const { ask, mei } = await twoShops('own')

  const added = await ask(post('/customers', { values: { name: 'Pia' } }))
  const sold = await ask(
    post('/orders', { shopId: 1, customerId: added.body.id, lines: [{ name: 'Tea', quantity: 1, unitPrice: '1' }] }),
  )
  const toNobody = await ask(post('/orders', { shopId: 1, lines: [{ name: 'Tea', quantity: 1, unitPrice: '1' }] }))

  expect([added.status, added.body.ownerId]).toEqual([201, mei])
  expect(sold.status).toBe(201)
  expect(toNobody.status).toBe(201)
  expect((await ask(get(`/orders/${sold.body.id}`))).status).toBe(200)
  expect((await ask(get(`/orders/${toNobody.body.id}`))).status).toBe(404)
})

test('who hands a customer over sees her no more, the colleague does; records at once, columns after the next turn', async () => {
  const { ctx, ask, nia, colleague } = await twoShops('own')
  const version = (await ask(get(`/customers/${nia}`))).body.version
  const count = async () => (await ask(post('/customers/query/count', { where: all }))).body.customers

  const handed = await ask({
    method: 'PUT',
    path: `/customers/${nia}/owner`,
    body: { ownerId: colleague, note: 'She likes jasmine' },
    version,
  })

  expect(handed.status).toBe(200)
  expect((await ask(get(`/customers/${nia}`))).status).toBe(404)
  expect((await ask(get('/customers'))).body.items).toEqual([])
  await projectAll(ctx)
  expect(await count()).toBe(0)
})

test('who buys in both shops shows each only what was bought there, and not that there is another', async () => {
  const { ask, bo } = await twoShops()

  const answers = [
    await ask(get(`/orders?customerId=${bo}`)),
    await ask(get(`/customers/${bo}/timeline`)),
    await ask(get(`/customers/${bo}/standing`)),
    await ask(post('/customers/query', { where: { is: 'shop', in: [1] } })),
  ]

  for (const { status, body } of answers) {
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toMatch(marks)
  }
  expect(answers[0]!.body.items.map((one: { number: string }) => one.number)).toEqual(['SECOND-2'])
  expect(answers[2]!.body).toMatchObject({ purchases: 1, revenue: 1000 })
  expect(answers[3]!.body.items).toEqual([])
})

test('what comes back at another shop counts, but its document is not told of', async () => {
  const { ctx, owner, ask } = await twoShops()
  const mine = (await ask(get('/orders?number=SECOND-2'))).body.items[0].id
  const back = await owner.request('POST', `/orders/${mine}/cancellations`, { body: { number: 'FIRST-1D' } })
  await ctx.db.updateTable('orders').set({ shopId: 1 }).where('id', '=', back.body.id).execute()

  const { status, body } = await ask(get(`/orders/${mine}`))

  expect(status).toBe(200)
  expect(body).toMatchObject({ net: 0, cancellations: [] })
  await ctx.db.updateTable('orders').set({ shopId: 2 }).where('id', '=', back.body.id).execute()
  await ctx.db.updateTable('orders').set({ shopId: 1 }).where('id', '=', mine).execute()
  expect((await ask(get(`/orders/${back.body.id}`))).body.cancels).toBeNull()
})

test('staff who see no shop at all see nobody', async () => {
  const { ctx } = await twoShops()
  const nowhere = serverOf(
    ctx,
    modules,
    staffActor([...permissionsOf('admin')], { scope: { kind: 'shops', shopIds: [] } }),
  )

  for (const path of ['/customers', '/orders', '/shops'])
    expect((await nowhere.request('GET', path)).body.items).toEqual([])
  expect((await nowhere.request('POST', '/customers/query/count', { body: {} })).body.customers).toBe(0)
  expect((await nowhere.request('GET', '/overview')).body.months).toEqual([])
})
