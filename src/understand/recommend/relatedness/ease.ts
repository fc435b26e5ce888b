import { invert } from './inverse.ts'
import { type Matrix, transposed } from './matrix.ts'
import { highest } from './top.ts'

/**
 * EASE (Steck 2019): the weights by which what a person took best foretells each product, all products at once. 8 bytes × n² and n³/2
 * multiply-adds for n products: for a few thousand, and to measure others by. Weights below zero are kept.
 * @param lambda holds the weights down
 * @param most kept of each product, the largest in size
 * @returns for each product (row) the products that speak for it, with their weights
 */
export function easeOf(taken: Matrix, { lambda, most }: { lambda: number; most: number }): Matrix {
  const n = taken.width
  const gram = gramOf(taken)
  for (let product = 0; product < n; product += 1) gram[product * n + product]! += lambda
  invert(gram, n)
  const kept = Math.min(most, n - 1)
  const starts = Int32Array.from({ length: n + 1 }, (_, row) => row * kept)
  const columns = new Int32Array(n * kept)
  const values = new Float32Array(n * kept)
  const sizes = new Float64Array(n)
  for (let product = 0; product < n; product += 1) {
    const places = new Int32Array(n - 1)
    // Speaking for column j is row i of B: -P[i][j] / P[j][j]; P is symmetric, so row j is read along.
    const own = gram[product * n + product]!
    for (let other = 0; other < n; other += 1) {
      sizes[other] = Math.abs(gram[product * n + other]!)
      if (other !== product) places[other < product ? other : other - 1] = other
    }
    const best = highest(places, sizes, kept).sort()
    for (let at = 0; at < kept; at += 1) {
      columns[product * kept + at] = best[at]!
      values[product * kept + at] = -gram[product * n + best[at]!]! / own
    }
  }
  return { rows: n, width: n, starts, columns, values }
}

/** How often products were taken together, with the weights: the lower triangle of XᵀX. */
function gramOf(taken: Matrix): Float64Array {
  const n = taken.width
  const gram = new Float64Array(n * n)
  const products = transposed(taken)
  for (let product = 0; product < n; product += 1) {
    for (let at = products.starts[product]!; at < products.starts[product + 1]!; at += 1) {
      const person = products.columns[at]!
      const value = products.values[at]!
      for (let place = taken.starts[person]!; place < taken.starts[person + 1]!; place += 1) {
        const other = taken.columns[place]!
        if (other > product) break
        gram[product * n + other]! += value * taken.values[place]!
      }
    }
  }
  return gram
}
