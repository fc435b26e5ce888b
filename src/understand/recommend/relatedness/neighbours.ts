import { type Matrix, transposed } from './matrix.ts'
import { highest } from './top.ts'
import { type Weighing, weighed } from './weigh.ts'

export type NeighbourOptions = {
  weighing: Weighing
  /** Added to the product of the lengths: two products that few took together are not near by that chance. */
  shrink: number
  /** Kept of each product. */
  most: number
}

/**
 * Which products go with which: item-kNN by cosine over a matrix of people (rows) by products (columns).
 *
 * Work is the sum of the squares of what each person took; memory beside the result is the matrix twice and 12 bytes a product, however
 * many products: one product's neighbours are found at a time.
 * @returns for each product (row) its nearest with their likeness, at most `most`, rising by product
 */
export function neighboursOf(taken: Matrix, { weighing, shrink, most }: NeighbourOptions): Matrix {
  const people = weighed(taken, weighing)
  const products = transposed(people)
  const lengths = lengthsOf(products)
  const sums = new Float64Array(products.rows)
  const met = new Int32Array(products.rows)
  const starts = new Int32Array(products.rows + 1)
  const columns = growing(Int32Array, products.rows * Math.min(most, 32))
  const values = growing(Float32Array, products.rows * Math.min(most, 32))
  for (let product = 0; product < products.rows; product += 1) {
    const count = gather(product, products, people, sums, met)
    for (let at = 0; at < count; at += 1) {
      const other = met[at]!
      sums[other]! /= lengths[product]! * lengths[other]! + shrink + 1e-6
    }
    const likely = met.subarray(0, count).filter((other) => sums[other]! > 0)
    const near = highest(likely, sums, most).sort()
    for (const other of near) {
      columns.push(other)
      values.push(sums[other]!)
    }
    for (const other of met.subarray(0, count)) sums[other] = 0
    starts[product + 1] = columns.length()
  }
  return { rows: products.rows, width: products.rows, starts, columns: columns.all(), values: values.all() }
}

/** Sums what each other product has in common with one; `met` begins with those others. @returns how many */
function gather(product: number, products: Matrix, people: Matrix, sums: Float64Array, met: Int32Array): number {
  let count = 0
  for (let at = products.starts[product]!; at < products.starts[product + 1]!; at += 1) {
    const person = products.columns[at]!
    const weight = products.values[at]!
    for (let place = people.starts[person]!; place < people.starts[person + 1]!; place += 1) {
      const other = people.columns[place]!
      if (other === product) continue
      if (sums[other] === 0) met[count++] = other
      sums[other]! += weight * people.values[place]!
      // A sum that comes back to nothing would be met twice.
      if (sums[other] === 0) sums[other] = Number.MIN_VALUE
    }
  }
  return count
}

function lengthsOf({ rows, starts, values }: Matrix): Float64Array {
  const lengths = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) {
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) lengths[row]! += values[at]! ** 2
    lengths[row] = Math.sqrt(lengths[row]!)
  }
  return lengths
}

/** A typed array that grows by half. */
function growing<A extends Int32Array | Float32Array>(Kind: new (length: number) => A, expected: number) {
  let kept = new Kind(Math.max(1024, expected))
  let count = 0
  return {
    push(value: number) {
      if (count === kept.length) {
        const wider = new Kind(Math.ceil(kept.length * 1.5))
        wider.set(kept)
        kept = wider
      }
      kept[count++] = value
    },
    length: () => count,
    all: () => kept.slice(0, count) as A,
  }
}
