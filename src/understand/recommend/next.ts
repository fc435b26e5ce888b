import { type Habit, rhythmOf, runsOut } from './habit.ts'
import { against, type DayNumber, isReturned, type Signal, tasteFor, type Wish, wishOf } from './signal.ts'

/** Why a product is next for a person. */
export type Reason =
  /** She needs it every so many days, and last bought it then. */
  | { is: 'runs_out'; every: number; since: DayNumber }
  /** She put it aside, or looked at it, then. */
  | { is: Wish; since: DayNumber; times: number }
  /** Who took that product, as she did, takes this one too; `alike`: it is like that one, and too new for anybody to say. */
  | { is: 'related' | 'alike'; productId: number }

export type Next = { productId: number; score: number; reason: Reason }

/** What a model says: of each product that somebody took, what it speaks for, and how it is bought again. */
export type Told = {
  related(productId: number): Iterable<{ productId: number; weight: number; alike: boolean }>
  habit(productId: number): Habit | undefined
  /** Whether it can be offered at all: goods that are not archived. */
  isOffered(productId: number): boolean
}

/** What speaks for itself weighs more than what is near to something: on all sets own things come back first (bench recommend). */
const ownWeight = 2

/**
 * What is next for one person, the best first: what runs out, what she wishes for, and what goes with what she took. What she bought is
 * left out, but for what is used up and due; so is what she gave back, and what is said to be not for her. Nothing that nobody has any
 * reason for: a shop's best sellers are no taste of hers.
 * @param refused products that are not for her; what is near to them counts for less
 */
export function nextProducts(
  signals: readonly Signal[],
  told: Told,
  { today, most, refused = new Set() }: { today: DayNumber; most: number; refused?: ReadonlySet<number> },
): Next[] {
  const sums = new Map<number, Next & { most: number }>()
  const add = (productId: number, score: number, reason: Reason) => {
    const found = sums.get(productId)
    if (!found) sums.set(productId, { productId, score, reason, most: score })
    else {
      found.score += score
      if (score > found.most) Object.assign(found, { reason, most: score })
    }
  }
  const out = new Set(refused)
  for (const signal of signals) {
    const { productId } = signal
    const own = refused.has(productId) ? undefined : ownReason(signal, told, today)
    if (own === 'out') out.add(productId)
    else if (own) add(productId, own.weight * ownWeight, own.reason)
    const weight = refused.has(productId) ? against : tasteFor(signal, today)
    if (weight !== 0) spread(productId, weight)
  }
  for (const productId of refused) if (!signals.some((one) => one.productId === productId)) spread(productId, against)

  return [...sums.values()]
    .filter(({ productId, score }) => score > 0 && !out.has(productId) && told.isOffered(productId))
    .sort((a, b) => b.score - a.score || a.productId - b.productId)
    .slice(0, most)
    .map(({ productId, score, reason }) => ({ productId, score, reason }))

  function spread(from: number, weight: number): void {
    for (const { productId, weight: of, alike } of told.related(from)) {
      add(productId, weight * of, { is: alike ? 'alike' : 'related', productId: from })
    }
  }
}

/** What a product has to say for itself to who met it; `out`: she has it, and it is not due. */
function ownReason(
  signal: Signal,
  told: Told,
  today: DayNumber,
): { weight: number; reason: Reason } | 'out' | undefined {
  if (isReturned(signal)) return 'out'
  const last = signal.bought.at(-1)
  if (last !== undefined) {
    const every = rhythmOf(signal.bought, told.habit(signal.productId))
    if (every === undefined || every === 0 || !runsOut(last, every, today)) return 'out'
    return { weight: 1, reason: { is: 'runs_out', every, since: last } }
  }
  const wish = wishOf(signal, today)
  return wish && { weight: wish.weight, reason: { is: wish.wish, since: wish.since, times: signal.views } }
}
