import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { type Day, dayIn } from '#platform/days.ts'
import { answered } from './answers.ts'
import { rowsOf } from './ask.ts'

/**
 * From where customers are seen: a day, and all shops or some. Only what was placed on or before the day, at these shops,
 * counts; only customers known on that day, of these shops, are there.
 */
export type Lens = {
  /** The day of the question. */
  asOf: Day
  /** Set where later documents exist and must be left out. */
  until?: Day
  /** Set for a day of the past: who was added later and had ordered nothing by then is left out. */
  knownBy?: Day
  /** Set where not all shops are seen: what is asked for, within what the actor may see. Empty: nobody is there. */
  shopIds?: number[]
  /** Set where the actor sees only the customers of some members of staff: no others are there, nor are sales to nobody known. */
  ownerIds?: number[]
}

export type Looks = { asOf?: Day; shopId?: number }

/** The lens of an actor for a day (today unless told) and a shop. */
export async function lensOf(ctx: Context, { asOf: asked, shopId }: Looks = {}): Promise<Lens> {
  const today = await todayOf(ctx)
  const asOf = asked ?? today
  return {
    asOf,
    until: (await latestDay(ctx)) > asOf ? asOf : undefined,
    knownBy: asOf < today ? asOf : undefined,
    shopIds: shopsSeen(ctx, shopId),
    ownerIds: ctx.actor.scope.kind === 'owners' ? ctx.actor.scope.staffIds : undefined,
  }
}

/** Today in the shop's zone. */
export async function todayOf(ctx: Context): Promise<Day> {
  return dayIn((await merchantOf(ctx)).zone, ctx.clock.now())
}

/** Beyond it the columns' numbers of shops would wrap around to another. */
const largestShopId = 2 ** 31 - 1

function shopsSeen({ actor }: Context, shopId?: number): number[] | undefined {
  const { scope } = actor
  if (shopId !== undefined && shopId > largestShopId) return []
  if (scope.kind !== 'shops') return shopId === undefined ? undefined : [shopId]
  return shopId === undefined ? scope.shopIds : scope.shopIds.filter((id) => id === shopId)
}

/** The last day with a document of a customer. */
function latestDay(ctx: Context): Promise<Day> {
  return answered(ctx, 'query.latestDay', async () => {
    const [row] = await rowsOf<{ day: Day | null }>(ctx, {
      sql: 'SELECT toString(max(last_document)) AS day FROM traits',
      params: {},
    })
    return row?.day ?? '1970-01-01'
  })
}
