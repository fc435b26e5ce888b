/**
 * The inverse of a symmetric, positive definite matrix, in place: Cholesky, the inverse of the triangle, and its product with itself.
 * n³/2 multiply-adds in all; rows are read along, four at a time, because a strided read of a large matrix waits for memory.
 * @param a n × n by rows; only the lower triangle is read
 * @throws Error where the matrix is not positive definite
 */
export function invert(a: Float64Array, n: number): void {
  factor(a, n)
  invertTriangle(a, n)
  multiplyBack(a, n)
}

/**
 * Solves a x = b for a symmetric, positive definite matrix; x takes the place of b, and a is used up.
 * @throws Error where the matrix is not positive definite
 */
export function solve(a: Float64Array, b: Float64Array, n: number): void {
  factor(a, n)
  for (let row = 0; row < n; row += 1) {
    let sum = b[row]!
    for (let column = 0; column < row; column += 1) sum -= a[row * n + column]! * b[column]!
    b[row] = sum / a[row * n + row]!
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    const value = b[row]! / a[row * n + row]!
    b[row] = value
    for (let column = 0; column < row; column += 1) b[column]! -= a[row * n + column]! * value
  }
}

/** The lower triangle becomes L, with a = L Lᵀ. */
function factor(a: Float64Array, n: number): void {
  for (let row = 0; row < n; row += 1) {
    const at = row * n
    let column = 0
    for (; column + 4 <= row; column += 4) fourDots(a, n, at, column)
    for (; column < row; column += 1)
      a[at + column] = (a[at + column]! - dot(a, at, column * n, column)) / a[column * n + column]!
    const rest = a[at + row]! - dot(a, at, at, row)
    if (!(rest > 0)) throw new Error('the matrix is not positive definite')
    a[at + row] = Math.sqrt(rest)
  }
}

/** Four columns of a row of L at once: the row is read once for four. */
function fourDots(a: Float64Array, n: number, at: number, column: number): void {
  const [r0, r1, r2, r3] = [column * n, (column + 1) * n, (column + 2) * n, (column + 3) * n]
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let k = 0; k < column; k += 1) {
    const value = a[at + k]!
    s0 += value * a[r0 + k]!
    s1 += value * a[r1 + k]!
    s2 += value * a[r2 + k]!
    s3 += value * a[r3 + k]!
  }
  const v0 = (a[at + column]! - s0) / a[r0 + column]!
  s1 += v0 * a[r1 + column]!
  const v1 = (a[at + column + 1]! - s1) / a[r1 + column + 1]!
  s2 += v0 * a[r2 + column]! + v1 * a[r2 + column + 1]!
  const v2 = (a[at + column + 2]! - s2) / a[r2 + column + 2]!
  s3 += v0 * a[r3 + column]! + v1 * a[r3 + column + 1]! + v2 * a[r3 + column + 2]!
  a[at + column] = v0
  a[at + column + 1] = v1
  a[at + column + 2] = v2
  a[at + column + 3] = (a[at + column + 3]! - s3) / a[r3 + column + 3]!
}

/** L becomes its inverse. Row by row, each a sum of the rows above it, which are done. */
function invertTriangle(a: Float64Array, n: number): void {
  const made = new Float64Array(n)
  for (let row = 0; row < n; row += 1) {
    const at = row * n
    const own = a[at + row]!
    made.fill(0, 0, row)
    addRows(a, n, at, row, made)
    for (let column = 0; column < row; column += 1) a[at + column] = -made[column]! / own
    a[at + row] = 1 / own
  }
}

/** `into` += Σ a[at + k] × row k, for k below `upTo`; row k of a triangle ends at k. */
function addRows(a: Float64Array, n: number, at: number, upTo: number, into: Float64Array): void {
  let k = 0
  for (; k + 4 <= upTo; k += 4) {
    const [f0, f1, f2, f3] = [a[at + k]!, a[at + k + 1]!, a[at + k + 2]!, a[at + k + 3]!]
    const [r0, r1, r2, r3] = [k * n, (k + 1) * n, (k + 2) * n, (k + 3) * n]
    for (let column = 0; column <= k; column += 1)
      into[column]! += f0 * a[r0 + column]! + f1 * a[r1 + column]! + f2 * a[r2 + column]! + f3 * a[r3 + column]!
    into[k + 1]! += f1 * a[r1 + k + 1]! + f2 * a[r2 + k + 1]! + f3 * a[r3 + k + 1]!
    into[k + 2]! += f2 * a[r2 + k + 2]! + f3 * a[r3 + k + 2]!
    into[k + 3]! += f3 * a[r3 + k + 3]!
  }
  for (; k < upTo; k += 1) {
    const factor = a[at + k]!
    for (let column = 0; column <= k; column += 1) into[column]! += factor * a[k * n + column]!
  }
}

/** M becomes MᵀM, both triangles: row i of the result needs rows i and below of M, so rows are done from the top. */
function multiplyBack(a: Float64Array, n: number): void {
  const made = new Float64Array(n)
  for (let row = 0; row < n; row += 1) {
    made.fill(0, 0, row + 1)
    let k = row
    for (; k + 4 <= n; k += 4) {
      const [r0, r1, r2, r3] = [k * n, (k + 1) * n, (k + 2) * n, (k + 3) * n]
      const [f0, f1, f2, f3] = [a[r0 + row]!, a[r1 + row]!, a[r2 + row]!, a[r3 + row]!]
      for (let column = 0; column <= row; column += 1)
        made[column]! += f0 * a[r0 + column]! + f1 * a[r1 + column]! + f2 * a[r2 + column]! + f3 * a[r3 + column]!
    }
    for (; k < n; k += 1) {
      const factor = a[k * n + row]!
      for (let column = 0; column <= row; column += 1) made[column]! += factor * a[k * n + column]!
    }
    for (let column = 0; column <= row; column += 1) a[row * n + column] = made[column]!
  }
  for (let row = 0; row < n; row += 1) {
    for (let column = row + 1; column < n; column += 1) a[row * n + column] = a[column * n + row]!
  }
}

function dot(a: Float64Array, one: number, other: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k += 1) sum += a[one + k]! * a[other + k]!
  return sum
}
