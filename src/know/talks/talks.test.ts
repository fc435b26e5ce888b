import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { customers } from '#know/customers/index.ts'
import { aCustomer, alsoSaid } from '#know/customers/testing/a-customer.ts'
import { aStaff } from '#know/staff/testing/index.ts'
import type { Context } from '#platform/context.ts'
import { serverOf, staffActor, useHouse } from '#platform/testing/index.ts'
import { talks } from './module.ts'
import { talkDaysOf } from './talk-days.ts'
import { talkWords } from './talk-words.ts'

const house = useHouse()

async function theDesk(ctx: Context) {
  for (const name of ['lin', 'mei']) await aStaff(ctx, { name, email: `${name}@shop.example`, role: 'assistant' })
  return serverOf(ctx, [talks], staffActor(['customers.read', 'customers.edit']))
}

test('a talk is told in one go, stays with what was promised, and sets when to speak again', async () => {
  const ctx = await house()
  const desk = await theDesk(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })

  const told = await desk.request('POST', `/customers/${id}/talks`, {
    body: {
      kind: 'call',
      said: 'Wants the white tea again',
      problem: 'The last box was crushed',
      promised: [{ what: 'Send a new box', dueOn: '2026-03-03' }],
      nextOn: '2026-03-10',
    },
  })

  expect(told.status).toBe(201)
  expect(told.body).toMatchObject({ kind: 'call', problem: 'The last box was crushed', staffId: 1 })
  expect(told.body.promises).toMatchObject([{ kind: 'promise', what: 'Send a new box', staffId: 1 }, { kind: 'talk' }])
  expect(await talkDaysOf(ctx, [id])).toEqual([{ customerId: id, lastTalked: '2026-03-01', nextTalk: '2026-03-10' }])
  const timeline = await serverOf(ctx, [customers({ tellers: [talkWords] })], staffActor(['customers.read'])).request(
    'GET',
    `/customers/${id}/timeline`,
  )
  expect(timeline.body.items.map((one: { words?: string }) => one.words)).toEqual([
    undefined,
    'Send a new box',
    'Wants the white tea again · The last box was crushed',
    undefined,
  ])
  const { rows: facts } = await sql<{ kind: string; data: unknown }>`
    select kind, data from facts where kind like 'talks.%' order by id`.execute(ctx.db)
  expect(facts.map(({ kind }) => kind)).toEqual(['talks.logged', 'talks.promised', 'talks.promised'])
  expect(JSON.stringify(facts), 'what was said stands in no fact').not.toContain('tea')
})

