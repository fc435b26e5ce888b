import { addDays, type Day } from '#platform/days.ts'
import type { Condition } from '#understand/query/contract.ts'

// The twelve reference segments. They were written down, and committed, before anything was measured or tuned with them
// (2026-11-22): a question that turns out slow stays as it is, and the compiler has to become better.

/** Attributes and order windows are counted in 300 ms, all in 3 s. `long`: nested, or a sequence, over 180 days and more. */
export type Reference = {
  name: string
  kind: 'attributes' | 'orders' | 'events' | 'nested' | 'sequence'
  long: boolean
  question: Condition
}

const yuan = (amount: number) => amount * 100

/** The segments as somebody asks them on a day. Names of cities and categories are those of made.ts. */
export function references(today: Day): Reference[] {
  const ago = (days: number) => addDays(today, -days)
  return [
    {
      name: 'women in Shanghai or Hangzhou who left a phone',
      kind: 'attributes',
      long: false,
      question: {
        is: 'and',
        of: [
          { is: 'text', field: 'gender', in: ['female'] },
          { is: 'text', field: 'city', in: ['上海', '杭州'] },
          { is: 'has', what: 'phone' },
        ],
      },
    },
    {
      name: 'added this year, not in Zhejiang or nobody knows, nobody looks after them',
      kind: 'attributes',
      long: false,
      question: {
        is: 'and',
        of: [
          { is: 'within', field: 'added', days: 365 },
          {
            is: 'or',
            of: [
              { is: 'not', of: { is: 'text', field: 'province', in: ['浙江'] } },
              { is: 'not', of: { is: 'known', field: 'province' } },
            ],
          },
          { is: 'not', of: { is: 'owned' } },
        ],
      },
    },
    {
      name: 'spent 2,000 in the last 180 days',
      kind: 'orders',
      long: false,
      question: { is: 'orders', of: 'spent', atLeast: yuan(2_000), days: 180 },
    },
    {
      name: 'came back: bought in the last 30 days, not in the half year before',
      kind: 'orders',
      long: false,
      question: {
        is: 'and',
        of: [
          { is: 'orders', of: 'count', atLeast: 1, days: 30 },
          { is: 'orders', of: 'count', atMost: 0, from: ago(210), to: ago(30) },
          { is: 'orders', of: 'count', atLeast: 1, to: ago(211) },
        ],
      },
    },
    {
      name: 'three purchases in a year, 300 on average, never four months without one, at weekends',
      kind: 'orders',
      long: false,
      question: {
        is: 'and',
        of: [
          { is: 'orders', of: 'count', atLeast: 3, days: 365 },
          { is: 'orders', of: 'average', atLeast: yuan(300), days: 365 },
          { is: 'orders', of: 'gap', atMost: 120, days: 365 },
          { is: 'orders', of: 'count', atLeast: 1, days: 365, weekdays: [6, 7] },
        ],
      },
    },
    {
      name: 'green tea twice in a year, no cup yet',
      kind: 'nested',
      long: true,
      question: {
        is: 'and',
        of: [
          { is: 'orders', of: 'count', atLeast: 2, days: 365, categories: ['绿茶'] },
          { is: 'not', of: { is: 'orders', of: 'count', atLeast: 1, categories: ['茶杯'] } },
        ],
      },
    },
    {
      name: 'viewed five times in the last 30 days',
      kind: 'events',
      long: false,
      question: { is: 'did', kind: 'viewed', atLeast: 5, days: 30 },
    },
    {
      name: 'put a cup into the cart in the last 30 days, bought nothing in them',
      kind: 'events',
      long: false,
      question: {
        is: 'and',
        of: [
          { is: 'did', kind: 'carted', days: 30, categories: ['茶杯'] },
          { is: 'not', of: { is: 'orders', of: 'count', atLeast: 1, days: 30 } },
        ],
      },
    },
    {
      name: 'searched three times in 180 days, saved nothing, at most one thing in the cart',
      kind: 'nested',
      long: true,
      question: {
        is: 'and',
        of: [
          { is: 'did', kind: 'searched', atLeast: 3, days: 180 },
          { is: 'not', of: { is: 'did', kind: 'favoured', days: 180 } },
          { is: 'did', kind: 'carted', atMost: 1, days: 180 },
        ],
      },
    },
    {
      name: 'spends or looks much in a year and is turning away, not in Shanghai, no cart lately, phone known',
      kind: 'nested',
      long: true,
      question: {
        is: 'and',
        of: [
          {
            is: 'or',
            of: [
              { is: 'orders', of: 'spent', atLeast: yuan(5_000), days: 365 },
              {
                is: 'and',
                of: [
                  { is: 'did', kind: 'viewed', atLeast: 20, days: 365 },
                  { is: 'stage', in: ['silent', 'sleeping'] },
                ],
              },
            ],
          },
          {
            is: 'not',
            of: {
              is: 'or',
              of: [
                { is: 'text', field: 'city', in: ['上海'] },
                { is: 'did', kind: 'carted', days: 180 },
              ],
            },
          },
          { is: 'has', what: 'phone' },
        ],
      },
    },
    {
      name: 'viewed in the last 180 days, then did not buy within 7 days',
      kind: 'sequence',
      long: true,
      question: {
        is: 'sequence',
        days: 180,
        steps: [{ did: 'viewed' }, { did: 'bought', not: true, within: 7 }],
      },
    },
    {
      name: 'viewed green tea within a year, carted within 3 days, bought within 14',
      kind: 'sequence',
      long: true,
      question: {
        is: 'sequence',
        days: 365,
        steps: [
          { did: 'viewed', categories: ['绿茶'] },
          { did: 'carted', within: 3 },
          { did: 'bought', within: 14 },
        ],
      },
    },
  ]
}
