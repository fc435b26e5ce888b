import { type Preset, stepTargets, type Target } from '../preset.ts'

/** Which column of the file each target is, by the header's names; what stands in no column is absent. */
export function columnsOf(preset: Pick<Preset, 'columns'>, header: readonly string[]): Partial<Record<Target, number>> {
  const names = header.map(plain)
  const found: Partial<Record<Target, number>> = {}
  for (const [target, wanted] of Object.entries(preset.columns) as [Target, string[]][]) {
    for (const name of wanted) {
      const at = name.endsWith('*')
        ? names.findIndex((one) => one.startsWith(plain(name.slice(0, -1))))
        : names.indexOf(plain(name))
      if (at === -1) continue
      found[target] = at
      break
    }
  }
  return found
}

/** Header names are compared without case, blanks around and inside, and full-width forms. */
export function plain(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s_]+/g, '')
    .toLowerCase()
}

/**
 * What the mapping lacks before it can run, as the targets that one of must be told; empty when it can.
 * Orders need a number and a date; customers a way to know them again; products a code.
 */
export function missingTargets(found: Partial<Record<Target, number>>): Target[][] {
  const has = (...targets: Target[]) => targets.some((one) => found[one] !== undefined)
  if (tellsStepsAlone(found)) return []
  const undated: Target[][] = has('review.rating') && !has('review.at') ? [['review.at']] : []
  if (tellsReviewsAlone(found))
    return [...undated, ...(has('order.number', ...knowing) ? [] : [['order.number', ...knowing] as Target[]])]
  if (has('order.number')) {
    const missing = undated
    if (!has('order.placedAt')) missing.push(['order.placedAt'])
    if (!has(...prices)) missing.push([...prices])
    return missing
  }
  if (has('order.placedAt', 'line.quantity', 'line.unitPrice', 'order.total')) return [['order.number']]
  if (has('line.code') || has(...knowing)) return []
  return [['order.number', 'line.code', ...knowing]]
}

/** Whether a file tells how far orders are and nothing else of them: a carrier's list, by the orders' numbers. */
export function tellsStepsAlone(found: Partial<Record<Target, number>>): boolean {
  const has = (...targets: Target[]) => targets.some((one) => found[one] !== undefined)
  return has('order.number') && has(...Object.values(stepTargets)) && !has(...prices)
}

/** Whether a file tells what was said of goods and no orders. */
export function tellsReviewsAlone(found: Partial<Record<Target, number>>): boolean {
  return found['review.rating'] !== undefined && prices.every((one) => found[one] === undefined)
}

const prices = ['line.unitPrice', 'line.amount', 'order.total'] as const

/** Targets by which a person is known again, the first that is filled. */
export const knowing = ['customer.id', 'customer.buyer', 'customer.member', 'customer.email', 'customer.phone'] as const
