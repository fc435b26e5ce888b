import type { Context } from '#platform/context.ts'
import type { Channel, Condition, Purpose } from '#understand/query/contract.ts'
import { cellsOf, compileReach, rowsOf } from '#understand/query/index.ts'
import { planFor } from '#understand/value/index.ts'

export type Reach = { channel: Channel; yes: number; no: number; unknown: number }

/** Of those whom a question finds, how many may be written to by each channel for a purpose, and how many may not. */
export async function reachOf(
  ctx: Context,
  { question, purpose }: { question: Condition; purpose: Purpose },
  signal?: AbortSignal,
): Promise<{ items: Reach[] }> {
  const plan = await planFor(ctx, { where: question })
  const [found] = await rowsOf<{ known: number; yes: number[]; no: number[] }>(ctx, compileReach(plan, purpose), signal)
  return {
    items: cellsOf(purpose).map(({ channel }, at) => {
      const [yes, no] = [Number(found?.yes[at] ?? 0), Number(found?.no[at] ?? 0)]
      return { channel, yes, no, unknown: Number(found?.known ?? 0) - yes - no }
    }),
  }
}