test('the next talk is done by talking, and a new day takes the place of the old', async () => {
  const ctx = await house()
  const desk = await theDesk(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const talk = (body: object) => desk.request('POST', `/customers/${id}/talks`, { body: { kind: 'visit', ...body } })
  await talk({ nextOn: '2026-03-01' })

  await talk({ said: 'Came by' })
  const [none] = await talkDaysOf(ctx, [id])
  await talk({ nextOn: '2026-03-20' })
  await talk({ nextOn: '2026-04-20' })

  expect(none).toMatchObject({ lastTalked: '2026-03-01', nextTalk: null })
  expect(await talkDaysOf(ctx, [id])).toMatchObject([{ nextTalk: '2026-04-20' }])
  const { rows } = await sql`select due_on, kept from promises order by id`.execute(ctx.db)
  expect(rows).toEqual([
    { dueOn: '2026-03-01', kept: true },
    { dueOn: '2026-03-20', kept: false },
    { dueOn: '2026-04-20', kept: null },
  ])
})

test('what is due is shown to who keeps it, is done, taken back, and put off', async () => {
  const ctx = await house()
  const desk = await theDesk(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  const due = async (query: string) => (await desk.request('GET', `/promises?${query}`)).body
  const owe = (body: object) => desk.request('POST', `/customers/${id}/promises`, { body })
  const { body: mine } = await owe({ what: 'Gift wrap', dueOn: '2026-02-27' })
  await owe({ what: 'Of Mei', dueOn: '2026-03-01', staffId: 2 })
  await owe({ what: 'Later', dueOn: '2026-03-09' })

  const own = await due('whose=own')
  const all = await due('whose=all&limit=1')
  const closed = await desk.request('PUT', `/promises/${mine.id}/end`, {
    body: { kept: true },
    headers: { 'if-match': '"1"' },
  })
  const stale = await desk.request('PATCH', `/promises/${mine.id}`, {
    body: { dueOn: '2026-03-05' },
    headers: { 'if-match': '"1"' },
  })
  await desk.request('DELETE', `/promises/${mine.id}/end`, { headers: { 'if-match': '"2"' } })
  await desk.request('PATCH', `/promises/${mine.id}`, { body: { dueOn: '2026-03-05' }, headers: { 'if-match': '"3"' } })

  expect(own).toMatchObject({ today: '2026-03-01', items: [{ what: 'Gift wrap', customer: { name: '王芳' } }] })
  expect((await due(`whose=all&after=${all.next}`)).items).toMatchObject([{ what: 'Of Mei' }])
  expect(closed.body).toMatchObject({ kept: true, version: 2 })
  expect(stale.status).toBe(412)
  expect((await due('whose=own')).items).toEqual([])
  expect((await due('whose=own&ahead=9')).items).toMatchObject([{ dueOn: '2026-03-05' }, { what: 'Later' }])
})

test('a merge and its undo take the talks along, by the map alone', async () => {
  const ctx = await house()
  const desk = await theDesk(ctx)
  const one = await aCustomer(ctx, { name: '王芳' })
  const two = await aCustomer(ctx, { name: 'Fang Wang' })
  await desk.request('POST', `/customers/${one.id}/talks`, {
    body: { kind: 'call', at: '2026-02-01T02:00:00Z', said: 'a' },
  })
  await desk.request('POST', `/customers/${two.id}/talks`, { body: { kind: 'call', nextOn: '2026-03-04' } })
  const { profileId } = one.values[0]!
  const give = (to: number) =>
    sql`update profile_customers set customer_id = ${to} where profile_id = ${profileId}`.execute(ctx.db)

  await give(two.id)
  const merged = await talkDaysOf(ctx, [one.id, two.id])
  const talksOfBoth = await desk.request('GET', `/customers/${two.id}/talks`)
  await give(one.id)

  expect(merged).toEqual([{ customerId: two.id, lastTalked: '2026-03-01', nextTalk: '2026-03-04' }])
  expect(talksOfBoth.body.items).toHaveLength(2)
  expect((await talkDaysOf(ctx, [one.id]))[0]).toMatchObject({ lastTalked: '2026-02-01', nextTalk: null })
})

test('a slip is told right or taken away; words are shown to who may see notes', async () => {
  const ctx = await house()
  const desk = await theDesk(ctx)
  const { id } = await aCustomer(ctx, { name: '王芳' })
  await alsoSaid(ctx, id, { source: 'web', origin: 'stated', city: '上海' })
  const { body: talk } = await desk.request('POST', `/customers/${id}/talks`, {
    body: { kind: 'call', said: 'Her divorce' },
  })

  const right = await desk.request('PATCH', `/talks/${talk.id}`, {
    body: { kind: 'visit', at: '2026-02-20T03:00:00Z', said: 'Her move' },
    headers: { 'if-match': '"1"' },
  })
  const masked = await desk.request('GET', `/customers/${id}/talks`, {
    as: staffActor(['customers.read'], { sight: { notes: 'masked' } }),
  })
  const nobodys = await desk.request('GET', `/customers/${id}/talks`, {
    as: staffActor(['customers.read'], { scope: { kind: 'owners', staffIds: [9] } }),
  })
  const early = await desk.request('POST', `/customers/${id}/talks`, {
    body: { kind: 'call', at: '2026-03-02T04:00:00Z', said: 'x' },
  })
  const removed = await desk.request('DELETE', `/talks/${talk.id}`, { headers: { 'if-match': '"2"' } })

  expect(right.body).toMatchObject({ kind: 'visit', said: 'Her move', version: 2 })
  expect(masked.body.items).toMatchObject([{ kind: 'visit', said: '***' }])
  expect(nobodys.status).toBe(404)
  expect(early.body.code).toBe('talks.not_yet')
  expect(removed.status).toBe(200)
  expect(await talkDaysOf(ctx, [id])).toMatchObject([{ lastTalked: null }])
})
