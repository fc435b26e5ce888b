import { solve } from './inverse.ts'
import { type Matrix, transposed } from './matrix.ts'

/**
 * Weighs the neighbours of each product against each other: of two that always come together each gets a part, and one that is near to
 * everything gets little. It is EASE held to the neighbours that item-kNN chose: a ridge regression of k unknowns a product instead of
 * one over all, so its cost grows with the products and not with their cube (bench recommend: as good, in seconds).
 *
 * k³/6 multiply-adds a product, and the people of its neighbours read once; memory beside the result is k².
 * @param near each product's neighbours, as `neighboursOf` gives them
 * @param lambda holds the weights down
 * @returns the same neighbours with their weights, some below zero; `together`: along with them, what was taken by the same people
 */
export function fitted(taken: Matrix, near: Matrix, lambda: number): Matrix & { together: Float32Array } {
  const products = transposed(taken)
  const values = new Float32Array(near.values.length)
  const together = new Float32Array(near.values.length)
  const gather = pairsOf(products, taken.rows)
  for (let product = 0; product < near.rows; product += 1) {
    const from = near.starts[product]!
    const chosen = near.columns.subarray(from, near.starts[product + 1]!)
    if (chosen.length === 0) continue
    const { gram, wanted } = gather(chosen, product)
    together.set(wanted, from)
    for (let at = 0; at < chosen.length; at += 1) gram[at * chosen.length + at]! += lambda
    solve(gram, wanted, chosen.length)
    values.set(wanted, from)
  }
  return { ...near, values, together }
}

/** How often chosen products were taken together (lower triangle), and with the one that they speak for. */
function pairsOf(products: Matrix, people: number) {
  // What each person took of the chosen: lists through arrays, so that nobody who took none costs anything.
  const first = new Int32Array(people).fill(-1)
  let next = new Int32Array(4096)
  let place = new Int32Array(4096)
  let value = new Float32Array(4096)
  return (chosen: Int32Array, product: number): { gram: Float64Array; wanted: Float64Array } => {
    const k = chosen.length
    const gram = new Float64Array(k * k)
    const wanted = new Float64Array(k)
    let count = 0
    // In rising order of place, each list is falling: every pair is met once, at the later of the two.
    for (let at = 0; at < k; at += 1) {
      for (let of = products.starts[chosen[at]!]!; of < products.starts[chosen[at]! + 1]!; of += 1) {
        const person = products.columns[of]!
        const own = products.values[of]!
        if (count === next.length) {
          next = wider(next)
          place = wider(place)
          value = widerFloat(value)
        }
        next[count] = first[person]!
        place[count] = at
        value[count] = own
        first[person] = count
        for (let one = count; one >= 0; one = next[one]!) gram[at * k + place[one]!]! += own * value[one]!
        count += 1
      }
    }
    for (let of = products.starts[product]!; of < products.starts[product + 1]!; of += 1) {
      const own = products.values[of]!
      for (let one = first[products.columns[of]!]!; one >= 0; one = next[one]!)
        wanted[place[one]!]! += own * value[one]!
    }
    for (let at = 0; at < k; at += 1) {
      for (let of = products.starts[chosen[at]!]!; of < products.starts[chosen[at]! + 1]!; of += 1)
        first[products.columns[of]!] = -1
    }
    return { gram, wanted }
  }
}

function wider(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(array.length * 2)
  result.set(array)
  return result
}

function widerFloat(array: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const result = new Float32Array(array.length * 2)
  result.set(array)
  return result
}
