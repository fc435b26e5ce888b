import { type Matrix, transposed } from './matrix.ts'
import { topOf } from './top.ts'

/** A list of products for one person, the best first. */
export type Ranked = { products: Int32Array; scores: Float64Array }

/**
 * Ranks products for people by what is near to what they took. Holds one sum a product, so one person after another costs nothing
 * anew.
 * @param neighbours of each product (row), as `neighboursOf` gives them
 */
export function ranker(neighbours: Matrix): {
  /**
   * @param products what a person took, with how much each counts (`weights`; below zero: turned away from it)
   * @param most length of the list
   * @param leaveOut products that are not to be on it
   */
  rank(products: Int32Array, weights: Float32Array, most: number, leaveOut?: Iterable<number>): Ranked
  /** The score of each product after a `rank`; 0 where nothing speaks for it. Overwritten by the next. */
  sums: Float64Array
} {
  // Rows are what was taken, columns what it speaks for.
  const spokenFor = transposed(neighbours)
  const sums = new Float64Array(neighbours.rows)
  const met = new Int32Array(neighbours.rows)
  const seen = new Uint8Array(neighbours.rows)
  let count = 0
  return {
    sums,
    rank(products, weights, most, leaveOut = []) {
      for (const product of met.subarray(0, count)) {
        sums[product] = 0
        seen[product] = 0
      }
      count = 0
      for (let at = 0; at < products.length; at += 1) {
        const weight = weights[at]!
        const taken = products[at]!
        for (let place = spokenFor.starts[taken]!; place < spokenFor.starts[taken + 1]!; place += 1) {
          const product = spokenFor.columns[place]!
          if (!seen[product]) {
            seen[product] = 1
            met[count++] = product
          }
          sums[product]! += weight * spokenFor.values[place]!
        }
      }
      for (const product of leaveOut) sums[product] = 0
      const candidates = met.slice(0, count).filter((product) => sums[product]! > 0)
      const best = topOf(candidates, sums, most)
      return { products: best, scores: Float64Array.from(best, (product) => sums[product]!) }
    },
  }
}
