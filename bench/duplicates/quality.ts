import type { FebrlSet } from './febrl.ts'

export type Quality = { precision: number; recall: number; f1: number; wrong: number; missed: number }

/** How right pairs of places in a set are, told by who each record is of. */
export function qualityOf(who: readonly number[], pairs: Iterable<readonly [number, number]>): Quality {
  let [right, wrong] = [0, 0]
  for (const [a, b] of pairs) {
    if (who[a] === who[b]) right += 1
    else wrong += 1
  }
  const sizes = new Map<number, number>()
  for (const one of who) sizes.set(one, (sizes.get(one) ?? 0) + 1)
  let all = 0
  for (const size of sizes.values()) all += (size * (size - 1)) / 2
  const precision = right / Math.max(1, right + wrong)
  const recall = right / Math.max(1, all)
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    wrong,
    missed: all - right,
  }
}

/** The plain rule: the same number; or names and birthday; or birthday, postcode and surname. */
export function plainRule({ people, numbers }: FebrlSet): [number, number][] {
  const pairs = new Map<string, [number, number]>()
  const keys = [
    (i: number) => numbers[i]!,
    (i: number) => all(people[i]!.given, people[i]!.family, dayOf(i)),
    (i: number) => all(dayOf(i), people[i]!.postcode, people[i]!.family),
  ]
  function dayOf(i: number) {
    const { birthday } = people[i]!
    return birthday ? `${birthday.year}-${birthday.month}-${birthday.day}` : ''
  }
  for (const key of keys) {
    const blocks = new Map<string, number[]>()
    people.forEach((_, i) => {
      const value = key(i)
      if (value) blocks.set(value, [...(blocks.get(value) ?? []), i])
    })
    for (const block of blocks.values()) {
      for (const a of block) for (const b of block) if (a < b) pairs.set(`${a} ${b}`, [a, b])
    }
  }
  return [...pairs.values()]
}

function all(...parts: (string | null | undefined)[]): string {
  return parts.every(Boolean) ? parts.join('|') : ''
}
