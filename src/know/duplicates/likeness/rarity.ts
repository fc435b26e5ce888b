import { type Column, domains, type Register } from './register.ts'
import { mixed, sharedCopy } from './word-pool.ts'

/** How much it says, in bits, that two people have the same value: -log2 of how often a stranger has it. */
export type Rarity = {
  words: Float32Array
  /** Of person a's value of place `rank`, given that a's narrower place agrees too. */
  within(narrower: number, rank: number, a: number): number
  shared: SharedRarity
}

/** What of it lies in memory, to be handed to another thread. */
export type SharedRarity = { words: Float32Array; within: (Float32Array | null)[] }

/** From narrow to wide; the order is that of the features in model.ts. */
const placeColumns: readonly Column[] = ['street', 'postcode', 'district', 'city', 'province']

/** How many people beyond those in the set are believed in: in a small shop a name is rarer than it looks. */
const believed = 200

/** How often a value that nobody else has is believed to be there, by domain. */
const unseen: Record<number, number> = {
  [domains.name]: 1 / 300,
  [domains.gender]: 1 / 2,
  [domains.birth]: 1 / 20_000,
  [domains.monthDay]: 1 / 365,
  [domains.number]: 1 / 100,
  [domains.text]: 1 / 500,
  [domains.postcode]: 1 / 1_000,
  [domains.phone]: 1 / 10_000_000,
  [domains.email]: 1 / 10_000_000,
  [domains.mailbox]: 1 / 20_000,
}

export function rarityOf(register: Register): Rarity {
  const { words, size, columns } = register
  const bits = new Float32Array(words.counts.length)
  for (let word = 1; word < bits.length; word += 1) {
    // A pair under comparison is counted twice for one person.
    const others = Math.max(0, words.counts[word]! - 1)
    bits[word] = bitsOf(words.letters[words.from[word]! - 1]!, others, size)
  }
  // The reading of a name is as common as all names that read so; enough to take the most common writing.
  for (const column of ['given', 'family'] as const) {
    for (let a = 0; a < size; a += 1) {
      const word = columns[column][a]!
      const read = register.readings[word]!
      bits[read] = Math.min(bits[read]!, bits[word]!)
    }
  }
  const within: SharedRarity['within'] = []
  for (let rank = 0; rank < placeColumns.length; rank += 1) {
    for (let narrower = 0; narrower < placeColumns.length; narrower += 1) {
      within.push(narrower < rank ? withinOf(register, bits, placeColumns[narrower]!, placeColumns[rank]!) : null)
    }
  }
  return rarityFrom({ words: sharedCopy(bits, Float32Array), within })
}

/** What a value is worth that so many others of so many people have. */
export function bitsOf(domain: number, others: number, people: number): number {
  return -Math.log2((others + believed * (unseen[domain] ?? 1)) / (people + believed))
}

export function rarityFrom(shared: SharedRarity): Rarity {
  const { words, within } = shared
  return { words, within: (narrower, rank, a) => within[rank * placeColumns.length + narrower]![a]!, shared }
}

/** Of each person, what the wider place adds to the narrower: nothing where the one always lies in the other. */
function withinOf(
  { columns, words, size }: Register,
  bits: Float32Array,
  narrow: Column,
  wide: Column,
): Float32Array | null {
  const narrows = columns[narrow]
  const wides = columns[wide]
  const { places, counts, any } = countedTogether(narrows, wides, size)
  if (!any) return null
  const result = new Float32Array(new SharedArrayBuffer(size * 4))
  const doubt = 2
  for (let a = 0; a < size; a += 1) {
    if (narrows[a] === 0 || wides[a] === 0) continue
    const together = counts[places[a]!]!
    const alone = words.counts[narrows[a]!]!
    const chance = 2 ** -bits[wides[a]!]!
    result[a] = -Math.log2((Math.max(0, together - 2) + doubt * chance) / (Math.max(0, alone - 2) + doubt))
  }
  return result
}

/** How many have both words that a person has; in a table of numbers, as a map of a million keys takes half a second each. */
function countedTogether(narrows: Int32Array, wides: Int32Array, size: number) {
  const room = 2 ** Math.ceil(Math.log2(Math.max(16, size * 2)))
  const firsts = new Int32Array(room)
  const counts = new Uint32Array(room)
  const places = new Int32Array(size)
  let any = false
  for (let a = 0; a < size; a += 1) {
    const narrow = narrows[a]!
    const wide = wides[a]!
    if (narrow === 0 || wide === 0) continue
    any = true
    let place = mixed(Math.imul(mixed(narrow), 31) ^ mixed(wide)) & (room - 1)
    for (;;) {
      const first = firsts[place]! - 1
      if (first < 0 || (narrows[first] === narrow && wides[first] === wide)) break
      place = (place + 1) & (room - 1)
    }
    if (firsts[place] === 0) firsts[place] = a + 1
    counts[place]! += 1
    places[a] = place
  }
  return { places, counts, any }
}
