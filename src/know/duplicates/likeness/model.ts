import type { Row } from './compare.ts'
import { at, exchanged, featureCount, featureOf, levelRoom, rowLength } from './feature.ts'
import type { Rarity } from './rarity.ts'

/**
 * What is believed of a set of people (Fellegi and Sunter). A pair is of one person, of one household, or of strangers. Each
 * feature multiplies the odds by m/u of its level; in bits, it adds log2(m/u). A household has the address, the phone and the
 * surname in common like one person has: only what is personal tells the two apart, so no sum of household evidence ever makes
 * one person of two.
 */
export type Model = {
  /** log2 of m by feature × level, and of u (strangersBits); and of how often two of a household are so alike, or 1 where that is not personal. */
  m: Float32Array
  u: Float32Array
  household: Float32Array
  /** log2 of m of a row whose names, or whose street and quarter, are exchanged. */
  exchanged: Float32Array
  /** log2 of strangers for each pair of one person. */
  strangers: number
  /** log2 of household pairs for each pair of one person. */
  relatives: number
}

export type Score = {
  /** Of the pair being one person, 0 to 1. */
  probability: number
  /** log2 of the odds against strangers, and against a household, before what is believed beforehand. */
  bits: number
  personal: number
}

export function startingModel(size: number): Model {
  const m = new Float32Array(featureCount * levelRoom)
  const u = new Float32Array(featureCount * levelRoom)
  const household = new Float32Array(featureCount * levelRoom)
  for (let place = 0; place < featureCount; place += 1) {
    const { levels, personal } = featureOf(place)
    levels.forEach((level, i) => {
      m[place * levelRoom + i] = Math.log2(level.m)
      u[place * levelRoom + i] = strangersBits(place, i, (one) => levels[one]!.u)
      household[place * levelRoom + i] = personal ? Math.log2(personal[i]!) : 1
    })
  }
  const pairs = Math.max(1, (size * (size - 1)) / 2)
  return {
    m,
    u,
    household,
    exchanged: Float32Array.of(Math.log2(0.02), Math.log2(0.01)),
    strangers: Math.log2(pairs / Math.max(1, size * startShare)),
    relatives: 0,
  }
}

/**
 * log2 of how often two strangers are so alike; of a level that is worth its value, what share of those who have the same value.
 * @param chance of each level
 */
export function strangersBits(place: number, level: number, chance: (level: number) => number): number {
  const { among } = featureOf(place).levels[level]!
  const all = among?.reduce((sum, one) => sum + chance(one), 0) ?? 1
  return Math.log2(chance(level) / all)
}

/** Of how many people a second record is expected before anything is known. */
export const startShare = 0.05

/** Whether a level is worth what its word is worth. */
const byValue = Uint8Array.from({ length: featureCount * levelRoom }, (_, i) =>
  featureOf(Math.floor(i / levelRoom)).levels[i % levelRoom]?.among ? 1 : 0,
)

/** Places are parts of each other: what agrees is worth what it adds to the narrower part that agrees already. -1: no place. */
const ranks = Int8Array.from({ length: featureCount }, (_, place) =>
  [at.street, at.postcode, at.district, at.city, at.province].indexOf(place),
)

/** What each feature adds, in bits, into `bits`; the sum, and what of it is personal. */
export function weigh(model: Model, rarity: Rarity, row: Row, a: number, bits: Float32Array): Score {
  const { levels, words } = row
  let sum = 0
  let personal = 0
  let narrower = -1
  for (let place = 0; place < featureCount; place += 1) {
    const level = levels[place]!
    bits[place] = 0
    if (level === 0) continue
    const i = place * levelRoom + level - 1
    let rare = byValue[i] === 1 ? rarity.words[words[place]!]! - model.u[i]! : -model.u[i]!
    const rank = ranks[place]!
    if (rank >= 0 && level === 1) {
      if (narrower >= 0) rare = rarity.within(narrower, rank, a)
      narrower = rank
    }
    const bit = model.m[i]! + rare
    bits[place] = bit
    sum += bit
    const related = model.household[i]!
    if (related <= 0) personal += model.m[i]! - Math.max(related, -rare)
  }
  for (let i = 0; i < 2; i += 1) if (levels[exchanged.name + i] === 1) sum += model.exchanged[i]!
  const against = 2 ** (model.strangers - sum) + 2 ** (model.relatives - personal)
  return { probability: 1 / (1 + against), bits: sum, personal }
}

const personalPlaces = [at.given, at.birth, at.gender]

/** Whether what is personal says already that the pair is less likely one person than `atLeast`, whatever the rest says. */
export function isHousehold(model: Model, rarity: Rarity, { levels, words }: Row, atLeast: number): boolean {
  let personal = 0
  for (const place of personalPlaces) {
    const level = levels[place]!
    if (level === 0) continue
    const i = place * levelRoom + level - 1
    const rare = byValue[i] === 1 ? rarity.words[words[place]!]! - model.u[i]! : -model.u[i]!
    personal += model.m[i]! - Math.max(model.household[i]!, -rare)
  }
  return 2 ** (model.relatives - personal) > 1 / atLeast - 1
}

export function emptyRow(): Row {
  return { levels: new Uint8Array(rowLength), words: new Int32Array(rowLength) }
}
