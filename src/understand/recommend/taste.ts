import {
  against,
  boughtHalfLife,
  type DayNumber,
  isReturned,
  type Signal,
  tasteFor,
  wishHalfLife,
  wishOf,
} from './signal.ts'

/** What a person is inclined to: a category, a brand, a price band. */
export type Inclination = {
  name: string
  /** Of all that speaks for any of its kind. */
  share: number
  bought: number
  wished: number
  against: number
  /** The last day that says anything; 0: none. */
  last: DayNumber
  said: 'for' | 'against' | null
}

/** Below so many different products nothing is concluded. */
export const enoughProducts = 3

export const halfLife = { bought: boughtHalfLife, wished: wishHalfLife }

/**
 * Inclinations by some mark of products, the strongest first: what was bought and wished for, faded with age; what was given back and
 * what is not for the person counts against. What the person says outranks it: for comes first, against comes last.
 * @param markOf the category of a product, or its brand; nothing where it has none
 */
export function inclinations(
  signals: readonly Signal[],
  markOf: (productId: number) => string | null | undefined,
  {
    today,
    refused,
    said,
    most,
  }: {
    today: DayNumber
    refused: ReadonlySet<number>
    said: ReadonlyMap<string, 'for' | 'against'>
    most: number
  },
): Inclination[] {
  const found = new Map<string, Inclination & { weight: number }>()
  const of = (name: string) => {
    const none = { name, share: 0, bought: 0, wished: 0, against: 0, last: 0, said: said.get(name) ?? null, weight: 0 }
    const one = found.get(name) ?? none
    found.set(name, one)
    return one
  }
  for (const signal of signals) {
    const name = markOf(signal.productId)
    if (!name) continue
    const one = of(name)
    const isAgainst = isReturned(signal) || refused.has(signal.productId)
    one.weight += isAgainst ? against : tasteFor(signal, today)
    one.last = Math.max(one.last, signal.bought.at(-1) ?? 0, signal.favoured, signal.carted, signal.viewed)
    if (isAgainst) one.against += 1
    else if (signal.bought.length > 0) one.bought += 1
    else if (wishOf(signal, today)) one.wished += 1
  }
  for (const name of said.keys()) of(name)
  const all = [...found.values()].reduce((sum, { weight }) => sum + Math.max(0, weight), 0)
  return [...found.values()]
    .sort((a, b) => rank(b.said) - rank(a.said) || b.weight - a.weight || (a.name < b.name ? -1 : 1))
    .map(({ weight, ...one }) => ({ ...one, share: all > 0 ? Math.max(0, weight) / all : 0 }))
    .filter(({ share, said, against }) => share > 0 || said !== null || against > 0)
    .slice(0, most)
}

function rank(said: 'for' | 'against' | null): number {
  return said === 'for' ? 1 : said === 'against' ? -1 : 0
}
