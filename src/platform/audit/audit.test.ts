import { implement } from '@orpc/server'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { endpoint, ofPerson } from '../contract/index.ts'
import { announce, fact } from '../facts/index.ts'
import { createServer, type RequestContext, recorder } from '../http/index.ts'
import { inTransaction } from '../postgres/transaction.ts'
import { Refusal } from '../refusal.ts'
import { staffActor, type TestContext, useHouse } from '../testing/index.ts'
import { append, cutAudit, note, seal, verify } from './index.ts'

const house = useHouse()

const meta = { tag: 'Test', scope: 'rows' } as const
const poured = fact('teas.poured', z.object({ cups: z.int() }))
const contract = {
  guests: endpoint({
    ...meta,
    method: 'GET',
    path: '/guests',
    summary: 'Guests',
    may: 'teas.read',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ id: z.int(), name: ofPerson('guests', z.string().nullable()) })) }),
  }),
  guest: endpoint({
    ...meta,
    method: 'GET',
    path: '/guests/{id}',
    summary: 'A guest',
    may: 'teas.read',
    input: z.object({ id: z.coerce.number().int() }),
    output: z.object({ name: ofPerson('guests', z.string()) }),
  }),
  prices: endpoint({
    ...meta,
    method: 'GET',
    path: '/prices',
    summary: 'Prices',
    may: 'teas.read',
    input: z.object({}),
    output: z.object({ items: z.array(z.int()) }),
  }),
  pour: endpoint({
    ...meta,
    method: 'POST',
    path: '/pots/{id}/cups',
    summary: 'Pour',
    may: 'teas.pour',
    input: z.object({ id: z.coerce.number().int(), cups: z.int() }),
    output: z.object({}),
  }),
}
const api = implement(contract).$context<RequestContext>()
const teas = {
  name: 'teas',
  api: {
    contract,
    router: api.router({
      guests: api.guests.handler(() => ({
        items: [
          { id: 1, name: 'Ann' },
          { id: 2, name: null },
        ],
      })),
      guest: api.guest.handler(({ input }) => {
        if (input.id > 9) throw new Refusal('not_found', 'http.not_found')
        return { name: 'Ann' }
      }),
      prices: api.prices.handler(() => ({ items: [1] })),
      pour: api.pour.handler(({ context, input }) =>
        inTransaction(context, async (ctx) => {
          if (input.cups < 0) throw new Refusal('conflict', 'http.refused')
          note(ctx, { reason: 'thirst' })
          await announce(ctx, poured, { subjectId: input.id, data: { cups: input.cups } })
          if (input.cups > 100) throw new Error('broken pot')
          return {}
        }),
      ),
    }),
  },
}

