import { type FoundPair, findPair } from './found.ts'
import { type Learnt, modelFrom, rarityFromLearnt } from './learnt.ts'
import type { Person } from './person.ts'
import { bitsOf } from './rarity.ts'
import { registerOf } from './register.ts'

/** Scores these pairs of people (by id) as the last whole look would have. For some thousands, in the thread that asks. */
export function scoreFew(
  people: readonly Person[],
  pairs: Iterable<readonly [number, number]>,
  learnt: Learnt,
  atLeast: number,
): FoundPair[] {
  const register = registerOf(people)
  const places = new Map(people.map(({ id }, place) => [id, place]))
  const rarity = rarityFromLearnt(register, learnt, bitsOf)
  const model = modelFrom(learnt)
  const found: FoundPair[] = []
  for (const [one, other] of pairs) {
    const [a, b] = [places.get(one), places.get(other)]
    if (a === undefined || b === undefined) continue
    const pair = findPair({ register, rarity, model }, a, b, atLeast)
    if (pair) found.push(pair)
  }
  return found.sort((a, b) => b.probability - a.probability)
}
