import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { customers, getCustomer, type Listed } from '#know/customers/index.ts'
import { aCustomer, alsoSaid } from '#know/customers/testing/a-customer.ts'
import { fields } from '#know/fields/index.ts'
import { manners, mannersOfCustomer } from '#know/manners/index.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import { tags, tagsOfCustomer } from '#know/tags/index.ts'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import type { BulkAct } from './contract.ts'
import { bulk } from './module.ts'
import { runBulk } from './run.ts'

const house = useHouse()
const never = new AbortController().signal
const may = ['customers.read', 'customers.edit', 'customers.bulk', 'record.edit']

async function theDesk(ctx: TestContext) {
  for (const name of ['lin', 'mei']) await aStaff(ctx, { name, email: `${name}@shop.example`, role: 'marketer' })
  const desk = serverOf(ctx, [customers(), tags, fields, manners, bulk()], staffActor(may))
  const begin = async (act: object, whom: object = {}, as?: ReturnType<typeof staffActor>) => {
    const { status, body } = await desk.request('POST', '/bulk-acts', { body: { act, whom }, as })
    return { status, ...body } as BulkAct & { status: number }
  }
  const look = async (id: number) => (await desk.request('GET', `/bulk-acts/${id}`)).body as BulkAct
  const people = async (id: number, state: string) =>
    (await desk.request('GET', `/bulk-acts/${id}/customers?state=${state}`)).body.items.map(
      (one: { id: number }) => one.id,
    )
  const run = (id: number) => runBulk(ctx, id, never)
  return { desk, begin, look, people, run }
}

