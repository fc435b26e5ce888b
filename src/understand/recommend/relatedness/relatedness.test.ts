import { describe, expect, test } from 'vitest'
import { measured } from '../testing/measure.ts'
import { citeulike, isThere, mcrec, rowOf, taFeng, takenOf } from '../testing/published.ts'
import { easeOf } from './ease.ts'
import { mostOften } from './frequency.ts'
import { invert } from './inverse.ts'
import { type Matrix, matrixOf, transposed } from './matrix.ts'
import { neighboursOf } from './neighbours.ts'
import { ranker } from './score.ts'
import { topOf } from './top.ts'

describe('what goes with what, in a shop one can see through', () => {
  // Tea (0) and pots (1) are bought together, bread (2) by everybody, candles (3) by one.
  const taken = takenOf(
    [
      ...[0, 1, 2].map((person) => [person, 0]),
      ...[0, 1].map((person) => [person, 1]),
      ...[0, 1, 2, 3].map((person) => [person, 2]),
      [3, 3],
    ],
    4,
    4,
  )

  test('products that the same people took are near, each list rising by product, nothing near to itself', () => {
    const near = neighboursOf(taken, { weighing: 'plain', shrink: 0, most: 2 })

    const likeness = (product: number) => {
      const { products, weights } = rowOf(near, product)
      return [...products].map((other, at) => [other, Number(weights[at]!.toFixed(3))])
    }
    expect(likeness(0)).toEqual([
      [1, 0.816],
      [2, 0.866],
    ])
    expect(likeness(3)).toEqual([[2, 0.5]])
  })

  test('a list holds nothing that was left out, nothing that nobody speaks for, and what was given back speaks against', () => {
    const near = neighboursOf(taken, { weighing: 'plain', shrink: 0, most: 3 })
    const rank = (products: number[], weights: number[]) =>
      ranker(near).rank(Int32Array.from(products), Float32Array.from(weights), 10, products).products

    expect([...rank([0], [1])]).toEqual([2, 1])
    expect([...rank([0, 3], [-1, 1])]).toEqual([])
    expect([...rank([0, 3], [1, -1])]).toEqual([1, 2])
  })

  test('one ranker serves one person after another as if each were the first', () => {
    const one = ranker(neighboursOf(taken, { weighing: 'plain', shrink: 0, most: 3 }))

    one.rank(Int32Array.of(0, 1, 2), Float32Array.of(1, 1, 1), 10)

    expect([...one.rank(Int32Array.of(3), Float32Array.of(1), 10).products]).toEqual([2])
  })
})

test('cells of one place are summed, rows and columns turn into each other', () => {
  const cells = {
    rows: Int32Array.of(2, 0, 2, 2),
    columns: Int32Array.of(1, 0, 1, 0),
    values: Float32Array.of(1, 2, 3, 4),
    count: 4,
  }

  const matrix = matrixOf(3, 2, cells)

  expect(matrix).toMatchObject({ starts: Int32Array.of(0, 1, 1, 3), columns: Int32Array.of(0, 0, 1) })
  expect([...matrix.values]).toEqual([2, 4, 4])
  expect(transposed(transposed(matrix))).toEqual(matrix)
})

test('the highest come first, of equal ones the lower place, however many there are', () => {
  const values = Float64Array.from({ length: 1000 }, (_, place) => (place * 7919) % 97)
  const places = Int32Array.from(values.keys())
  const all = [...places].sort((a, b) => values[b]! - values[a]! || a - b)

  for (const most of [1, 10, 500, 999, 1000, 2000])
    expect([...topOf(places.slice(), values, most)]).toEqual(all.slice(0, most))
})

test('a matrix times its inverse is one; one that has none is refused', () => {
  const n = 23
  const a = Float64Array.from({ length: n * n }, (_, at) => {
    const [row, column] = [Math.floor(at / n), at % n]
    return (row === column ? 30 : 0) + Math.cos((row + 1) * (column + 1))
  })
  const inverse = a.slice()
  invert(inverse, n)

  for (let row = 0; row < n; row += 1) {
    for (let column = 0; column < n; column += 1) {
      let sum = 0
      for (let k = 0; k < n; k += 1) sum += a[row * n + k]! * inverse[k * n + column]!
      expect(sum).toBeCloseTo(row === column ? 1 : 0, 10)
    }
  }
  expect(() => invert(Float64Array.of(1, 2, 2, 1), 2)).toThrow('not positive definite')
})

