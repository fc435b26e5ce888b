/** A day as a number: days since 1970-01-01 in the shop's zone. 0: never. */
export type DayNumber = number

/** All that one person did with one product, as far as it is told: one line of `signalsSql`. */
export type Signal = {
  productId: number
  /** Days of purchases, rising. */
  bought: DayNumber[]
  /** Pieces that were kept: bought less given back. */
  kept: number
  /** The last day of each; what was undone later does not count. */
  carted: DayNumber
  uncarted: DayNumber
  favoured: DayNumber
  unfavoured: DayNumber
  viewed: DayNumber
  views: number
}

/** What can be said of a product in favour of a person: in this order the strongest reason is told. */
export const wishes = ['favoured', 'carted', 'viewed'] as const
export type Wish = (typeof wishes)[number]

/** Purchases fade by half in half a year, wishes in a month. */
export const boughtHalfLife = 180
export const wishHalfLife = 30

/**
 * How much each counts. Carts count as purchases do: on the Taobao set that foretells best (bench recommend); views are many and mean
 * little each.
 */
const weights = { bought: 1, favoured: 1, carted: 1, viewed: 0.2 } as const
const mostViews = 5

/** By how much a product that was given back, or is said to be not for a person, speaks against what is near to it. */
export const against = -0.5

export function faded(weight: number, since: DayNumber, today: DayNumber, halfLife: number): number {
  return weight * 2 ** (-Math.max(0, today - since) / halfLife)
}

/** Bought, and all of it given back. */
export function isReturned({ bought, kept }: Signal): boolean {
  return bought.length > 0 && kept <= 0
}

/** What somebody wishes for now, with its weight: put aside and not taken out again, and not bought since. */
export function wishOf(signal: Signal, today: DayNumber): { wish: Wish; since: DayNumber; weight: number } | undefined {
  const bought = signal.bought.at(-1) ?? 0
  const { favoured, unfavoured, carted, uncarted, viewed, views } = signal
  const standing: [Wish, DayNumber, number][] = []
  if (favoured > bought && favoured > unfavoured) standing.push(['favoured', favoured, weights.favoured])
  if (carted > bought && carted > uncarted) standing.push(['carted', carted, weights.carted])
  if (viewed > bought) standing.push(['viewed', viewed, weights.viewed * Math.min(views, mostViews)])
  const first = standing[0]
  if (!first) return undefined
  const weight = standing.reduce((sum, [, since, each]) => sum + faded(each, since, today, wishHalfLife), 0)
  return { wish: first[0], since: first[1], weight }
}

/** How much a product speaks for what is near to it: below zero where it was given back. */
export function tasteFor(signal: Signal, today: DayNumber): number {
  if (isReturned(signal)) return against
  const last = signal.bought.at(-1)
  return (
    (last === undefined ? 0 : faded(weights.bought, last, today, boughtHalfLife)) + (wishOf(signal, today)?.weight ?? 0)
  )
}

/** A line of `signalsSql`: its customer and the signal. */
export function readSignal(line: string): { customerId: number; signal: Signal } {
  const [customer, product, bought, kept, ...days] = line.split('\t')
  const [carted = 0, uncarted = 0, favoured = 0, unfavoured = 0, viewed = 0, views = 0] = days.map(Number)
  return {
    customerId: Number(customer),
    signal: {
      productId: Number(product),
      bought: bought === '[]' ? [] : bought!.slice(1, -1).split(',').map(Number),
      kept: Number(kept),
      ...{ carted, uncarted, favoured, unfavoured, viewed, views },
    },
  }
}
