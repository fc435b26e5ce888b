import type { Context } from '#platform/context.ts'
import { keepMemberships, recallPast } from '#understand/membership/index.ts'
import { projectAll } from '#understand/projection/index.ts'
import { addSegment, presetsFor, segmentsOf } from '#understand/segments/index.ts'

/** Of those that every shop is offered. */
const kept = ['new_buyers', 'second_purchase', 'regulars', 'big_and_silent', 'cart_left', 'looked_only']

/** Beyond it, comings and goings of the past are not told one by one. */
const mostTold = 60_000

/**
 * A few segments that the demo shop keeps, as if for two months; once, when its columns are filled. Nothing where there are any.
 * @param by.writer the label of who made them
 */
export async function keepDemoSegments(
  ctx: Context,
  { customers, writer }: { customers: number; writer: string },
): Promise<void> {
  if ((await segmentsOf(ctx)).length > 0) return
  const shop = { ...ctx, actor: { ...ctx.actor, label: writer, locale: 'zh-CN' } }
  for (const { key, name, advice, question } of await presetsFor(shop)) {
    if (kept.includes(key)) await addSegment(shop, { name, note: advice, question })
  }
  await projectAll(ctx)
  while (await keepMemberships(ctx));
  await recallPast(ctx, customers > mostTold ? { moves: 0 } : {})
  await projectAll(ctx)
  while (await keepMemberships(ctx));
}
