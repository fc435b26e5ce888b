import type { Blocks } from './blocks.ts'
import { walkPairs } from './blocks.ts'
import { compare } from './compare.ts'
import { diceOf } from './dice.ts'
import { exchanged, featureCount, featureOf, levelRoom, rowLength } from './feature.ts'
import { emptyRow, type Model, startingModel, strangersBits, weigh } from './model.ts'
import type { Rarity } from './rarity.ts'
import type { Register } from './register.ts'

export type Learning = {
  /** Random pairs from which the likeness of strangers is taken. */
  strangers: number
  /** Candidate pairs from which the likeness of one person's records is taken. */
  candidates: number
  rounds: number
  /** Pairs that what is believed beforehand counts for. */
  belief: number
}
export const learning: Learning = { strangers: 300_000, candidates: 100_000, rounds: 10, belief: 100 }

/** What this set of people says of itself, without being told a single pair (expectation and maximisation). */
export function learn(register: Register, rarity: Rarity, blocks: Blocks, options = learning): Model {
  const model = startingModel(register.size)
  learnStrangers(model, register, options)
  const sample = sampleOf(register, blocks, options.candidates)
  for (let round = 0; round < options.rounds; round += 1) refine(model, register, rarity, sample, options.belief)
  return model
}

/** How alike strangers are, of random pairs: among many people nearly all are strangers. Seeded: the same set, the same model. */
function learnStrangers(model: Model, register: Register, { strangers, belief }: Learning): void {
  const { size } = register
  if (size < 2) return
  const seen = new Float64Array(featureCount * levelRoom)
  const row = emptyRow()
  const dice = diceOf(1)
  for (let i = 0; i < Math.min(strangers, size * 40); i += 1) {
    const a = Math.floor(dice() * size)
    const b = Math.floor(dice() * size)
    if (a === b) continue
    compare(register, a, b, row)
    for (let place = 0; place < featureCount; place += 1) {
      const level = row.levels[place]!
      if (level !== 0) seen[place * levelRoom + level - 1]! += 1
    }
  }
  for (let place = 0; place < featureCount; place += 1) {
    const { levels } = featureOf(place)
    let all = 0
    for (let i = 0; i < levels.length; i += 1) all += seen[place * levelRoom + i]!
    const chance = (level: number) => (seen[place * levelRoom + level]! + belief * levels[level]!.u) / (all + belief)
    levels.forEach((_, i) => {
      model.u[place * levelRoom + i] = strangersBits(place, i, chance)
    })
  }
}

type Sample = { count: number; share: number; a: Int32Array; levels: Uint8Array; words: Int32Array }

function sampleOf(register: Register, blocks: Blocks, most: number): Sample {
  // Whole stretches of people, spread evenly, so that each pair is found as in the scan.
  const stretch = 64
  const row = emptyRow()
  const stamps = new Int32Array(register.size)
  const a = new Int32Array(most)
  const levels = new Uint8Array(most * rowLength)
  const words = new Int32Array(most * rowLength)
  let count = 0
  let looked = 0
  const dice = diceOf(2)
  const stretches = Array.from({ length: Math.ceil(register.size / stretch) }, (_, i) => i)
  for (let i = stretches.length - 1; i > 0; i -= 1) {
    const j = Math.floor(dice() * (i + 1))
    ;[stretches[i], stretches[j]] = [stretches[j]!, stretches[i]!]
  }
  for (const one of stretches) {
    if (count >= most) break
    const first = one * stretch
    const end = Math.min(register.size, first + stretch)
    walkPairs(blocks, first, end, stamps, (left, right) => {
      if (count >= most) return
      compare(register, left, right, row)
      a[count] = left
      levels.set(row.levels, count * rowLength)
      words.set(row.words, count * rowLength)
      count += 1
    })
    looked += end - first
  }
  return { count, share: looked / Math.max(1, register.size), a, levels, words }
}

function refine(model: Model, register: Register, rarity: Rarity, sample: Sample, belief: number): void {
  const row = emptyRow()
  const bits = new Float32Array(featureCount)
  const seen = new Float64Array(featureCount * levelRoom)
  const crossed = [0, 0]
  let matches = 0
  let relatives = 0
  for (let i = 0; i < sample.count; i += 1) {
    row.levels = sample.levels.subarray(i * rowLength, (i + 1) * rowLength)
    row.words = sample.words.subarray(i * rowLength, (i + 1) * rowLength)
    const { probability, bits: sum, personal } = weigh(model, rarity, row, sample.a[i]!, bits)
    if (probability < 0.001 && sum < model.strangers - 10) continue
    matches += probability
    relatives += probability * 2 ** (model.relatives - personal)
    for (let place = 0; place < featureCount; place += 1) {
      const level = row.levels[place]!
      if (level !== 0) seen[place * levelRoom + level - 1]! += probability
    }
    for (let pair = 0; pair < 2; pair += 1) if (row.levels[exchanged.name + pair] === 1) crossed[pair]! += probability
  }
  for (let place = 0; place < featureCount; place += 1) {
    const { levels } = featureOf(place)
    let all = 0
    for (let i = 0; i < levels.length; i += 1) all += seen[place * levelRoom + i]!
    levels.forEach((level, i) => {
      const at = place * levelRoom + i
      model.m[at] = Math.log2((seen[at]! + belief * level.m) / (all + belief))
    })
  }
  model.exchanged[0] = Math.log2((crossed[0]! + belief * 0.02) / (matches + belief))
  model.exchanged[1] = Math.log2((crossed[1]! + belief * 0.01) / (matches + belief))
  const pairs = (register.size * (register.size - 1)) / 2
  const found = matches / sample.share + 5
  model.strangers = Math.log2(Math.max(1, pairs) / found)
  model.relatives = Math.log2((relatives + 10) / (matches + 10))
}
