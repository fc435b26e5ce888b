import { shownField, shownNumber, veiled } from '#know/customers/index.ts'
import type { Context } from '#platform/context.ts'
import type { Comparison } from './contract.ts'
import type { Import } from './import.ts'

/** What stands for a cell that is not shown. */
export const coveredCell = '***'

/**
 * Whether an actor is shown the cells of an import's file, which may hold anything: who brought it has it anyway; others only if
 * nothing of people is masked for them.
 */
export function seesFile({ actor }: Context, one: Pick<Import, 'actor'>): boolean {
  return one.actor === actor.label || veiled(actor).length === 0
}

/** What a comparison quotes of customers, as the actor may see it: what was known before is never the file's. */
export function shownComparison(ctx: Context, comparison: Comparison | null): Comparison | null {
  const { actor } = ctx
  if (!comparison || veiled(actor).length === 0) return comparison
  return {
    ...comparison,
    samples: comparison.samples.map((sample) => ({
      ...sample,
      key: shownNumber(ctx, sample.key),
      fields: sample.fields.map((one) => ({
        ...one,
        old: shownField(actor, one.field, one.old),
        new: shownField(actor, one.field, one.new),
      })),
    })),
  }
}
