import {
  type Condition,
  channels,
  eventKinds,
  foretellers,
  foretoldActions,
  knownBy,
  parcelSteps,
  purposes,
  stages,
} from '#understand/query/contract.ts'

/** What is asked, one of: a range of numbers or money, of days, a window, a list, a choice, yes or no, steps. */
export type Part =
  | { part: 'range'; from: string; to: string; unit?: 'money' | 'any'; label?: string }
  | { part: 'days'; from: string; to: string }
  | { part: 'last'; key: string; needed?: boolean }
  | { part: 'among'; key: string; of: Choice; label?: string }
  | { part: 'one'; key: string; of: Choice; label?: string; optional?: true }
  | { part: 'texts'; key: string; of?: string; label?: string }
  /** What one should know of it. */
  | { part: 'note'; key: string }
  /** Places in the tree of regions. */
  | { part: 'regions'; key: 'in' }
  | { part: 'count'; key: string; min: number; max: number; label: string }
  | { part: 'flag'; key: string; label: string }
  | { part: 'time'; key: string }
  /** A field of the shop's own and what suits its kind. */
  | { part: 'own'; key: 'fieldId' }
  /** One thing after another. */
  | { part: 'steps'; key: 'steps' }
  /** From where to where within a visit. */
  | { part: 'way'; keys: readonly ['start', 'back', 'by', 'steps'] }

/** What one chooses from: a list of the vocabulary, or words that have a message. */
export type Choice =
  | { list: 'tag' | 'shop' | 'staff' | 'way' | 'product' | 'brand' | 'segment' | 'snapshot' | 'state' }
  | { words: readonly (string | number)[]; key: (word: string | number) => string }

const window: Part[] = [
  { part: 'last', key: 'days' },
  { part: 'days', from: 'from', to: 'to' },
  { part: 'time', key: 'during' },
]
/** Which products: also of each step of a sequence. */
export const products: Exclude<Part, { part: 'own' | 'steps' | 'way' }>[] = [
  { part: 'among', key: 'productIds', of: { list: 'product' }, label: 'product' },
  { part: 'texts', key: 'categories', of: 'categories', label: 'category' },
  { part: 'among', key: 'brandIds', of: { list: 'brand' }, label: 'brand' },
]
const ofOrders: Part[] = [
  ...window,
  { part: 'flag', key: 'sinceBirthday', label: 'since_birthday' },
  ...products,
  { part: 'range', from: 'priceFrom', to: 'priceTo', unit: 'money', label: 'price' },
  { part: 'among', key: 'shopIds', of: { list: 'shop' }, label: 'shop' },
  {
    part: 'among',
    key: 'weekdays',
    of: { words: [1, 2, 3, 4, 5, 6, 7], key: (word) => `segments.weekday.${word}` },
    label: 'weekday',
  },
  {
    part: 'among',
    key: 'nths',
    of: { words: [1, 2, 3, 4, 5, -1], key: (word) => `segments.nth.${word}` },
    label: 'nth',
  },
]
const number: Part = { part: 'range', from: 'atLeast', to: 'atMost' }
const money: Part = { ...number, unit: 'money' }
const sure: Part = { part: 'flag', key: 'sure', label: 'sure' }
const span: Part = { part: 'days', from: 'from', to: 'to' }
const days = ['firstPurchase', 'lastPurchase', 'added', 'lastTalked', 'nextTalk'] as const
const ahead: Part = { ...number, label: 'days_ahead' }
const textFields = ['country', 'province', 'city', 'gender'] as const
const field = (words: readonly string[]): Part => ({
  part: 'one',
  key: 'field',
  of: { words, key: (word) => `query.field.${word}` },
})
const parcelStep = { words: parcelSteps, key: (word: string | number) => `segments.parcel.${word}` }
const stage = { words: stages, key: (word: string | number) => `web.stage.${word}` }

type KindOf = { begin: Condition; parts: Part[] }

