import { expect, test } from 'vitest'
import { compileTally } from './compile-answers.ts'
import type { Condition } from './contract.ts'
import { planOf } from './plan.ts'

const newest = { by: 'lastPurchase', direction: 'down' } as const

/** The text of each statement is kept beside this file: a change of it is seen in review. */
const questions: Record<string, Condition> = {
  'orders in a window, over the arrays': { is: 'orders', of: 'count', days: 90, atLeast: 2, weekdays: [6, 7] },
  'money at a shop, over the arrays': {
    is: 'orders',
    of: 'spent',
    from: '2025-01-01',
    to: '2025-12-31',
    shopIds: [2],
    atLeast: 1,
  },
  'an average': { is: 'orders', of: 'average', atLeast: 100, atMost: 200 },
  'the longest gap': { is: 'orders', of: 'gap', atLeast: 180 },
  'lines of a category, none of them too': { is: 'orders', of: 'count', categories: ['茶'], atMost: 1 },
  'different products at a price': { is: 'orders', of: 'products', priceFrom: 100, priceTo: 500, atLeast: 3 },
  'the first purchase of a product': { is: 'orderDay', which: 'first', productIds: [7], since: '2026-01-01' },
  'an event, at least once': { is: 'did', kind: 'carted', days: 30 },
  'an event, at most twice, of a brand': { is: 'did', kind: 'viewed', brandIds: [3], atMost: 2 },
  'viewed, then did not buy within 7 days': {
    is: 'sequence',
    days: 180,
    steps: [
      { did: 'viewed', categories: ['茶'] },
      { did: 'bought', not: true, within: 7 },
    ],
  },
  'viewed, carted, bought': {
    is: 'sequence',
    steps: [{ did: 'viewed' }, { did: 'carted', within: 3 }, { did: 'bought' }],
  },
  'a birthday within a week, across the turn of the year': { is: 'daysTo', of: 'birthday', atMost: 7 },
  'an age': { is: 'age', atLeast: 25, atMost: 34 },
  'a birthday in the month of the question': { is: 'birthMonth', in: [3] },
  'the anniversary of the first purchase': { is: 'daysTo', of: 'firstPurchase', atMost: 14 },
  'orders since the last birthday, over the arrays': { is: 'orders', of: 'count', sinceBirthday: true, atLeast: 1 },
  'lines since the last birthday': { is: 'orders', of: 'spent', categories: ['茶'], sinceBirthday: true, atLeast: 1 },
  'may be written to': { is: 'may', by: 'sms', for: 'promotion' },
  'known by an openid': { is: 'has', what: 'openid' },
  'a city or a province, and a region of another country': { is: 'region', in: [330_100, 320_000, 'FR/Normandie'] },
  'near a shop, exactly where that is known': { is: 'distance', to: [1], atMost: 5 },
  'whose nearest shop is one of some': { is: 'nearest', in: [2] },
  'a city that the person or staff said': { is: 'text', field: 'city', in: ['上海'], sure: true },
  'an own field as the person or staff said it': { is: 'own', fieldId: 3, in: [1], sure: true },
  'orders about the last Mid-Autumn Festival, on third Saturdays': {
    is: 'orders',
    of: 'count',
    during: { of: 'mid_autumn', before: 14 },
    weekdays: [6],
    nths: [3, -1],
    atLeast: 1,
  },
  'last purchase in the season before': { is: 'day', field: 'lastPurchase', during: { of: 'season', ago: 1 } },
  'likely to buy': { is: 'likely', productIds: [7], top: 3 },
  'kept out by hand': { is: 'picked', in: [3], out: true },
  "in a state of the shop's own": { is: 'state', in: [2] },
  'to be called now, or soon': { is: 'foretoldAction', in: ['late', 'soon'] },
  'of a snapshot': { is: 'snapshot', in: [5] },
  'a bad review that nobody answered': { is: 'reviewed', ratingTo: 2, answered: 'no', days: 90, categories: ['茶'] },
  'sent a week ago and not received': { is: 'parcel', step: 'shipped', not: 'received', atLeast: 7 },
  'long on the way, at a shop': { is: 'parcel', step: 'delivered', after: 'shipped', atLeast: 6, shopIds: [2] },
  'viewed, then left': {
    is: 'path',
    start: 'arrival',
    steps: [{ in: [{ did: 'viewed' }] }, { in: [{ did: 'nothing' }] }],
    days: 28,
  },
  'by category, back from a purchase': {
    is: 'path',
    start: 'bought',
    back: true,
    by: 'category',
    steps: [{}, { out: [{ did: 'viewed', category: '茶' }] }],
    days: 28,
  },
  'drawn by lot': { is: 'share', percent: 10, seed: 4 },
}

for (const [name, question] of Object.entries(questions)) {
  test(`${name}: one statement, every value bound`, () => {
    const lens = { asOf: '2026-03-01', ...(name.includes('brand') ? { shopIds: [2] } : {}) }
    const { where, yardstick } = planOf(question, newest, lens, {
      zone: 'Asia/Shanghai',
      model: 4,
      exact: true,
      positions: [1, 2].map((id) => ({ id, latitude: 30 + id, longitude: 120 + id, archived: false })),
    })

    const statement = compileTally({ lens, yardstick, conditions: [where] })

    expect({ ...statement, params: shortened(statement.params) }).toMatchSnapshot()
    expect(statement.sql).not.toMatch(/茶|2026|Shanghai/)
  })
}

/** Every birthday there is would be a thousand lines. */
function shortened(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) =>
      Array.isArray(value) && value.length > 20 ? [name, `${value[0]} … ${value.at(-1)}`] : [name, value],
    ),
  )
}
