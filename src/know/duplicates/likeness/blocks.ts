import type { Register } from './register.ts'
import { mixed } from './word-pool.ts'

/**
 * Which pairs are worth a look. Two records of one person have at least two things in common that few others have together:
 * for each two of their clues, people with the same are a block. A block of more than `most` says too little, others will do.
 */
export type Blocks = {
  /** Of each scheme: person → block (0: alone, or among too many), for each of its keys a person. */
  schemes: { keys: number; of: Int32Array; from: Int32Array; people: Int32Array }[]
}

/** Up to so many people of one key are compared each with each. */
export const mostInBlock = 30

type Clue = (register: Register, person: number, which: number) => number
type ClueOptions = { of: Clue; times: number }

const column =
  (name: keyof Register['columns']): Clue =>
  ({ columns }, person) =>
    columns[name][person]!

/** A name however its parts are exchanged: by how they read. */
const name: Clue = ({ columns, readings }, person, which) =>
  readings[which === 0 ? columns.given[person]! : columns.family[person]!]!

/** Parts of a number that one wrong digit leaves whole. */
const phoneHead: Clue = ({ words, phones, phonesFrom }, person, which) =>
  piece(words, phones, phonesFrom, person, which, -11, -4)
const phoneTail: Clue = ({ words, phones, phonesFrom }, person, which) =>
  piece(words, phones, phonesFrom, person, which, -4, 0)

const listed =
  (values: 'phones' | 'mailboxes', from: 'phonesFrom' | 'emailsFrom'): Clue =>
  (register, person, which) => {
    const at = register[from][person]! + which
    return at < register[from][person + 1]! ? register[values][at]! : 0
  }

function piece(
  { letters, from }: Register['words'],
  values: Int32Array,
  starts: Int32Array,
  person: number,
  which: number,
  first: number,
  last: number,
): number {
  const at = starts[person]! + which
  if (at >= starts[person + 1]!) return 0
  const word = values[at]!
  const end = from[word + 1]! - 1
  const begin = Math.max(from[word]!, end + first)
  let hash = 0x811c9dc5
  for (let i = begin; i < end + last; i += 1) hash = Math.imul(hash ^ letters[i]!, 0x01000193)
  return hash >>> 0 || 1
}

const clues = {
  name: { of: name, times: 2 },
  whole: { of: column('whole'), times: 1 },
  birth: { of: column('birth'), times: 1 },
  monthDay: { of: column('monthDay'), times: 1 },
  phone: { of: listed('phones', 'phonesFrom'), times: 3 },
  phoneHead: { of: phoneHead, times: 3 },
  phoneTail: { of: phoneTail, times: 3 },
  mailbox: { of: listed('mailboxes', 'emailsFrom'), times: 2 },
  number: { of: column('number'), times: 1 },
  street: { of: column('street'), times: 1 },
  quarter: { of: column('quarter'), times: 1 },
  postcode: { of: column('postcode'), times: 1 },
  district: { of: column('district'), times: 1 },
  city: { of: column('city'), times: 1 },
} satisfies Record<string, ClueOptions>
type ClueKey = keyof typeof clues

/** One clue that is enough, or two that are together. */
const plans: readonly (readonly [ClueKey, ClueKey?])[] = [
  ['phone'],
  ['mailbox'],
  ['whole', 'birth'],
  ['whole', 'monthDay'],
  ['whole', 'city'],
  ['whole'],
  ['name', 'birth'],
  ['name', 'phoneHead'],
  ['name', 'phoneTail'],
  ['name', 'street'],
  ['name', 'quarter'],
  ['name', 'postcode'],
  ['name', 'city'],
  ['name', 'number'],
  ['birth', 'phoneTail'],
  ['birth', 'street'],
  ['birth', 'quarter'],
  ['birth', 'postcode'],
  ['birth', 'number'],
  ['birth', 'city'],
  ['street', 'number'],
  ['street', 'quarter'],
  ['street', 'postcode'],
  ['street', 'city'],
  ['quarter', 'number'],
  ['quarter', 'postcode'],
  ['quarter', 'city'],
  ['postcode', 'number'],
  ['postcode', 'city'],
]

/** Schemes by the plan they are of. */
export type Schemes = ReadonlyMap<number, Blocks['schemes'][number]>