/** Customers by one statement, as an import makes them: each with a profile of the shop. */
async function manyCustomers(ctx: TestContext, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with made as (insert into customers (name) select 'Guest ' || one from generate_series(1, ${count}::int) as one returning id),
    source as (insert into sources (code, name, kind) values ('till', 'Till', 'import') returning id),
    profile as (insert into profiles (source_id, external_id) select source.id, 'p' || made.id from made, source returning id, external_id),
    mapped as (insert into profile_customers (profile_id, customer_id) select id, substr(external_id, 2)::bigint from profile)
    select id from made order by id`.execute(ctx.db)
  return rows.map(({ id }) => id)
}

test('four thousand get a tag; a process dies in the middle, the next goes on; a hand edit of one stays when it is taken back', async () => {
  const ctx = await house()
  const { desk, begin, look, people, run } = await theDesk(ctx)
  const ids = await manyCustomers(ctx, 4000)
  const { body: tag } = await desk.request('POST', '/tags', { body: { name: 'Spring' } })
  await desk.request('PUT', `/customers/${ids[0]}/tags/${tag.id}`, { body: { reason: 'asked for it' } })

  const act = await begin({ do: 'tag', tagId: tag.id, reason: 'tasting' })
  // It dies at the fourth piece: what the first three did stays, and nothing of the fourth.
  await sql
    .raw(`create function dies() returns trigger language plpgsql as $$ begin
    if new.done > 1500 and new.done > old.done then raise exception 'cut off' using errcode = '57P01'; end if; return new; end $$;
    create trigger dies before update on bulk_acts for each row execute function dies()`)
    .execute(ctx.db)
  await expect(run(act.id)).rejects.toThrow('cut off')
  const cut = await look(act.id)
  await sql.raw('drop trigger dies on bulk_acts').execute(ctx.db)
  // Somebody takes it from one by hand while it runs.
  const [taken] = await Promise.all([
    desk.request('POST', `/customers/${ids[1]}/tags/${tag.id}/removals`, { body: {} }),
    run(act.id),
  ])
  const done = await look(act.id)

  expect(act).toMatchObject({ status: 202, state: 'waiting', total: null })
  expect(cut).toMatchObject({ state: 'running', total: 4000, done: 1500, changed: 1499 })
  expect(taken.status).toBe(200)
  expect(done).toMatchObject({ state: 'done', total: 4000, done: 4000, changed: 3999, actorName: 'lin' })
  expect((await tagsOfCustomer(ctx, ids[3999]!))[0]).toMatchObject({ holds: true, sayings: [{ reason: 'tasting' }] })

  await desk.request('POST', `/bulk-acts/${act.id}/undo`)
  await run(act.id)

  expect(await look(act.id)).toMatchObject({ state: 'undone', undone: 3998, kept: 1 })
  expect(await people(act.id, 'kept')).toEqual([ids[1]])
  expect((await tagsOfCustomer(ctx, ids[3999]!)).filter(({ holds }) => holds)).toEqual([])
  expect((await tagsOfCustomer(ctx, ids[0]!))[0]).toMatchObject({ holds: true, sayings: [{ reason: 'asked for it' }] })
  const { rows: facts } = await sql<{ kind: string; count: number }>`
    select kind, count(*) as count from facts where kind like 'tags.%ed' or kind like 'tags.%n' group by 1`.execute(
    ctx.db,
  )
  expect(Object.fromEntries(facts.map((one) => [one.kind, one.count]))).toMatchObject({
    'tags.given': 4000,
    'tags.taken': 3999,
  })
}, 60_000)

test('a field, an owner, a manner and the loss of a tag are put as they were, but where somebody said something else since', async () => {
  const ctx = await house()
  const { desk, begin, look, people, run } = await theDesk(ctx)
  const [ann, bo, cy] = [
    await aCustomer(ctx, { name: 'Ann' }),
    await aCustomer(ctx, { name: 'Bo' }),
    await aCustomer(ctx, { name: 'Cy' }),
  ]
  const { body: size } = await desk.request('POST', '/fields', { body: { name: 'Size', kind: 'number' } })
  const edit = async (id: number, values: object) => {
    const { version } = await getCustomer(ctx, id)
    return desk.request('PATCH', `/customers/${id}`, { body: { values }, headers: { 'if-match': `"${version}"` } })
  }
  const sizeOf = async (id: number) =>
    (await getCustomer(ctx, id)).values.find(({ field }) => field === size.key)?.value
  await edit(ann.id, { [size.key]: 38 })
  const { body: vip } = await desk.request('POST', '/tags', { body: { name: 'VIP' } })
  await desk.request('PUT', `/customers/${ann.id}/tags/${vip.id}`, { body: { reason: 'old friend' } })
  const imported = await alsoSaid(ctx, bo.id, { source: 'till', origin: 'import', city: 'Suzhou' })
  await sql`insert into profile_tags (profile_id, tag_id, origin, state, actor, at) values (${imported}, ${vip.id}, 'import', 'yes', 'import:1', now())`.execute(
    ctx.db,
  )
  const whom = { ids: [ann.id, bo.id, cy.id] }

  const acts = [
    await begin({ do: 'field', field: size.key, value: 40 }, whom),
    await begin({ do: 'owner', ownerId: 2, note: 'Ask about the spring' }, whom),
    await begin({ do: 'manner', rule: 'never', channel: 'phone' }, whom),
    await begin({ do: 'untag', tagId: vip.id }, whom),
  ]
  for (const { id } of acts) await run(id)

  expect(await Promise.all([ann, bo, cy].map(({ id }) => sizeOf(id)))).toEqual([40, 40, 40])
  expect((await getCustomer(ctx, cy.id)).ownerId).toBe(2)
  expect(await mannersOfCustomer(ctx, bo.id)).toMatchObject([{ rule: 'never', channel: 'phone', actorName: 'lin' }])
  expect((await tagsOfCustomer(ctx, bo.id))[0]).toMatchObject({ holds: false })
  expect(await look(acts[3]!.id)).toMatchObject({ done: 3, changed: 2 })

  await edit(bo.id, { [size.key]: 41 })
  const { version } = await getCustomer(ctx, bo.id)
  await desk.request('PUT', `/customers/${bo.id}/owner`, {
    body: { ownerId: 1 },
    headers: { 'if-match': `"${version}"` },
  })
  await desk.request('PUT', `/customers/${bo.id}/tags/${vip.id}`, { body: {} })
  for (const { id } of acts) {
    await desk.request('POST', `/bulk-acts/${id}/undo`)
    await run(id)
  }

  expect(await Promise.all([ann, bo, cy].map(({ id }) => sizeOf(id)))).toEqual([38, 41, undefined])
  expect(await Promise.all([ann, bo, cy].map(async ({ id }) => (await getCustomer(ctx, id)).ownerId))).toEqual([
    null,
    1,
    null,
  ])
  expect(await mannersOfCustomer(ctx, bo.id)).toEqual([])
  expect((await tagsOfCustomer(ctx, ann.id))[0]).toMatchObject({
    holds: true,
    sayings: [{ state: 'yes', reason: 'old friend', ref: null }],
  })
  expect((await tagsOfCustomer(ctx, bo.id))[0]).toMatchObject({ holds: true })
  for (const at of [0, 1, 3]) expect(await people(acts[at]!.id, 'kept')).toEqual([bo.id])
  expect(await look(acts[2]!.id)).toMatchObject({ state: 'undone', undone: 3, kept: 0 })
})

test('an act goes no further than its asker sees, asks the list it was given, and can be stopped and gone on with', async () => {
  const ctx = await house()
  const { desk, begin, look, people, run } = await theDesk(ctx)
  const [ann, bo] = [await aCustomer(ctx, { name: 'Ann' }), await aCustomer(ctx, { name: 'Bo' })]
  const { body: tag } = await desk.request('POST', '/tags', { body: { name: 'Spring' } })
  await sql`update customers set owner_id = 2 where id = ${bo.id}`.execute(ctx.db)
  const mei = staffActor(may, { id: 2, label: 'staff:2', scope: { kind: 'owners', staffIds: [2] } })

  const hers = await begin({ do: 'tag', tagId: tag.id }, { ids: [ann.id, bo.id] }, mei)
  const stopped = await desk.request('PUT', `/bulk-acts/${hers.id}/stop`, { as: mei })
  await run(hers.id)
  const whileStopped = await look(hers.id)
  await desk.request('DELETE', `/bulk-acts/${hers.id}/stop`, { as: mei })
  await run(hers.id)
  const listed: Listed = {
    columns: [],
    tell: async () => ({ heading: String, numeric: [], cells: async () => new Map() }),
    ids: async function* () {
      yield [ann.id]
    },
  }
  const asked = await begin({ do: 'owner', ownerId: 1 }, { list: { where: { is: 'everyone' } } })
  await runBulk(ctx, asked.id, never, { listed })

  expect(stopped.body).toMatchObject({ state: 'stopped' })
  expect(whileStopped).toMatchObject({ state: 'stopped', done: 0 })
  expect(await look(hers.id)).toMatchObject({ state: 'done', done: 2, changed: 1 })
  expect(await people(hers.id, 'changed')).toEqual([bo.id])
  expect(await people(hers.id, 'left')).toEqual([ann.id])
  expect(await people(asked.id, 'changed')).toEqual([ann.id])
  const seen = await desk.request('GET', '/bulk-acts', { as: mei })
  expect(seen.body.items.map((one: BulkAct) => one.id)).toEqual([hers.id])
  expect((await desk.request('GET', `/bulk-acts/${asked.id}`, { as: mei })).status).toBe(404)
  expect((await begin({ do: 'tag', tagId: 999 })).status).toBe(404)
  expect((await begin({ do: 'owner', ownerId: 1 }, {}, staffActor(['customers.edit']))).status).toBe(403)
})
