import { type Blocks, walkPairs } from './blocks.ts'
import { comparePersonal, compareRest } from './compare.ts'
import { exchanged, featureCount, featureKeys, featureOf } from './feature.ts'
import { emptyRow, isHousehold, type Model, weigh } from './model.ts'
import type { Rarity } from './rarity.ts'
import type { Register } from './register.ts'

/** Why two records are one person's, or why not: a feature, how alike, and how many bits that is for or against. */
export type Reason = { field: string; how: string; bits: number }

/** A pair of people, the lower id first. */
export type FoundPair = { one: number; other: number; probability: number; reasons: Reason[] }

type Known = { register: Register; rarity: Rarity; model: Model }

const row = emptyRow()
const bits = new Float32Array(featureCount)

/** A pair where it is likely enough one person. */
export function findPair(
  { register, rarity, model }: Known,
  a: number,
  b: number,
  atLeast: number,
): FoundPair | undefined {
  comparePersonal(register, a, b, row)
  // Most candidates end here.
  if (isHousehold(model, rarity, row, atLeast)) return undefined
  compareRest(register, a, b, row)
  const { probability } = weigh(model, rarity, row, a, bits)
  if (probability < atLeast) return undefined
  const [one, other] = [register.ids[a]!, register.ids[b]!]
  return {
    one: Math.min(one, other),
    other: Math.max(one, other),
    probability,
    reasons: reasonsOf(row.levels, bits),
  }
}

/** Scores every candidate pair whose first person lies in the range. @returns how many there were */
export function findIn(
  known: Known,
  blocks: Blocks,
  [first, end]: readonly [number, number],
  stamps: Int32Array,
  { atLeast, found }: { atLeast: number; found: FoundPair[] },
): number {
  let looked = 0
  walkPairs(blocks, first, end, stamps, (a, b) => {
    looked += 1
    const pair = findPair(known, a, b, atLeast)
    if (pair) found.push(pair)
  })
  return looked
}

/** What speaks for and against, the strongest first. */
function reasonsOf(levels: Uint8Array, bits: Float32Array): Reason[] {
  const reasons: Reason[] = []
  for (let place = 0; place < featureCount; place += 1) {
    const level = levels[place]!
    if (level === 0) continue
    reasons.push({
      field: featureKeys[place]!,
      how: featureOf(place).levels[level - 1]!.name,
      bits: Math.round(bits[place]! * 10) / 10,
    })
  }
  if (levels[exchanged.name] === 1) reasons.push({ field: 'name', how: 'exchanged', bits: 0 })
  if (levels[exchanged.address] === 1) reasons.push({ field: 'address', how: 'exchanged', bits: 0 })
  return reasons.sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
}
