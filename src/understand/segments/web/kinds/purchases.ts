import { parcelSteps } from '#understand/query/contract.ts'
import { type KindOf, money, narrowing, number, ofOrders, products, shopsOf, span, window } from '../condition-parts.ts'

/** Orders and what became of them. */
export const purchases = {
  purchases: { begin: { is: 'number', field: 'purchases', atLeast: 1, atMost: 1 }, parts: [number] },
  revenue: { begin: { is: 'number', field: 'revenue', atLeast: 100_000 }, parts: [money] },
  daysSince: { begin: { is: 'number', field: 'daysSince', atLeast: 30, atMost: 90 }, parts: [number] },
  bought: { begin: { is: 'bought' }, parts: [span] },
  boughtProduct: {
    begin: { is: 'boughtProduct', productId: 0 },
    parts: [
      { part: 'one', key: 'productId', of: { list: 'product' } },
      { part: 'count', key: 'times', min: 1, max: 10_000, label: 'times' },
      span,
    ],
  },
  count: { begin: { is: 'orders', of: 'count', days: 90, atLeast: 2 }, parts: [number, ...ofOrders] },
  spent: { begin: { is: 'orders', of: 'spent', days: 180, atLeast: 100_000 }, parts: [money, ...ofOrders] },
  average: { begin: { is: 'orders', of: 'average', atLeast: 20_000 }, parts: [money, ...ofOrders] },
  products: { begin: { is: 'orders', of: 'products', atLeast: 3 }, parts: [number, ...ofOrders] },
  categories: { begin: { is: 'orders', of: 'categories', atLeast: 2 }, parts: [number, ...ofOrders] },
  gap: { begin: { is: 'orders', of: 'gap', atLeast: 180 }, parts: [number, ...ofOrders] },
  first: {
    begin: { is: 'orderDay', which: 'first' },
    parts: [{ part: 'days', from: 'since', to: 'until' }, ...narrowing(...products)],
  },
  firstBought: {
    begin: { is: 'firstBought' },
    parts: [...products, { ...shopsOf, more: true }],
  },
  lastOf: {
    begin: { is: 'orderDay', which: 'last' },
    parts: [{ part: 'days', from: 'since', to: 'until' }, ...narrowing(...products)],
  },
  reviewed: {
    begin: { is: 'reviewed', days: 90, ratingTo: 2 },
    parts: [
      { ...number, label: 'reviews', more: true },
      { part: 'range', from: 'ratingFrom', to: 'ratingTo', label: 'rating' },
      {
        part: 'one',
        key: 'answered',
        of: { words: ['yes', 'no'], key: (word) => `segments.answered.${word}` },
        label: 'answered',
        optional: true,
        more: true,
      },
      ...window,
      ...narrowing(...products),
    ],
  },
  parcel: {
    begin: { is: 'parcel', step: 'shipped', not: 'received', atLeast: 7 },
    parts: [
      { part: 'one', key: 'step', of: { words: parcelSteps, key: (word) => `segments.parcel.${word}` } },
      {
        part: 'one',
        key: 'not',
        of: { words: parcelSteps, key: (word) => `segments.parcel.${word}` },
        label: 'not_yet',
        optional: true,
      },
      {
        part: 'one',
        key: 'after',
        of: { words: ['placed', 'shipped'], key: (word) => `segments.parcel.${word}` },
        label: 'days_from',
        optional: true,
        more: true,
      },
      { ...number, label: 'days' },
      ...window,
      ...narrowing(...products, shopsOf),
    ],
  },
} as const satisfies Record<string, KindOf>
