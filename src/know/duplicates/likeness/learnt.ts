import type { Model } from './model.ts'
import type { Rarity } from './rarity.ts'
import { domains, type Register } from './register.ts'
import { textOf } from './word-pool.ts'

/**
 * What a whole look learnt, small enough to keep: with it a few people are weighed as the whole set was. Of values only those that
 * many share are in it, so that nobody can be read out of it: no phone, no address of a mailbox, no whole birthday.
 */
export type Learnt = {
  people: number
  model: Record<'m' | 'u' | 'household' | 'exchanged', number[]> & { strangers: number; relatives: number }
  /** `domain text` and how many people have it. */
  common: Record<string, number>
}

/** A value is kept from so many people on, the most common first. */
const fewest = 20
const mostKept = 20_000

export function learntOf(register: Register, model: Model): Learnt {
  const { words } = register
  const told = new Set<number>([
    domains.name,
    domains.gender,
    domains.monthDay,
    domains.number,
    domains.text,
    domains.postcode,
  ])
  const kept: [number, number][] = []
  for (let word = 1; word < words.counts.length; word += 1) {
    const count = words.counts[word]!
    if (count >= fewest && told.has(domainOf(register, word))) kept.push([word, count])
  }
  kept.sort((a, b) => b[1] - a[1])
  return {
    people: register.size,
    model: {
      m: rounded(model.m),
      u: rounded(model.u),
      household: rounded(model.household),
      exchanged: rounded(model.exchanged),
      strangers: model.strangers,
      relatives: model.relatives,
    },
    common: Object.fromEntries(
      kept.slice(0, mostKept).map(([word, count]) => [`${domainOf(register, word)} ${textOf(words, word)}`, count]),
    ),
  }
}

export function modelFrom({ model }: Learnt): Model {
  return {
    m: Float32Array.from(model.m),
    u: Float32Array.from(model.u),
    household: Float32Array.from(model.household),
    exchanged: Float32Array.from(model.exchanged),
    strangers: model.strangers,
    relatives: model.relatives,
  }
}

/** How rare the values of a few people are among all that were learnt from. */
export function rarityFromLearnt(register: Register, { people, common }: Learnt, bitsOf: BitsOf): Rarity {
  const { words } = register
  const bits = new Float32Array(words.counts.length)
  for (let word = 1; word < bits.length; word += 1) {
    const domain = domainOf(register, word)
    bits[word] = bitsOf(domain, common[`${domain} ${textOf(words, word)}`] ?? 2, people)
  }
  for (const column of ['given', 'family'] as const) {
    for (const word of register.columns[column]) {
      const read = register.readings[word]!
      bits[read] = Math.min(bits[read]!, bits[word]!)
    }
  }
  // A wider place that lies around a narrower one says nothing new; the few at hand cannot tell otherwise.
  const street = 0
  return {
    words: bits,
    within: (narrower, rank, a) => (narrower === street ? bits[register.columns[placeAt[rank]!][a]!]! : 0),
    shared: { words: bits, within: [] },
  }
}

type BitsOf = (domain: number, others: number, people: number) => number
const placeAt = ['street', 'postcode', 'district', 'city', 'province'] as const

function domainOf({ words }: Register, word: number): number {
  return words.letters[words.from[word]! - 1]!
}

function rounded(values: Float32Array): number[] {
  return Array.from(values, (value) => Math.round(value * 1000) / 1000)
}
