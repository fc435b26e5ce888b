import type { EventKind, OrderMeasure } from '../contract.ts'

/** The words of the language for what the tree calls otherwise. Each stands for one thing. */
export const dayWords = {
  first_purchase: 'firstPurchase',
  last_purchase: 'lastPurchase',
  added: 'added',
  last_talk: 'lastTalked',
  next_talk: 'nextTalk',
} as const

/** Read from several fields. */
export const readWords = { region: 'region' } as const

export const birthWords = { birthday: 'birthday', birth_year: 'birthYear' } as const

/** Days that come every year. */
export const yearlyWords = { birthday: 'birthday', first_purchase: 'firstPurchase', added: 'added' } as const

export const numberWords = { purchases: 'purchases', revenue: 'revenue', days_since: 'daysSince' } as const

export const textWords = { country: 'country', province: 'province', city: 'city', gender: 'gender' } as const

export const scoreWords = {
  recency: 'recency',
  frequency: 'frequency',
  monetary: 'monetary',
  frequency_monetary: 'frequencyMonetary',
} as const

export const measureWords = {
  orders: 'count',
  spent: 'spent',
  average_order: 'average',
  products: 'products',
  categories: 'categories',
  longest_gap: 'gap',
} as const satisfies Record<string, OrderMeasure>

export const orderDayWords = { first_order: 'first', last_order: 'last' } as const

export const weekdayWords = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const

export const eventWords = {
  view: 'viewed',
  list: 'listed',
  search: 'searched',
  cart: 'carted',
  uncart: 'uncarted',
  view_cart: 'cart_viewed',
  checkout: 'checkout',
  favour: 'favoured',
  unfavour: 'unfavoured',
  coupon: 'coupon',
  review: 'reviewed',
  share: 'shared',
  click: 'clicked',
  promotion: 'promotion',
  visit: 'visited',
  try_on: 'tried_on',
  ask: 'asked',
  page: 'page',
  group: 'grouped',
  other: 'other',
} as const satisfies Record<string, EventKind>

/** The word of a value in one of these tables. */
export function wordOf<T extends string | number>(words: Readonly<Record<string, T>>, value: T): string {
  const found = Object.entries(words).find(([, one]) => one === value)
  if (!found) throw new Error(`no word for ${value}`)
  return found[0]
}

/** The words of a table, typed. */
export function wordsIn<W extends string>(words: Readonly<Record<W, unknown>>): W[] {
  return Object.keys(words) as W[]
}

/** A name that is one of these is quoted, so that no reader takes it for the word. */
export const reserved: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'all',
  'any',
  'in',
  'between',
  'last',
  'days',
  'from',
  'to',
  'then',
  'within',
  'unnamed',
  'nearest',
  'km',
  'yes',
  'no',
  'text',
])
