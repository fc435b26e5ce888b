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
  /** log2 of m by feature × level, and of u; and of how often two of a household are so alike, or 1 where that is not personal. */
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
      u[place * levelRoom + i] = Math.log2(level.u || 1)
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

/** Of how many people a second record is expected before anything is known. */
export const startShare = 0.05

/** Whether a level is worth what its word is worth. */
const byValue = Uint8Array.from({ length: featureCount * levelRoom }, (_, i) =>
  featureOf(Math.floor(i / levelRoom)).levels[i % levelRoom]?.by === 'value' ? 1 : 0,
)

/** Places are parts of each other: what agrees is worth what it adds to the narrower part that agrees already. */
const places = [at.street, at.postcode, at.district, at.city, at.province]

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
    let rare = byValue[i] === 1 ? rarity.words[words[place]!]! : -model.u[i]!
    const rank = places.indexOf(place)
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

export function emptyRow(): Row {
  return { levels: new Uint8Array(rowLength), words: new Int32Array(rowLength) }
}
