import { mostAlike, shelvesOf, type Traits } from '../alike.ts'
import { type Habit, habitsOf } from '../habit.ts'
import type { Told } from '../next.ts'
import { type Matrix, matrixOf, transposed } from '../relatedness/matrix.ts'
import { isReturned, type Signal, wishOf } from '../signal.ts'
import { relate } from './method.ts'

/** Of each person the last so many products count: who bought thousands of them is a dealer, and cost grows with the square. */
const mostOfPerson = 200
/** A product that fewer people took has neighbours by what is written of it, too. */
const fewTakers = 5
const mostAlikeOf = 20

export type Offered = Traits & { offered: boolean }

export type Related = { productId: number; otherId: number; weight: number; together: number; alike: boolean }

export type Model = Told & {
  /** Products of which anything is told, with how many people took them. */
  products: { productId: number; takers: number; habit: Habit }[]
  allRelated(): Iterable<Related>
  people: number
  taken: number
}

/**
 * Collects who took what, then makes a model of it. Holds 12 bytes for each person and product that were taken, in arrays that grow.
 */
export function modelMaker(products: readonly Offered[]): { add(signals: readonly Signal[]): void; model(): Model } {
  const places = new Map(products.map(({ id }, place) => [id, place]))
  const habits = habitsOf(products.length)
  let rows = new Int32Array(1 << 16)
  let columns = new Int32Array(1 << 16)
  let count = 0
  let people = 0
  return {
    add(signals) {
      const taken = signals
        .filter((signal) => places.has(signal.productId) && isTaken(signal))
        .sort((a, b) => lastOf(b) - lastOf(a))
        .slice(0, mostOfPerson)
      for (const { productId, bought } of signals) {
        const place = places.get(productId)
        if (place !== undefined) habits.note(place, bought)
      }
      if (taken.length === 0) return
      for (const { productId } of taken) {
        if (count === rows.length) {
          rows = wider(rows)
          columns = wider(columns)
        }
        rows[count] = people
        columns[count] = places.get(productId)!
        count += 1
      }
      people += 1
    },
    model() {
      const taken = matrixOf(people, products.length, { rows, columns, values: new Float32Array(count).fill(1), count })
      return modelOf(products, places, taken, habits.all())
    },
  }
}

/** Taken: bought and kept, or put aside. A look is no more than a look. */
function isTaken(signal: Signal): boolean {
  if (signal.bought.length > 0) return !isReturned(signal)
  const wish = wishOf(signal, 0)?.wish
  return wish === 'favoured' || wish === 'carted'
}

function lastOf({ bought, favoured, carted }: Signal): number {
  return Math.max(bought.at(-1) ?? 0, favoured, carted)
}

function modelOf(
  products: readonly Offered[],
  places: ReadonlyMap<number, number>,
  taken: Matrix,
  habits: readonly Habit[],
): Model {
  const near = relate(taken)
  const takers = new Int32Array(products.length)
  for (const column of taken.columns) takers[column]! += 1
  // Rows become what was taken, columns what it speaks for.
  const speaks = transposed(near)
  const together = transposed({ ...near, values: near.together })
  const alike = alikeOf(products, takers, places)

  function* related(place: number): Generator<Related> {
    const productId = products[place]!.id
    for (let at = speaks.starts[place]!; at < speaks.starts[place + 1]!; at += 1) {
      const other = products[speaks.columns[at]!]!
      if (speaks.values[at] === 0 || !other.offered) continue
      yield { productId, otherId: other.id, weight: speaks.values[at]!, together: together.values[at]!, alike: false }
    }
    for (const { other, likeness } of alike.get(place) ?? [])
      yield { productId, otherId: products[other]!.id, weight: likeness, together: 0, alike: true }
  }

  return {
    people: taken.rows,
    taken: taken.columns.length,
    products: products.flatMap(({ id }, place) =>
      takers[place]! + habits[place]!.buyers > 0
        ? [{ productId: id, takers: takers[place]!, habit: habits[place]! }]
        : [],
    ),
    *allRelated() {
      for (const place of products.keys()) yield* related(place)
    },
    *related(productId) {
      const place = places.get(productId)
      if (place === undefined) return
      for (const { otherId, weight, alike } of related(place)) yield { productId: otherId, weight, alike }
    },
    habit: (productId) => habits[places.get(productId) ?? -1],
    isOffered: (productId) => products[places.get(productId) ?? -1]?.offered ?? false,
  }
}

/** Of each product those that are new or little taken, and like it. */
function alikeOf(
  products: readonly Offered[],
  takers: Int32Array,
  places: ReadonlyMap<number, number>,
): Map<number, { other: number; likeness: number }[]> {
  const found = new Map<number, { other: number; likeness: number }[]>()
  const shelves = shelvesOf(products.filter((_, place) => takers[place]! >= fewTakers))
  for (const [other, product] of products.entries()) {
    if (!product.offered || takers[other]! >= fewTakers) continue
    for (const { id, likeness } of mostAlike(product, shelves, mostAlikeOf)) {
      const place = places.get(id)!
      const list = found.get(place) ?? []
      found.set(place, list)
      list.push({ other, likeness })
    }
  }
  return found
}

function wider(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(array.length * 2)
  result.set(array)
  return result
}
