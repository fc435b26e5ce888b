import { type Chance, draw } from '../life/chance.ts'

/** How an account stands to the one before it: nobody's, one of a family, or the same person again under another account. */
export type Kin = { as: 'alone' | 'spouse' | 'child' | 'again'; head: Chance; place: number }

/**
 * A customer's key: in which week of the shop's life it first came, and as the how-manieth. Accounts that stand beside each other
 * by threes may belong together, so a week's people know each other whatever the size of the shop.
 */
export function keyOf(week: number, place: number): number {
  return ((week << 20) | place) >>> 0
}

export function kinOf(chance: Chance): Kin {
  const week = chance.key >>> 20
  const number = chance.key & 0xfffff
  const place = number % 3
  const head = { seed: chance.seed, key: keyOf(week, number - place) }
  const together = draw(head, 'kin')
  if (together < 0.045) {
    return { as: place === 0 ? 'alone' : place === 1 ? 'spouse' : 'child', head, place }
  }
  if (together < 0.07) return { as: place === 0 ? 'alone' : 'again', head, place }
  return { as: 'alone', head: chance, place: 0 }
}

/** Whether this is the first of several accounts of one person. */
export function isSeveral(kin: Kin): boolean {
  const together = draw(kin.head, 'kin')
  return together >= 0.045 && together < 0.07
}