async function teaHouse(permissions = ['teas.read', 'teas.pour']) {
  const ctx = await house()
  const told = recorder()
  const app = createServer({
    modules: [teas],
    ctx,
    authenticate: async () => staffActor(permissions),
    ipOf: () => '203.0.113.9',
    rateScale: 1000,
    recorder: told,
  })
  const ask = (method: string, path: string, body?: object) =>
    app.request(`/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: body && JSON.stringify(body),
    })
  return { ctx, ask, flush: () => told.flush() }
}

async function entriesOf(ctx: TestContext) {
  const { rows } = await sql<Record<string, unknown>>`select * from audit_entries order by id`.execute(ctx.db)
  return rows
}

async function filled(ctx: TestContext, count = 5) {
  for (let at = 1; at <= count; at += 1) {
    const data = { phone: `mark ${at}` }
    await append(ctx, {
      action: 'teas.pour',
      outcome: 'done',
      object: 'pots',
      objectId: String(at),
      data,
      shown: { a: '138****' },
    })
  }
}

test('an act is an entry with who, from where, what it was about and what it brought about', async () => {
  const { ctx, ask } = await teaHouse()

  expect((await ask('POST', '/pots/7/cups', { cups: 2 })).status).toBe(200)

  expect(await entriesOf(ctx)).toMatchObject([
    {
      actor: 'staff:1',
      ip: '203.0.113.9',
      action: 'teas.pour',
      outcome: 'done',
      object: 'teas',
      objectId: '7',
      reason: 'thirst',
      data: { facts: [{ kind: 'teas.poured', subjectId: 7, data: { cups: 2 } }] },
    },
  ])
})

test('an act that fails leaves no trace of success, and says that it failed', async () => {
  const { ctx, ask } = await teaHouse()

  await ask('POST', '/pots/7/cups', { cups: -1 })
  await ask('POST', '/pots/7/cups', { cups: 101 })

  expect((await entriesOf(ctx)).map(({ outcome, reason, data }) => [outcome, reason, data])).toEqual([
    ['refused', 'http.refused', {}],
    ['broken', 'http.bug', {}],
  ])
})

test('a look at people is one entry a minute with how often and how many; a look at prices is none', async () => {
  const { ctx, ask, flush } = await teaHouse()

  for (let times = 0; times < 5; times += 1) await ask('GET', '/guests')
  await ask('GET', '/guests/3')
  await ask('GET', '/prices')
  await flush()

  const told = (await entriesOf(ctx)).map(({ action, outcome, object, objectId, times, rows }) => [
    action,
    outcome,
    object,
    objectId,
    times,
    rows,
  ])
  expect(told).toEqual([
    ['teas.guests', 'seen', 'guests', null, 1, 2],
    ['teas.guest', 'seen', 'guests', '3', 1, 1],
    ['teas.guests', 'seen', 'guests', null, 4, 8],
  ])
})

test('who may not, and who goes through numbers that are not hers, is told once a minute', async () => {
  const { ctx, ask, flush } = await teaHouse(['teas.read'])

  for (let times = 0; times < 3; times += 1) await ask('POST', '/pots/7/cups', { cups: 1 })
  for (let id = 100; id < 110; id += 1) await ask('GET', `/guests/${id}`)
  await flush()

  expect((await entriesOf(ctx)).map(({ action, outcome, reason, times }) => [action, outcome, reason, times])).toEqual([
    ['teas.pour', 'denied', 'http.forbidden', 1],
    ['teas.guest', 'refused', 'http.not_found', 1],
    ['teas.pour', 'denied', 'http.forbidden', 2],
    ['teas.guest', 'refused', 'http.not_found', 9],
  ])
})

test('nothing in the log can be changed, deleted or emptied; only what it shows of a person can go', async () => {
  const { ctx } = await teaHouse()
  await filled(ctx)
  await seal(ctx)

  for (const attempt of [
    sql`update audit_entries set actor = 'staff:2'`,
    sql`update audit_entries set shown = '{"a": "other"}'`,
    sql`update audit_entries set shown = null, actor = 'staff:2'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries cascade`,
    sql`update audit_seals set number = number + 1`,
    sql`delete from audit_seals`,
    sql`truncate audit_seals`,
  ]) {
    await expect(attempt.execute(ctx.db)).rejects.toMatchObject({ code: '42501' })
  }

  await sql`update audit_entries set shown = null where id = 2`.execute(ctx.db)
  expect(await verify(ctx)).toMatchObject({ ok: true, sealed: 5, broken: null })
})

test('whoever gets around that is found, with the place: a changed word, a missing entry, a gap, an entry kept from the chain', async () => {
  const { ctx } = await teaHouse()
  await filled(ctx)
  await seal(ctx)
  const tampered = async (...statements: ReturnType<typeof sql>[]) => {
    const undo = new Error('undo')
    let found: Awaited<ReturnType<typeof verify>>['broken'] | undefined
    await ctx.db
      .transaction()
      .execute(async (db) => {
        await sql`set local session_replication_role = replica`.execute(db)
        for (const statement of statements) await statement.execute(db)
        found = (await verify({ ...ctx, db })).broken
        throw undo
      })
      .catch((error) => {
        if (error !== undo) throw error
      })
    return found
  }

  expect(await tampered(sql`update audit_entries set actor = 'staff:2' where id = 3`)).toEqual({
    number: 3,
    entryId: 3,
    why: 'changed',
  })
  expect(await tampered(sql`update audit_entries set data = '{}' where id = 4`)).toMatchObject({
    number: 4,
    why: 'changed',
  })
  expect(await tampered(sql`delete from audit_entries where id = 2`)).toMatchObject({ number: 2, why: 'entry_gone' })
  expect(await tampered(sql`delete from audit_seals where number = 2`)).toMatchObject({
    number: 2,
    why: 'number_missing',
  })
  await filled(ctx, 1)
  expect(await tampered(sql`delete from audit_tail`)).toMatchObject({ entryId: 6, why: 'unsealed_forever' })
  expect(await tampered()).toBeNull()
})

test('an anchor that was noted elsewhere finds that the newest entries were cut off, or all written anew with the key', async () => {
  const { ctx } = await teaHouse()
  await filled(ctx)
  await seal(ctx)
  const { anchor } = await verify(ctx)
  const known = `${anchor!.number}:${anchor!.hash}`
  await filled(ctx, 2)
  await seal(ctx)
  expect(await verify(ctx, { known })).toMatchObject({ ok: true, sealed: 7 })

  await ctx.db.transaction().execute(async (db) => {
    await sql`set local session_replication_role = replica`.execute(db)
    await sql`delete from audit_seals where number >= 5`.execute(db)
    await sql`delete from audit_entries where id >= 5`.execute(db)
  })

  expect(await verify(ctx)).toMatchObject({ ok: true, sealed: 4 })
  expect(await verify(ctx, { known })).toMatchObject({ ok: false, broken: { number: 5, why: 'anchor' } })
})

test('entries of many at once are sealed in one line, those that commit late too; two sealers do not disturb each other', async () => {
  const { ctx } = await teaHouse()
  let letGo = () => {}
  const late = ctx.db.transaction().execute(async (db) => {
    await append({ ...ctx, db }, { action: 'teas.late', outcome: 'done' })
    await new Promise<void>((resolve) => {
      letGo = resolve
    })
  })
  await Promise.all(Array.from({ length: 8 }, () => filled(ctx, 5)))
  expect(await verify(ctx)).toMatchObject({ ok: true, sealed: 0, unsealed: 40 })

  const sealed = await Promise.all([seal(ctx), seal(ctx), seal(ctx)])
  letGo()
  await late
  await seal(ctx)

  expect(sealed.reduce((sum, one) => sum + one)).toBe(40)
  expect(await verify(ctx)).toMatchObject({ ok: true, sealed: 41, unsealed: 0 })
})

test('what is too old is let go, and the rest still proves itself; who has not the key cannot cut anything off', async () => {
  const ctx = await house()
  const old = async (entries: number, at: string) => {
    for (let one = 0; one < entries; one += 1) await append(ctx, { action: 'teas.pour', outcome: 'done' })
    await sql`alter table audit_entries disable trigger audit_entries_stay`.execute(ctx.db)
    await sql`update audit_entries set at = ${at} where id not in (select entry_id from audit_seals)`.execute(ctx.db)
    await sql`alter table audit_entries enable trigger audit_entries_stay`.execute(ctx.db)
    while (await seal(ctx)) {}
  }
  await old(30, '2020-01-01T00:00:00Z')
  const anchor = (await verify(ctx)).anchor!
  await old(20, '2022-01-01T00:00:00Z')
  await append(ctx, { action: 'teas.pour', outcome: 'done' })
  await seal(ctx)
  const left = async () =>
    (await sql<{ count: number }>`select count(*) as count from audit_entries`.execute(ctx.db)).rows[0]!.count

  const first = await cutAudit(ctx, { before: new Date('2021-01-01') })
  const again = await cutAudit(ctx, { before: new Date('2021-01-01') })
  await seal(ctx)

  expect([first.entries, again.entries, await left()]).toEqual([30, 0, 22])
  expect(await verify(ctx)).toMatchObject({ ok: true, sealed: 52, cut: { number: 30, actor: 'system' } })
  expect(await verify(ctx, { last: 5 })).toMatchObject({ ok: true })
  expect(await verify(ctx, { known: `${anchor.number}:${anchor.hash}` })).toMatchObject({ ok: true })
  const second = await cutAudit(ctx, { before: new Date('2023-01-01') })
  await seal(ctx)
  expect([second.entries, second.cut!.number]).toEqual([20, 50])
  expect(await verify(ctx, { known: `${anchor.number}:${anchor.hash}` })).toMatchObject({ broken: { why: 'anchor' } })
  await expect(cutAudit(ctx, { before: ctx.clock.machine() })).rejects.toMatchObject({ code: 'audit.too_young' })
  await expect(sql`delete from audit_entries`.execute(ctx.db)).rejects.toThrow(/only ever added to/)

  // Who has the database and not the key says that more went, and takes it away.
  await sql`
    insert into audit_cuts (number, hash, entries, before, mark, actor) select number, hash, 51, now(), '\\x00', 'system' from audit_seals where number = 51`.execute(
    ctx.db,
  )
  await sql`select let_audit_go(100)`.execute(ctx.db)
  expect(await verify(ctx)).toMatchObject({ ok: false, broken: { number: 51, why: 'forged_cut' } })
})
