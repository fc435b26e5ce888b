import type { Context } from '#platform/context.ts'
import { placeSaid, regionsInUse } from '#understand/query/index.ts'

/** Where customers are, with what the reader calls it. */
export async function regionsWithNames(ctx: Context) {
  const items = await regionsInUse(ctx)
  return items.map((one) => ({ ...one, name: placeSaid(one.place, ctx.actor.locale) }))
}
