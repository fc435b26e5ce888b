/**
 * Chance without a state: a number is drawn by what it is for. The same customer therefore lives the same life whatever the order
 * in which lives are told, and however many others there are. About 15 ns a draw.
 */
export type Chance = {
  seed: number
  /** Who: a customer's key, or a day. */
  key: number
}

/** What draws are for: each has its own row of numbers. Only ever add to the end, or every demo shop becomes another. */
const purposes = [
  ...[
    'arrival',
    'kin',
    'kinKind',
    'surname',
    'given',
    'gender',
    'born',
    'birthday',
    'lunar',
    'channel',
    'city',
    'home',
  ],
  ...[
    'phone',
    'email',
    'member',
    'occupation',
    'education',
    'income',
    'nature',
    'nickname',
    'habit',
    'gap',
    'stay',
    'purse',
  ],
  ...[
    'tea',
    'second',
    'wait',
    'day',
    'hour',
    'leave',
    'back',
    'damage',
    'refund',
    'refundDay',
    'pay',
    'lines',
    'item',
    'count',
  ],
  ...['reason', 'word', 'company', 'walkIn', 'season', 'festival', 'postage', 'late', 'taste'],
  ...['stroll', 'look', 'browser', 'search', 'favour', 'cart', 'came', 'review', 'pace'],
  ...['parcel', 'source'],
] as const
export type Purpose = (typeof purposes)[number]

const numbers = Object.fromEntries(purposes.map((purpose, at) => [purpose, Math.imul(at + 1, 0x85ebca6b)])) as Record<
  Purpose,
  number
>

/** A number in [0, 1) for a purpose; `index` and `part` tell draws of the same purpose apart. */
export function draw({ seed, key }: Chance, purpose: Purpose, index = 0, part = 0): number {
  let hash = mixed(seed ^ Math.imul(key, 0x9e3779b1))
  hash = mixed(hash ^ numbers[purpose] ^ Math.imul(part + 1, 0x27d4eb2f))
  hash = mixed(hash ^ Math.imul(index + 1, 0xc2b2ae35))
  return (hash >>> 0) / 4294967296
}

/** Whether it happens, with this probability. */
export function happens(chance: Chance, probability: number, purpose: Purpose, index = 0, part = 0): boolean {
  return draw(chance, purpose, index, part) < probability
}

/** One of a list, each as likely. */
export function oneOf<T>(all: readonly T[], chance: Chance, purpose: Purpose, index = 0, part = 0): T {
  return all[Math.floor(draw(chance, purpose, index, part) * all.length)]!
}

/** A list to draw from by weight, prepared once. */
export type Weighted<T> = { items: readonly T[]; upTo: Float64Array }

export function weighted<T>(pairs: readonly (readonly [T, number])[]): Weighted<T> {
  let sum = 0
  const upTo = Float64Array.from(pairs, ([, weight]) => {
    sum += weight
    return sum
  })
  return { items: pairs.map(([item]) => item), upTo }
}

/** One of a weighted list at a place in [0, 1). */
export function itemAt<T>({ items, upTo }: Weighted<T>, place: number): T {
  const wanted = place * upTo[upTo.length - 1]!
  let low = 0
  let high = upTo.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (upTo[middle]! > wanted) high = middle
    else low = middle + 1
  }
  return items[low]!
}

/** About normal, mean 0 and deviation 1, never beyond ±3: waiting times without absurd ones. */
export function bell(chance: Chance, purpose: Purpose, index = 0): number {
  const sum = draw(chance, purpose, index, 1) + draw(chance, purpose, index, 2) + draw(chance, purpose, index, 3)
  return (sum - 1.5) * 2
}

function mixed(value: number): number {
  let hash = value ^ (value >>> 16)
  hash = Math.imul(hash, 0x7feb352d)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x846ca68b)
  return hash ^ (hash >>> 16)
}
