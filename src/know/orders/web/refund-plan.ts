import {
  type NewCancellation,
  type Order,
  type PlannedLine,
  planGivingBack,
  sumOf,
  thousandthsOf,
} from '../contract.ts'

/** How many of each line are given back, by the line's number. */
export type Chosen = Readonly<Record<number, number | undefined>>

type Lines = NonNullable<NewCancellation['lines']>

/** All that is left of a sale. */
export function allLeft(sale: Order): Chosen {
  return Object.fromEntries(sale.lines.map(({ line, left }) => [line, Math.abs(left?.quantity ?? 0)]))
}

/** The request's lines: none where all that is left is chosen, so that the server gives back the very rest. */
export function linesOf(sale: Order, chosen: Chosen): Lines | undefined {
  if (isAll(sale, chosen)) return undefined
  return Object.entries(chosen).flatMap(([line, quantity]) => (quantity ? [{ line: Number(line), quantity }] : []))
}

export function isAll(sale: Order, chosen: Chosen): boolean {
  return sale.lines.every(({ line, left }) => Math.abs(left?.quantity ?? 0) === (chosen[line] ?? 0))
}

/** The money that goes back, by the same rule as the server's; 0 where nothing is chosen. */
export function moneyBack(sale: Order, chosen: Chosen): number {
  const sold = sale.lines.map(({ line, product, quantity, amount }) => ({
    line,
    productId: product?.id ?? null,
    thousandths: thousandthsOf(quantity) ?? 0,
    amount,
  }))
  const left = sale.lines.map(({ line, left }) => ({
    line,
    thousandths: thousandthsOf(left?.quantity ?? 0) ?? 0,
    amount: left?.amount ?? 0,
  }))
  const wanted = linesOf(sale, chosen)?.map(({ line, quantity }) => ({
    line,
    thousandths: thousandthsOf(quantity) ?? 0,
  }))
  const planned = planGivingBack(sold, left, sale.net, wanted)
  return Array.isArray(planned) ? -(sumOf(planned satisfies PlannedLine[]) ?? 0) || 0 : 0
}