/** The schemes of those plans that `next` hands out, until there are no more: threads take them in turn. */
export function schemesOf(register: Register, next: () => number, most = mostInBlock): Schemes {
  const schemes = new Map<number, Blocks['schemes'][number]>()
  for (let plan = next(); plan < plans.length; plan = next()) {
    const [first, second] = plans[plan]!
    const scheme = schemeOf(register, clues[first], second && clues[second], most)
    if (scheme) schemes.set(plan, scheme)
  }
  return schemes
}

/** Whoever made them, the blocks are in the order of the plans. */
export function blocksFrom(parts: readonly Schemes[]): Blocks {
  const all = parts.flatMap((part) => [...part]).sort(([a], [b]) => a - b)
  return { schemes: all.map(([, scheme]) => scheme) }
}

function schemeOf(register: Register, first: ClueOptions, second: ClueOptions | undefined, most: number) {
  const { size } = register
  const times = first.times * (second?.times ?? 1)
  const keys = new Uint32Array(size * times)
  let used = 0
  for (let person = 0; person < size; person += 1) {
    for (let i = 0; i < first.times; i += 1) {
      const one = first.of(register, person, i)
      if (one === 0) continue
      if (!second) {
        keys[person * times + i] = mixed(one) || 1
        used += 1
        continue
      }
      for (let j = 0; j < second.times; j += 1) {
        const other = second.of(register, person, j)
        if (other === 0) continue
        keys[person * times + i * second.times + j] = mixed(Math.imul(mixed(one), 31) ^ mixed(other)) || 1
        used += 1
      }
    }
  }
  if (used < 2) return undefined
  return grouped(keys, used, times, most)
}

/** Entries of equal keys brought together, by counting sort over the keys' upper bits and a sort within. */
function grouped(keys: Uint32Array, used: number, times: number, most: number) {
  const order = sortedByKey(keys, used)
  const of = new Int32Array(new SharedArrayBuffer(keys.length * 4))
  let blocks = 1
  let members = 0
  for (let start = 0; start < used; ) {
    let end = start + 1
    while (end < used && keys[order[end]!] === keys[order[start]!]) end += 1
    if (end - start > 1 && end - start <= most) {
      for (let i = start; i < end; i += 1) of[order[i]!] = blocks
      blocks += 1
      members += end - start
    }
    start = end
  }
  const from = new Int32Array(new SharedArrayBuffer((blocks + 1) * 4))
  const people = new Int32Array(new SharedArrayBuffer(members * 4))
  let at = 0
  let last = 0
  for (let i = 0; i < used; i += 1) {
    const block = of[order[i]!]!
    if (block === 0) continue
    if (block !== last) from[block] = at
    last = block
    people[at] = Math.floor(order[i]! / times)
    at += 1
  }
  from[blocks] = at
  return { keys: times, of, from, people }
}

/** Radix sort in three passes of 11 bits; entries without a key are left out. */
function sortedByKey(keys: Uint32Array, used: number): Uint32Array {
  let order = new Uint32Array(used)
  let spare = new Uint32Array(used)
  let at = 0
  for (let i = 0; i < keys.length; i += 1) if (keys[i] !== 0) order[at++] = i
  for (let shift = 0; shift < 33; shift += 11) {
    const counts = new Uint32Array(2049)
    for (let i = 0; i < used; i += 1) counts[((keys[order[i]!]! >>> shift) & 2047) + 1]! += 1
    for (let i = 1; i < 2049; i += 1) counts[i]! += counts[i - 1]!
    for (let i = 0; i < used; i += 1) {
      const entry = order[i]!
      const digit = (keys[entry]! >>> shift) & 2047
      spare[counts[digit]!] = entry
      counts[digit]! += 1
    }
    ;[order, spare] = [spare, order]
  }
  return order
}

/**
 * Hands every pair within a range of first persons to `look`, each pair once, the lower person first.
 * @param stamps one number a person, of this walk alone
 */
export function walkPairs(
  { schemes }: Blocks,
  first: number,
  end: number,
  stamps: Int32Array,
  look: (a: number, b: number) => void,
): void {
  for (let a = first; a < end; a += 1) {
    for (const { keys, of, from, people } of schemes) {
      for (let i = a * keys; i < (a + 1) * keys; i += 1) {
        const block = of[i]!
        if (block === 0) continue
        for (let at = from[block]!; at < from[block + 1]!; at += 1) {
          const b = people[at]!
          if (b <= a || stamps[b] === a + 1) continue
          stamps[b] = a + 1
          look(a, b)
        }
      }
    }
  }
}