/** The kinds that one chooses from: each condition of the language is one of them. */
const table = {
  stage: {
    begin: { is: 'stage', in: ['silent'] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: stage,
      },
    ],
  },
  new: { begin: { is: 'new' }, parts: [] },
  moved: {
    begin: { is: 'moved', into: 'silent', days: 30 },
    parts: [
      { part: 'one', key: 'into', of: stage, label: 'into' },
      { part: 'one', key: 'out', of: stage, label: 'out', optional: true },
      ...window,
    ],
  },
  state: { begin: { is: 'state', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'state' } }] },
  class: {
    begin: { is: 'class', in: ['retain'] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: { words: ['retain', 'develop', 'loyal', 'ordinary'], key: (word) => `web.value.${word}` },
      },
    ],
  },
  score: {
    begin: { is: 'score', of: 'recency', atLeast: 4 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: {
          words: ['recency', 'frequency', 'monetary', 'frequencyMonetary'],
          key: (word) => `query.field.${word}`,
        },
      },
      number,
    ],
  },
  tagged: { begin: { is: 'tagged', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'tag' } }] },
  segment: { begin: { is: 'segment', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'segment' } }] },
  picked: {
    begin: { is: 'picked', in: [] },
    parts: [
      { part: 'among', key: 'in', of: { list: 'segment' } },
      { part: 'flag', key: 'out', label: 'kept_out' },
    ],
  },
  snapshot: {
    begin: { is: 'snapshot', in: [] },
    parts: [{ part: 'among', key: 'in', of: { list: 'snapshot' } }],
  },
  region: { begin: { is: 'region', in: [] }, parts: [{ part: 'regions', key: 'in' }, sure] },
  distance: {
    begin: { is: 'distance', atMost: 5 },
    parts: [
      { part: 'among', key: 'to', of: { list: 'shop' }, label: 'to_shops' },
      { part: 'range', from: 'atLeast', to: 'atMost', unit: 'any', label: 'kilometres' },
      { part: 'note', key: 'segments.note.distance' },
    ],
  },
  nearest: {
    begin: { is: 'nearest', in: [] },
    parts: [
      { part: 'among', key: 'in', of: { list: 'shop' } },
      { part: 'note', key: 'segments.note.distance' },
    ],
  },
  city: { begin: { is: 'text', field: 'city', in: [] }, parts: [{ part: 'texts', key: 'in', of: 'city' }, sure] },
  province: {
    begin: { is: 'text', field: 'province', in: [] },
    parts: [{ part: 'texts', key: 'in', of: 'province' }, sure],
  },
  country: {
    begin: { is: 'text', field: 'country', in: [] },
    parts: [{ part: 'texts', key: 'in', of: 'country' }, sure],
  },
  gender: {
    begin: { is: 'text', field: 'gender', in: ['female'] },
    parts: [{ part: 'texts', key: 'in', of: 'gender' }, sure],
  },
  birthday: { begin: { is: 'daysTo', of: 'birthday', atMost: 7 }, parts: [ahead, sure] },
  birthMonth: {
    begin: { is: 'birthMonth', in: [] },
    parts: [
      {
        part: 'among',
        key: 'in',
        of: { words: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], key: (word) => `segments.month.${word}` },
      },
      sure,
    ],
  },
  age: { begin: { is: 'age', atLeast: 25, atMost: 34 }, parts: [number, sure] },
  anniversary: {
    begin: { is: 'daysTo', of: 'firstPurchase', atMost: 7 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: { words: ['firstPurchase', 'added'], key: (word) => `query.field.${word}` },
      },
      ahead,
    ],
  },
  has: {
    begin: { is: 'has', what: 'phone' },
    parts: [{ part: 'one', key: 'what', of: { words: knownBy, key: (word) => `segments.has.${word}` } }],
  },
  may: {
    begin: { is: 'may', by: 'sms', for: 'promotion' },
    parts: [
      { part: 'one', key: 'by', of: { words: channels, key: (word) => `consent.channel.${word}` } },
      { part: 'one', key: 'for', of: { words: purposes, key: (word) => `consent.purpose.${word}` } },
    ],
  },
  known: { begin: { is: 'known', field: 'city' }, parts: [field([...textFields, 'region', 'birthday']), sure] },
  knownDay: { begin: { is: 'known', field: 'lastTalked' }, parts: [field([...days, 'birthYear'])] },
  owned: { begin: { is: 'owned' }, parts: [] },
  owner: { begin: { is: 'owner', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'staff' } }] },
  came: { begin: { is: 'came', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'way' } }, span] },
  shop: { begin: { is: 'shop', in: [] }, parts: [{ part: 'among', key: 'in', of: { list: 'shop' } }] },
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
    parts: [{ part: 'days', from: 'since', to: 'until' }, ...products],
  },
  firstBought: {
    begin: { is: 'firstBought' },
    parts: [...products, { part: 'among', key: 'shopIds', of: { list: 'shop' }, label: 'shop' }],
  },
  within: {
    begin: { is: 'within', field: 'lastPurchase', days: 30 },
    parts: [field(days), { part: 'last', key: 'days', needed: true }],
  },
  day: {
    begin: { is: 'day', field: 'added' },
    parts: [field(days), span, { part: 'time', key: 'during' }],
  },
  did: {
    begin: { is: 'did', kind: 'carted', days: 30 },
    parts: [
      { part: 'one', key: 'kind', of: { words: eventKinds, key: (word) => `query.event.${word}` } },
      { part: 'texts', key: 'names', label: 'names' },
      number,
      ...window,
      ...products,
    ],
  },
  lastOf: {
    begin: { is: 'orderDay', which: 'last' },
    parts: [{ part: 'days', from: 'since', to: 'until' }, ...products],
  },
  sequence: {
    begin: { is: 'sequence', steps: [{ did: 'viewed' }, { did: 'bought', not: true, within: 7 }], days: 90 },
    parts: [{ part: 'steps', key: 'steps' }, ...window],
  },
  reviewed: {
    begin: { is: 'reviewed', days: 90, ratingTo: 2 },
    parts: [
      number,
      { part: 'range', from: 'ratingFrom', to: 'ratingTo', label: 'rating' },
      {
        part: 'one',
        key: 'answered',
        of: { words: ['yes', 'no'], key: (word) => `segments.answered.${word}` },
        label: 'answered',
        optional: true,
      },
      ...window,
      ...products,
    ],
  },
  parcel: {
    begin: { is: 'parcel', step: 'shipped', not: 'received', atLeast: 7 },
    parts: [
      { part: 'one', key: 'step', of: parcelStep },
      { part: 'one', key: 'not', of: parcelStep, label: 'not_yet', optional: true },
      {
        part: 'one',
        key: 'after',
        of: { words: ['placed', 'shipped'], key: (word) => `segments.parcel.${word}` },
        label: 'days_from',
        optional: true,
      },
      { ...number, label: 'days' },
      ...window,
      ...products,
      { part: 'among', key: 'shopIds', of: { list: 'shop' }, label: 'shop' },
    ],
  },
  path: {
    begin: {
      is: 'path',
      start: 'arrival',
      steps: [{ in: [{ did: 'viewed' }] }, { in: [{ did: 'nothing' }] }],
      days: 28,
    },
    parts: [
      { part: 'way', keys: ['start', 'back', 'by', 'steps'] },
      { part: 'last', key: 'days' },
      span,
      { part: 'among', key: 'shopIds', of: { list: 'shop' }, label: 'shop' },
    ],
  },
  own: { begin: { is: 'own', fieldId: 0 }, parts: [{ part: 'own', key: 'fieldId' }, sure] },
  chance: {
    begin: { is: 'foretold', of: 'here', atMost: 50 },
    parts: [
      {
        part: 'one',
        key: 'of',
        of: { words: ['here', 'again90', 'again365'], key: (word) => `value.q.field.${word}` },
      },
      { ...number, label: 'percent' },
    ],
  },
  expected: {
    begin: { is: 'foretold', of: 'value365', atLeast: 100_000 },
    parts: [
      { part: 'one', key: 'of', of: { words: ['value90', 'value365'], key: (word) => `value.q.field.${word}` } },
      money,
    ],
  },
  likely: {
    begin: { is: 'likely', productIds: [] },
    parts: [
      { part: 'among', key: 'productIds', of: { list: 'product' } },
      { part: 'count', key: 'top', min: 1, max: 100, label: 'top' },
    ],
  },
  foretoldDay: {
    begin: { is: 'foretoldDay', of: 'next' },
    parts: [
      { part: 'one', key: 'of', of: { words: ['next', 'callBefore'], key: (word) => `value.q.field.${word}` } },
      span,
    ],
  },
  foretoldAction: {
    begin: { is: 'foretoldAction', in: ['late'] },
    parts: [{ part: 'among', key: 'in', of: { words: foretoldActions, key: (word) => `value.q.action.${word}` } }],
  },
  foretoldBy: {
    begin: { is: 'foretoldBy', in: ['own'] },
    parts: [{ part: 'among', key: 'in', of: { words: foretellers, key: (word) => `value.q.step.${word}` } }],
  },
  everyone: { begin: { is: 'everyone' }, parts: [] },
  share: {
    begin: { is: 'share', percent: 10, seed: 1 },
    parts: [
      { part: 'count', key: 'percent', min: 1, max: 99, label: 'percent' },
      { part: 'count', key: 'seed', min: 0, max: 1_000_000, label: 'seed' },
    ],
  },
} as const satisfies Record<string, KindOf>

export type Kind = keyof typeof table

export const kinds = Object.keys(table) as Kind[]

export function begin(kind: Kind): Condition {
  return structuredClone(table[kind].begin) as unknown as Condition
}

export function partsOf(kind: Kind): readonly Part[] {
  return table[kind].parts
}

/** A condition that joins no others. */
export type Leaf = Exclude<Condition, { is: 'and' | 'or' | 'not' }>

/** Which of the kinds a condition is. */
export function kindOf(one: Leaf): Kind {
  switch (one.is) {
    case 'text':
    case 'number':
      return one.field
    case 'orders':
      return one.of
    case 'orderDay':
      return one.which === 'first' ? 'first' : 'lastOf'
    case 'foretold':
      return one.of.startsWith('value') ? 'expected' : 'chance'
    case 'daysTo':
      return one.of === 'birthday' ? 'birthday' : 'anniversary'
    case 'known':
      return one.field === 'birthday' || one.field === 'region' || textFields.some((field) => field === one.field)
        ? 'known'
        : 'knownDay'
    default:
      return one.is
  }
}
