import { expect, test } from 'vitest'
import { serverOf, staffActor, type TestContext, useHouse } from '#platform/testing/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { someCustomers } from '#understand/projection/testing/records.ts'
import type { Condition } from '#understand/query/contract.ts'
import { value } from '#understand/value/index.ts'
import type { Reason, Segment } from './contract.ts'
import { segments } from './module.ts'
import { tallyQuestion } from './tally-question.ts'

const house = useHouse()
const marketer = staffActor(['customers.read', 'segments.read', 'segments.edit'])

async function aShop() {
  const ctx = await house()
  await someCustomers(ctx, [
    { city: '上海', orders: [{ day: '2026-02-20', amount: 250_000 }] },
    {
      city: '杭州',
      orders: [
        { day: '2025-10-01', amount: 90_000 },
        { day: '2025-12-24', amount: 60_000 },
      ],
    },
    { orders: [{ day: '2026-02-01', amount: 300_000, shopId: 1 }] },
    {},
  ])
  await projectAll(ctx)
  return { ctx, desk: serverOf(ctx, [segments, value], marketer) }
}

const saved = async (desk: ReturnType<typeof serverOf>, name: string, question: Condition): Promise<Segment> => {
  const { status, body } = await desk.request('POST', '/segments', { body: { name, question } })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const read = (text: string) => ({ body: { text } })

test('a question is text, tree and sentence at once, and is counted while it is written', async () => {
  const { desk } = await aShop()

  const { body: reading } = await desk.request(
    'POST',
    '/segments/readings',
    read('SPENT(last 180 days) >= 2000 AND city in (上海, 杭州)'),
  )
  const { body: wrong } = await desk.request('POST', '/segments/readings', {
    body: { text: 'city = 上海 and stag', cursor: 18 },
  })
  const { body: tally } = await desk.request('POST', '/segments/tallies', { body: { question: reading.question } })

  expect(reading.text).toBe('spent(last 180 days) >= 2000 and city in (上海, 杭州)')
  expect(reading.sentence).toBe('Spent (in the last 180 days): at least ¥2,000 and city: 上海 or 杭州')
  expect(wrong.question).toBeUndefined()
  expect(wrong.fault).toMatchObject({ offset: 14, length: 4 })
  expect(wrong.completion).toMatchObject({ offset: 14, items: [{ text: 'stage', kind: 'word' }] })
  // Customer 3 spent enough, but nobody knows where she lives.
  expect(tally).toEqual({ customers: 4, matched: 1, unknown: 1 })
})

test('why she is in and he is not, condition by condition, with the value that was found', async () => {
  const { desk } = await aShop()
  const { body: big } = await desk.request('POST', '/segments/readings', read('spent(last 365 days) >= 2000'))
  const segment = await saved(desk, 'Big', big.question)
  const question: Condition = {
    is: 'and',
    of: [
      { is: 'segment', in: [segment.id] },
      { is: 'not', of: { is: 'text', field: 'city', in: ['上海'] } },
    ],
  }
  const why = async (customerId: number): Promise<Reason> =>
    (await desk.request('POST', '/segments/reasons', { body: { customerId, question } })).body

  const [ana, ben, cleo] = [await why(1), await why(2), await why(3)]

  expect(ana.answer).toBe('no')
  expect(ana.of.map(({ answer }) => answer)).toEqual(['yes', 'no'])
  expect(ana.of[1]!.of[0]).toMatchObject({ answer: 'yes', found: '上海', unit: 'text' })
  expect(ben.of[0]!.of[0]).toMatchObject({ answer: 'no', found: '150000', unit: 'money' })
  expect(cleo).toMatchObject({ answer: 'unknown', of: [{ answer: 'yes' }, { answer: 'unknown' }] })
  const { body: hers } = await desk.request('GET', '/customers/1/segments')
  expect(hers).toMatchObject({ items: [{ name: 'Big', answer: 'yes' }], left: 0 })
})

test('segments stand in each other, open in the list of customers, never in a circle, and are not deleted while in use', async () => {
  const { desk } = await aShop()
  const city = await saved(desk, 'Shanghai', { is: 'text', field: 'city', in: ['上海'] })
  const both = await saved(desk, 'Both', {
    is: 'and',
    of: [{ is: 'segment', in: [city.id] }, { is: 'bought' }],
  })

  const { body: people } = await desk.request('POST', '/customers/query', {
    body: { where: { is: 'segment', in: [both.id] } },
  })
  const { body: overlap } = await desk.request('GET', `/segments/overlaps?one=${city.id}&other=${both.id}`)
  const circle = await desk.request('PATCH', `/segments/${city.id}`, {
    body: { question: { is: 'segment', in: [both.id] } },
    headers: { 'if-match': '"1"' },
  })
  const inUse = await desk.request('DELETE', `/segments/${city.id}`)
  const taken = await desk.request('POST', '/segments', { body: { name: 'BOTH', question: { is: 'new' } } })

  expect(people.items.map(({ customerId }: { customerId: number }) => customerId)).toEqual([1])
  expect(overlap).toEqual({ one: 1, other: 1, both: 1 })
  expect([circle.status, circle.body.code]).toEqual([422, 'query.circle'])
  expect([inUse.status, inUse.body.code]).toEqual([409, 'segments.in_use'])
  expect([taken.status, taken.body.code]).toEqual([409, 'segments.taken_name'])
  expect((await desk.request('DELETE', `/segments/${both.id}`)).status).toBe(200)
  expect((await desk.request('DELETE', `/segments/${city.id}`)).status).toBe(200)
})

test('a count is kept with the segment by who sees all; staff of one shop count their own', async () => {
  const { ctx, desk } = await aShop()
  const { id } = await saved(desk, 'Buyers', { is: 'bought' })
  const count = async (as?: TestContext['actor']) =>
    (await desk.request('POST', `/segments/${id}/counts`, { body: {}, ...(as ? { as } : {}) })).body.matched

  const [stranger, all] = [
    await count(staffActor(['segments.read'], { scope: { kind: 'shops', shopIds: [2] } })),
    await count(),
  ]

  expect([stranger, all]).toEqual([0, 3])
  expect((await desk.request('GET', `/segments/${id}`)).body).toMatchObject({
    counted: 3,
    countedAt: ctx.clock.now().toISOString(),
  })
})

test('what would cost too much is refused with its number; presets are questions that can be asked', async () => {
  const { desk } = await aShop()
  const heavy = Array.from({ length: 41 }, (_, at) => ({ is: 'did', kind: 'viewed', atLeast: at }))
  const refused = await desk.request('POST', '/segments/tallies', { body: { question: { is: 'or', of: heavy } } })
  const { body: presets } = await desk.request('GET', '/segments/presets')

  expect([refused.status, refused.body.code]).toEqual([422, 'query.too_costly'])
  for (const { key, question, text } of presets.items) {
    const asked = await desk.request('POST', '/segments/tallies', { body: { question } })
    expect(asked.status, `${key}: ${JSON.stringify(asked.body)}`).toBe(200)
    expect((await desk.request('POST', '/segments/readings', read(text))).body.question, key).toEqual(question)
  }
})

test('a count that nobody waits for any more is let go', async () => {
  const { ctx } = await aShop()
  const stop = new AbortController()

  const counted = tallyQuestion(ctx, { is: 'did', kind: 'viewed' }, stop.signal)
  stop.abort()

  await expect(counted).rejects.toThrow(/abort/i)
})
