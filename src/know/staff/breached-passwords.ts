import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

// A Bloom filter: 139,898 leaked passwords in 420 kB. What is in the list is always found; of other passwords about one in
// 100,000 is taken for a leaked one. Made by bin/make-breached-list.mjs.

type Filter = { bits: bigint; hashes: bigint; bytes: Buffer }

let filter: Filter | undefined

/**
 * Whether a password is among those that leaked most often: all of 12 characters or more in a list of a million, and the 100,000
 * most frequent shorter ones, which people lengthen. Nothing is asked over the network.
 * @param plain NFKC, lower case
 */
export function isBreached(plain: string): boolean {
  filter ??= read()
  const { bits, hashes, bytes } = filter
  const hash = createHash('sha256').update(plain).digest()
  const [start, step] = [hash.readBigUInt64LE(0), hash.readBigUInt64LE(8) | 1n]
  for (let n = 0n; n < hashes; n += 1n) {
    const bit = Number(BigInt.asUintN(64, start + n * step) % bits)
    if (!(bytes[bit >> 3]! & (1 << (bit & 7)))) return false
  }
  return true
}

function read(): Filter {
  const file = readFileSync(new URL('breached-passwords.bloom', import.meta.url))
  const end = file.indexOf('\n')
  const head = /^regulars-bloom entries=\d+ bits=(\d+) hashes=(\d+)$/.exec(file.toString('latin1', 0, end))
  if (!head || (file.length - end - 1) * 8 !== Number(head[1])) throw new Error('breached-passwords.bloom is damaged')
  return { bits: BigInt(head[1]!), hashes: BigInt(head[2]!), bytes: file.subarray(end + 1) }
}
