/** Days in the unit of time that the literature and the parameters have. */
export const daysInWeek = 7

/**
 * What purchases are predicted from, many at once: of so many people (`count`) the repeat purchases (days with a purchase after the
 * first), the day of the last and the day of the question, both counted from the first purchase. Equal histories stand once.
 */
export type Histories = {
  repeats: Uint32Array
  /** Days from the first purchase to the last; 0 where there was one. */
  last: Uint32Array
  /** Days from the first purchase to the day of the question. */
  age: Uint32Array
  count: Uint32Array
}

/** One person's. */
export type History = { repeats: number; last: number; age: number }

export function emptyHistories(size: number): Histories {
  const column = () => new Uint32Array(size)
  return { repeats: column(), last: column(), age: column(), count: column() }
}

export function peopleIn({ count }: Pick<Histories, 'count'>): number {
  return count.reduce((sum, one) => sum + one, 0)
}

/** Every so many-th history, for a first look. */
export function thinned(histories: Histories, every: number): Histories {
  const some = (column: Uint32Array) => column.filter((_, place) => place % every === 0)
  const { repeats, last, age, count } = histories
  return { repeats: some(repeats), last: some(last), age: some(age), count: some(count) }
}

/** The same people with equal histories together. Keys are packed, so days and repeats must stay below 2^17. */
export function grouped(all: Iterable<History>): Histories {
  const found = new Map<number, number>()
  for (const { repeats, last, age } of all) {
    const key = (repeats * 131_072 + last) * 131_072 + age
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  const histories = emptyHistories(found.size)
  let place = 0
  for (const [key, count] of found) {
    histories.age[place] = key % 131_072
    histories.last[place] = Math.floor(key / 131_072) % 131_072
    histories.repeats[place] = Math.floor(key / 131_072 ** 2)
    histories.count[place] = count
    place += 1
  }
  return histories
}
