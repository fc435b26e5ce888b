import { mostOften } from '#understand/recommend/relatedness/frequency.ts'
import type { Matrix } from '#understand/recommend/relatedness/matrix.ts'
import { ranker } from '#understand/recommend/relatedness/score.ts'
import { topOf } from '#understand/recommend/relatedness/top.ts'
import { type Measured, measured } from '#understand/recommend/testing/measure.ts'
import { type CutSet, rowOf, takenIn } from './sets.ts'

/** How one method fared on one set, lists of ten of all products. */
export type Fared = Measured & {
  set: string
  /** `any`: all that came then counts; `new`: what the person had not bought before, which is left out of the lists. */
  of: 'any' | 'new'
  method: string
  /** Share of the products that stand on any list. */
  coverage: number
  /** Share of the lists' places that hold what the person took before. */
  repeated: number
  /** Share of people whose list holds the product that most lists hold. */
  most: number
  /** To learn; nothing where there is nothing to learn. */
  seconds: number
}

type Lister = (person: number) => ArrayLike<number>

const length = 10

export function fare(set: CutSet, of: 'any' | 'new', method: string, seconds: number, list: Lister): Fared {
  const listed = new Map<number, number>()
  let places = 0
  let repeated = 0
  const people = set.later.flatMap(({ person, took }) => {
    const before = new Set(set.occasions[person]!.flat())
    const wanted = new Set(of === 'any' ? took : took.filter((product) => !before.has(product)))
    if (wanted.size === 0) return []
    const own = list(person)
    for (let at = 0; at < Math.min(length, own.length); at += 1) {
      places += 1
      if (before.has(own[at]!)) repeated += 1
      listed.set(own[at]!, (listed.get(own[at]!) ?? 0) + 1)
    }
    return [{ list: own, took: wanted }]
  })
  return {
    set: set.name,
    ...{ of, method, seconds },
    ...measured(people, length),
    coverage: listed.size / set.products,
    repeated: repeated / Math.max(1, places),
    most: Math.max(0, ...listed.values()) / people.length,
  }
}

/** What all take most, and what a person does. */
export function frequencies(set: CutSet): Fared[] {
  const sold = new Float64Array(set.products)
  for (const product of set.occasions.flat(2)) sold[product]! += 1
  const popular = [...sold.keys()].sort((a, b) => sold[b]! - sold[a]!)
  const best: Lister = (person) => {
    const before = new Set(set.occasions[person]!.flat())
    return popular.filter((product, at) => at < 2000 && !before.has(product)).slice(0, length)
  }
  const own =
    (tie: 'earliest' | 'most sold'): Lister =>
    (person) =>
      mostOften(set.occasions[person]!, { sold, popular, most: length, tie })
  return [
    fare(set, 'any', 'best sellers', 0, () => popular.slice(0, length)),
    fare(set, 'any', 'GP-TopFreq, of equals the earliest', 0, own('earliest')),
    fare(set, 'any', 'GP-TopFreq, of equals the best seller', 0, own('most sold')),
    fare(set, 'new', 'best sellers', 0, best),
  ]
}

/**
 * A method that says what goes with what, as it is and with what a person took or put aside saying more for itself.
 * @param owns how much: 0 nothing
 */
export function related(
  set: CutSet,
  method: string,
  learn: (taken: Matrix) => Matrix,
  { owns, aside }: { owns: readonly number[]; aside: boolean },
): Fared[] {
  const taken = takenIn(set, { aside })
  const began = performance.now()
  const near = learn(taken)
  const seconds = (performance.now() - began) / 1000
  const { rank, sums } = ranker(near)
  const list =
    (of: 'any' | 'new', own: number): Lister =>
    (person) => {
      const { products } = rowOf(taken, person)
      const before = set.occasions[person]!
      const times = new Map<number, number>()
      for (const product of before.flat()) times.set(product, (times.get(product) ?? 0) + 1)
      rank(products, new Float32Array(products.length).fill(1), 0)
      const candidates = new Set<number>(products)
      for (let product = 0; product < sums.length; product += 1) if (sums[product]! > 0) candidates.add(product)
      const scores = new Map<number, number>()
      for (const product of candidates) {
        const taken = times.get(product) ?? 0
        if (of === 'new' && taken > 0) continue
        const self = products.includes(product) ? own * Math.max(1, taken) : 0
        scores.set(product, sums[product]! + self)
      }
      const kept = Int32Array.from(scores.keys())
      const values = Float64Array.from(kept, (product) => scores.get(product)!)
      return Int32Array.from(topOf(Int32Array.from(kept.keys()), values, length), (at) => kept[at]!)
    }
  return owns.flatMap((own) => {
    const name = own > 0 ? `${method}, own things first` : method
    return [
      fare(set, 'new', name, seconds, list('new', own)),
      ...(own > 0 ? [fare(set, 'any', name, seconds, list('any', own))] : []),
    ]
  })
}
