import type { Matrix } from './matrix.ts'

/** How what people took is weighed before products are compared. */
export type Weighing = 'plain' | 'tfidf' | 'bm25'

/**
 * Weighs a matrix of people (rows) by products (columns): who takes everything says little of each. Products are the documents and
 * people their terms, as in the papers that the results are held against (Ferrari Dacrema et al., TOIS 2021).
 */
export function weighed(matrix: Matrix, by: Weighing): Matrix {
  if (by === 'plain') return matrix
  const { rows, width, starts, columns, values } = matrix
  const weights = new Float32Array(values.length)
  const lengths = by === 'bm25' ? lengthNorms(matrix) : undefined
  for (let row = 0; row < rows; row += 1) {
    const rarity = Math.log(width / (1 + starts[row + 1]! - starts[row]!))
    for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
      const value = values[at]!
      weights[at] = lengths
        ? ((value * (k1 + 1)) / (k1 * lengths[columns[at]!]! + value)) * rarity
        : Math.sqrt(value) * rarity
    }
  }
  return { ...matrix, values: weights }
}

const k1 = 1.2
const b = 0.75

function lengthNorms({ width, columns, values }: Matrix): Float64Array {
  const sums = new Float64Array(width)
  let all = 0
  for (let at = 0; at < columns.length; at += 1) {
    sums[columns[at]!]! += values[at]!
    all += values[at]!
  }
  const average = all / width
  return sums.map((sum) => 1 - b + (b * sum) / average)
}
