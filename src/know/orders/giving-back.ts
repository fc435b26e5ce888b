import type { Minor } from '#platform/money.ts'
import { portionOf, sumOf, type Thousandths } from './order.ts'

/** A line of a sale, as giving back needs it. */
export type SoldLine = { line: number; productId: number | null; thousandths: Thousandths; amount: Minor }

/** A line of one of the sale's cancellations: its amounts are negative where the sale's are positive. */
export type BackLine = {
  cancelsLine: number | null
  productId: number | null
  thousandths: Thousandths
  amount: Minor
}

/** What is left of a line of a sale. */
export type LeftLine = { line: number; thousandths: Thousandths; amount: Minor }

/** What somebody wants to give back of a line: how many (a positive number), and how much money where the shop decides it. */
export type WantedLine = { line: number; thousandths: Thousandths; amount?: Minor }

/** Why a wish to give back cannot be met. */
export type Objection =
  | { objection: 'orders.unknown_line'; line: number }
  | { objection: 'orders.more_than_sold'; line: number; left: Thousandths }
  | { objection: 'orders.more_than_paid'; line: number; left: Minor }
  | { objection: 'orders.nothing_left' }

/** A planned line of a cancellation. `cancelsLine` is null on the balancing line. */
export type PlannedLine = { cancelsLine: number | null; thousandths: Thousandths; amount: Minor }

/**
 * What is left of each line of a sale. A cancellation that does not say which line it gives back (another system's) is
 * counted against the lines of the same product, in their order; what fits none lowers only the order's net.
 */
export function leftOf(sold: readonly SoldLine[], back: readonly BackLine[]): LeftLine[] {
  const left = sold.map(({ line, thousandths, amount }) => ({ line, thousandths, amount }))
  const take = (index: number, thousandths: Thousandths, amount: Minor) => {
    left[index]!.thousandths += thousandths
    left[index]!.amount += amount
  }
  for (const one of back) {
    const index = one.cancelsLine === null ? -1 : left.findIndex((line) => line.line === one.cancelsLine)
    if (index >= 0) take(index, one.thousandths, one.amount)
  }
  for (const one of back) {
    if (one.cancelsLine !== null || one.productId === null) continue
    let open = one.thousandths
    let money = one.amount
    for (const [index, line] of sold.entries()) {
      const rest = left[index]!.thousandths
      if (open === 0 || line.productId !== one.productId || rest === 0 || rest > 0 === open > 0) continue
      const part = Math.sign(open) * Math.min(Math.abs(open), Math.abs(rest))
      const amount = part === open ? money : portionOf(one.amount, part, one.thousandths)
      take(index, part, amount)
      open -= part
      money -= amount
    }
  }
  for (const [index, line] of sold.entries()) {
    left[index]!.thousandths = within(left[index]!.thousandths, line.thousandths)
    left[index]!.amount = within(left[index]!.amount, line.amount)
  }
  return left
}

/** A rest between nothing and all: another system may have given back more than was sold. */
function within(rest: number, all: number): number {
  const sign = Math.sign(all)
  return sign * Math.min(Math.max(sign * rest, 0), Math.abs(all)) || 0
}

/**
 * The lines of a cancellation: of the whole rest, or of wanted quantities, never more than is left of a line.
 *
 * The money of a part is its share of the line, rounded so that the parts of a line always sum up to the line. Where a
 * discount or an earlier refund in money left less than the lines say, a balancing line keeps the order's net from
 * falling below zero; giving back the whole rest always leaves a net of zero.
 * @param net what is left of the order's amount
 */
export function planGivingBack(
  sold: readonly SoldLine[],
  left: readonly LeftLine[],
  net: Minor,
  wanted?: readonly WantedLine[],
): PlannedLine[] | Objection {
  const planned: PlannedLine[] = []
  const wishes: readonly WantedLine[] =
    wanted ?? left.map((line) => ({ line: line.line, thousandths: Math.abs(line.thousandths) }))
  for (const wish of wishes) {
    const line = sold.find((one) => one.line === wish.line)
    const rest = left.find((one) => one.line === wish.line)
    if (!line || !rest) return { objection: 'orders.unknown_line', line: wish.line }
    if (wish.thousandths > Math.abs(rest.thousandths)) {
      return { objection: 'orders.more_than_sold', line: wish.line, left: Math.abs(rest.thousandths) }
    }
    const share = shareOf(line, rest, wish.thousandths)
    const amount = wish.amount === undefined ? share : Math.sign(line.amount) * wish.amount
    if (Math.abs(amount) > Math.abs(rest.amount)) {
      return { objection: 'orders.more_than_paid', line: wish.line, left: Math.abs(rest.amount) }
    }
    const thousandths = -Math.sign(line.thousandths) * wish.thousandths || 0
    if (thousandths !== 0 || amount !== 0) planned.push({ cancelsLine: wish.line, thousandths, amount: -amount || 0 })
  }
  const takesOnly = net <= 0 && planned.every((line) => line.amount > 0)
  if (planned.length === 0 || takesOnly) return { objection: 'orders.nothing_left' }
  const given = -sumOf(planned)!
  const most = Math.max(net, 0)
  const balance = given - (wanted ? Math.min(Math.max(given, 0), most) : most)
  if (balance !== 0) planned.push({ cancelsLine: null, thousandths: 1000, amount: balance })
  return planned
}

/** The money of some of a line: its share of all that is given back by then, less what already was. */
function shareOf(line: SoldLine, left: LeftLine, thousandths: Thousandths): Minor {
  if (thousandths === Math.abs(left.thousandths)) return left.amount
  const before = line.amount - left.amount
  const after = Math.abs(line.thousandths) - Math.abs(left.thousandths) + thousandths
  const share = portionOf(line.amount, after, Math.abs(line.thousandths)) - before
  return within(share, left.amount) // a refund before may have been larger than its share
}
