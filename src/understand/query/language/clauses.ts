import { type Days, type During, type OfOrders, type OfProducts, timeNames } from '../contract.ts'
import { endsWritten, nextNumber, readEnds } from './ends.ts'
import type { NameKind, Names } from './names.ts'
import type { Reader } from './reader.ts'
import { weekdayWords, wordOf, wordsIn } from './words.ts'
import { listWritten, nameWritten, numberWritten, textWritten } from './written.ts'

/** What stands in brackets after a head, in any order, each once: its first word, and what reads the rest of it. */
export type Clauses<T> = { [word: string]: (reader: Reader) => Partial<T> }

/** Clauses in brackets, or none. @param first what must stand before them */
export function readClauses<T extends object>(
  reader: Reader,
  clauses: Clauses<T>,
  first?: () => Partial<T>,
): Partial<T> {
  if (first) reader.mustSign('(')
  else if (!reader.sign('(')) return {}
  const found: Partial<T> = {}
  const left = new Set(Object.keys(clauses))
  if (first) Object.assign(found, first())
  else if (reader.sign(')')) return found
  for (let more = !first; ; more = true) {
    if (more) {
      const word = reader.mustWord(...left)
      left.delete(word)
      Object.assign(found, clauses[word]!(reader))
    }
    if (reader.sign(')')) return found
    reader.mustSign(',')
  }
}

/** One or more, after `=` or `in (…)`. */
export function readList<T>(reader: Reader, one: () => T): T[] {
  if (reader.sign('=')) return [one()]
  if (!reader.word('in')) return reader.fail()
  reader.mustSign('(')
  const found = [one()]
  while (reader.sign(',')) found.push(one())
  reader.mustSign(')')
  return found
}

/** `sure` behind a condition: only what the person or staff said. */
export const readSure = (reader: Reader): { sure?: true } => (reader.word('sure') ? { sure: true } : {})
export const sureWritten = ({ sure }: { sure?: true }) => (sure ? ' sure' : '')

export const readNames = (reader: Reader, kind: NameKind) => readList(reader, () => reader.id(kind))

export function readLast(reader: Reader): number {
  const count = reader.number()
  reader.mustWord('days')
  return count
}

const duringClauses: Clauses<During> = {
  ago: (reader) => ({ ago: reader.number() }),
  before: (reader) => ({ before: reader.number() }),
  after: (reader) => ({ after: reader.number() }),
}

/** `mid_autumn`, `spring_festival(before 14, after 3)`, `season(ago 1)`. */
export function readDuring(reader: Reader): During {
  const of = reader.mustWord(...timeNames)
  return { ...readClauses<During>(reader, duringClauses), of }
}

export function duringWritten({ of, ago, before, after }: During): string {
  const clauses = Object.entries({ ago, before, after }).flatMap(([word, value]) =>
    value === undefined ? [] : [`${word} ${value}`],
  )
  return `during ${of}${inBrackets(clauses)}`
}

/** `last 30 days`, `from 2026-01-01`, `to 2026-02-01`. */
export const dayClauses: Clauses<Days> = {
  last: (reader) => ({ days: readLast(reader) }),
  from: (reader) => ({ from: reader.day() }),
  to: (reader) => ({ to: reader.day() }),
  during: (reader) => ({ during: readDuring(reader) }),
}

export const productClauses: Clauses<OfProducts> = {
  product: (reader) => ({ productIds: readNames(reader, 'product') }),
  category: (reader) => ({ categories: readList(reader, () => reader.text('category')) }),
  brand: (reader) => ({ brandIds: readNames(reader, 'brand') }),
}

export const orderClauses: Clauses<OfOrders & Days> = {
  ...dayClauses,
  ...productClauses,
  shop: (reader) => ({ shopIds: readNames(reader, 'shop') }),
  since(reader) {
    reader.mustWord('birthday')
    return { sinceBirthday: true }
  },
  weekday: (reader) => ({
    weekdays: readList(reader, () => weekdayWords[reader.mustWord(...wordsIn(weekdayWords))]),
  }),
  nth: (reader) => ({ nths: readList(reader, () => (reader.word('last') ? -1 : reader.number())) }),
  price(reader) {
    const { from, to } = readEnds(reader, () => reader.number({ money: true }), nextNumber)
    if (from === undefined && to === undefined) return reader.fail()
    return { ...(from === undefined ? {} : { priceFrom: from }), ...(to === undefined ? {} : { priceTo: to }) }
  },
}

export function daysWritten({ days, from, to, during }: Days): string[] {
  return [
    ...(days === undefined ? [] : [`last ${days} days`]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
    ...(during ? [duringWritten(during)] : []),
  ]
}

export function productsWritten({ productIds, categories, brandIds }: OfProducts, names: Names): string[] {
  const ids = (kind: NameKind, list: readonly number[]) => listWritten(list.map((id) => nameWritten(names, kind, id)))
  return [
    ...(productIds ? [`product ${ids('product', productIds)}`] : []),
    ...(categories ? [`category ${listWritten(categories.map(textWritten))}`] : []),
    ...(brandIds ? [`brand ${ids('brand', brandIds)}`] : []),
  ]
}

export function ordersWritten(of: OfOrders & Days, names: Names): string[] {
  const { shopIds, weekdays, nths, priceFrom, priceTo, sinceBirthday } = of
  const price = endsWritten({ from: priceFrom, to: priceTo }, (value) => numberWritten(value, names.digits))
  return [
    ...daysWritten(of),
    ...(sinceBirthday ? ['since birthday'] : []),
    ...productsWritten(of, names),
    ...(shopIds ? [`shop ${listWritten(shopIds.map((id) => nameWritten(names, 'shop', id)))}`] : []),
    ...(weekdays ? [`weekday ${listWritten(weekdays.map((day) => wordOf(weekdayWords, day)))}`] : []),
    ...(nths ? [`nth ${listWritten(nths.map((nth) => (nth === -1 ? 'last' : String(nth))))}`] : []),
    ...(price ? [`price${price}`] : []),
  ]
}

/** In brackets; nothing where there are none. */
export function inBrackets(clauses: readonly string[]): string {
  return clauses.length > 0 ? `(${clauses.join(', ')})` : ''
}
