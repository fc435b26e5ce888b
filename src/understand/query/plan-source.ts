import type { Bindings } from './bindings.ts'
import type { Plan } from './plan.ts'
import { asksOfTalks } from './record.ts'
import { sourceOf } from './source.ts'

/** The rows that a plan is asked of, with all that its condition and some further ones read. */
export function sourceOfPlan(
  { lens, where }: Plan,
  bindings: Bindings,
  further: readonly Plan['where'][] = [],
): string {
  return sourceOf(lens, bindings, { talked: [where, ...further].some(asksOfTalks) })
}
