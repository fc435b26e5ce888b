import type { Words } from './word-pool.ts'

const longest = 64
const rows = [new Uint8Array(longest + 2), new Uint8Array(longest + 2), new Uint8Array(longest + 2)]

/**
 * How many letters were changed, left out, added or swapped with a neighbour between two words (optimal string alignment), up
 * to `most`; `most + 1` means more. Only the first 64 letters count. Most pairs end at the first look.
 */
export function editDistance({ letters, from, classes }: Words, a: number, b: number, most: number): number {
  if (a === b) return 0
  let startA = from[a]!
  let startB = from[b]!
  let lengthA = Math.min(longest, from[a + 1]! - 1 - startA)
  let lengthB = Math.min(longest, from[b + 1]! - 1 - startB)
  const apart = lengthA > lengthB ? lengthA - lengthB : lengthB - lengthA
  if (apart > most) return most + 1
  // A typo changes at most two classes of letters: one goes, one comes.
  if (ones(classes[a]! ^ classes[b]!) > 2 * most) return most + 1
  while (lengthA > 0 && lengthB > 0 && letters[startA] === letters[startB]) {
    startA += 1
    startB += 1
    lengthA -= 1
    lengthB -= 1
  }
  while (lengthA > 0 && lengthB > 0 && letters[startA + lengthA - 1] === letters[startB + lengthB - 1]) {
    lengthA -= 1
    lengthB -= 1
  }
  if (lengthA === 0 || lengthB === 0) return lengthA + lengthB
  let [before, last, now] = rows as [Uint8Array, Uint8Array, Uint8Array]
  for (let j = 0; j <= lengthB; j += 1) last[j] = j
  for (let i = 1; i <= lengthA; i += 1) {
    const letter = letters[startA + i - 1]!
    now[0] = i
    let least = i
    for (let j = 1; j <= lengthB; j += 1) {
      const other = letters[startB + j - 1]!
      let cost = last[j - 1]! + (letter === other ? 0 : 1)
      if (last[j]! + 1 < cost) cost = last[j]! + 1
      if (now[j - 1]! + 1 < cost) cost = now[j - 1]! + 1
      if (i > 1 && j > 1 && letter === letters[startB + j - 2] && letters[startA + i - 2] === other) {
        if (before[j - 2]! + 1 < cost) cost = before[j - 2]! + 1
      }
      now[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    const free = before
    before = last
    last = now
    now = free
  }
  const result = last[lengthB]!
  return result > most ? most + 1 : result
}

/** How many letters two words begin with together. */
export function sharedBeginning({ letters, from }: Words, a: number, b: number): number {
  const startA = from[a]!
  const startB = from[b]!
  const length = Math.min(from[a + 1]! - startA, from[b + 1]! - startB) - 1
  let same = 0
  while (same < length && letters[startA + same] === letters[startB + same]) same += 1
  return same
}

export function lengthOf({ from }: Words, word: number): number {
  return word === 0 ? 0 : from[word + 1]! - 1 - from[word]!
}

function ones(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
