/**
 * Adds two 32-bit hashes of a line of a document. Their sums over its lines are a fingerprint of the multiset: the same lines in
 * another order, or read in other batches, give the same sums, without sorting. Not against forgery: who can import can
 * write anything anyway.
 */
export function addHash(sums: [number, number], text: string): void {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2_654_435_761)
    two = Math.imul(two ^ code, 1_597_334_677)
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(two ^ (two >>> 13), 3_266_489_909)
  two = Math.imul(two ^ (two >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909)
  sums[0] += one >>> 0
  sums[1] += two >>> 0
}