test('what a person takes most comes first, then what everybody does', () => {
  const shop = { sold: [9, 5, 5, 1], popular: [0, 1, 2, 3], most: 4 }

  expect(mostOften([[3], [1, 3], [2]], { ...shop, tie: 'earliest' })).toEqual([3, 1, 2, 0])
  expect(mostOften([[3], [2], [0]], { ...shop, tie: 'most sold' })).toEqual([0, 2, 3, 1])
})

/** Figures of tables that others printed. */
describe('held against the literature', () => {
  const absent = (file: string) => !isThere(file)

  /** Lists of ten, all that a person did not take yet ranked. */
  function listsOf(near: Matrix, taken: Matrix, later: { person: number; took: Set<number> }[]) {
    const { rank } = ranker(near)
    return measured(
      later.map(({ person, took }) => {
        const { products, weights } = rowOf(taken, person)
        return { list: rank(products, weights, 10, products).products, took }
      }),
      10,
    )
  }

  test.skipIf(absent('ml-100k-mcrec/ml-100k.test.rating'))(
    'item-kNN and EASE on ML-100k as MCRec split it (skipped without ../shared/data/ml-100k-mcrec)',
    () => {
      const { taken, later } = mcrec()

      const knn = listsOf(neighboursOf(taken, { weighing: 'bm25', shrink: 403, most: 886 }), taken, later)
      const ease = listsOf(easeOf(taken, { lambda: 458, most: Number.POSITIVE_INFINITY }), taken, later)

      expect(Math.abs(knn.ndcg - 0.2571)).toBeLessThan(0.001)
      expect(Math.abs(knn.precision - 0.3293)).toBeLessThan(0.001)
      expect(Math.abs(knn.recall - 0.2152)).toBeLessThan(0.001)
      expect(Math.abs(ease.ndcg - 0.2905)).toBeLessThan(0.001)
      expect(Math.abs(ease.precision - 0.3739)).toBeLessThan(0.001)
      expect(Math.abs(ease.recall - 0.243)).toBeLessThan(0.001)
    },
  )

  test.skipIf(absent('citeulike-a/cmn-train.tsv.gz'))(
    'item-kNN on CiteULike-a as CMN split it (skipped without ../shared/data/citeulike-a)',
    () => {
      const { taken, later } = citeulike()
      const { rank, sums } = ranker(neighboursOf(taken, { weighing: 'tfidf', shrink: 999, most: 594 }))

      const found = measured(
        later.map(({ person, took, others }) => {
          const { products, weights } = rowOf(taken, person)
          rank(products, weights, 0)
          // Of equal scores the one that was taken comes last: no luck of the order.
          const list = [...others, took].sort((a, b) => sums[b]! - sums[a]!)
          return { list, took: new Set([took]) }
        }),
        10,
      )

      expect(Math.abs(found.hit - 0.8925)).toBeLessThan(0.001)
      expect(Math.abs(found.ndcg - 0.7267)).toBeLessThan(0.001)
    },
  )

  test.skipIf(absent('ta-feng/tafeng_history.json.gz'))(
    'GP-TopFreq on Ta-Feng, of equal frequency what was first taken earlier (skipped without ../shared/data/ta-feng)',
    () => {
      const { people, products } = taFeng()
      const sold = new Float64Array(products)
      for (const { baskets } of people) for (const product of baskets.flat()) sold[product]! += 1
      const popular = [...sold.keys()].sort((a, b) => sold[b]! - sold[a]!)

      const lists = people.map(({ baskets, later }) => ({
        list: mostOften(baskets, { sold, popular, most: 20, tie: 'earliest' }),
        took: new Set(later),
      }))

      const [ten, twenty] = [measured(lists, 10), measured(lists, 20)]
      for (const [found, printed] of [
        [ten.recall, 0.1195],
        [ten.ndcg, 0.1007],
        [ten.hit, 0.3721],
        [twenty.recall, 0.1684],
        [twenty.ndcg, 0.1202],
        [twenty.hit, 0.4846],
      ] as const)
        expect(Math.abs(found - printed)).toBeLessThan(0.003)
    },
  )
})
