import { type Condition, stages } from '#understand/query/contract.ts'

/** A part of a condition; `more`: one that narrows it further, shown where it says something or was asked for. */
export type Part = { more?: true } & Asked

/** What is asked, one of: a range of numbers or money, of days, a window, a list, a choice, yes or no, steps. */
type Asked =
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

export const span: Part = { part: 'days', from: 'from', to: 'to' }
export const shopsOf: Part = { part: 'among', key: 'shopIds', of: { list: 'shop' }, label: 'shop' }

export const window: Part[] = [
  { part: 'last', key: 'days' },
  { ...span, more: true },
  { part: 'time', key: 'during', more: true },
]
/** Which products: also of each step of a sequence. */
export const products: Exclude<Part, { part: 'own' | 'steps' | 'way' }>[] = [
  { part: 'among', key: 'productIds', of: { list: 'product' }, label: 'product' },
  { part: 'texts', key: 'categories', of: 'categories', label: 'category' },
  { part: 'among', key: 'brandIds', of: { list: 'brand' }, label: 'brand' },
]

/** Parts that narrow a condition further. */
export const narrowing = (...parts: readonly Part[]): Part[] => parts.map((part) => ({ ...part, more: true }))

export const ofOrders: Part[] = [
  ...window,
  ...narrowing(
    { part: 'flag', key: 'sinceBirthday', label: 'since_birthday' },
    ...products,
    { part: 'range', from: 'priceFrom', to: 'priceTo', unit: 'money', label: 'price' },
    shopsOf,
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
  ),
]
export const number = { part: 'range', from: 'atLeast', to: 'atMost' } as const satisfies Part
export const money = { ...number, unit: 'money' } as const satisfies Part
export const sure: Part = { part: 'flag', key: 'sure', label: 'sure', more: true }
export const days = ['firstPurchase', 'lastPurchase', 'added', 'lastTalked', 'nextTalk'] as const
export const ahead: Part = { ...number, label: 'days_ahead' }
export const textFields = ['country', 'province', 'city', 'gender'] as const
export const field = (words: readonly string[]): Part => ({
  part: 'one',
  key: 'field',
  of: { words, key: (word) => `query.field.${word}` },
})
export const stage = { words: stages, key: (word: string | number) => `web.stage.${word}` }

/** A kind of condition: how it begins when it is chosen, and what one says of it. */
export type KindOf = { begin: Condition; parts: Part[] }

/** The keys of a condition that a part fills. */
export function keysOf(part: Part): readonly string[] {
  if ('key' in part) return [part.key]
  return 'keys' in part ? part.keys : [part.from, part.to]
}

/** What a part is called, where it can be asked for by name. */
export function nameOf(part: Part): string {
  if (part.part === 'days') return 'segments.part.span'
  if (part.part === 'time') return 'segments.part.during'
  return `segments.part.${'label' in part ? part.label : part.part}`
}
