import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { foundDemo, stockUp, type Wanted } from './found.ts'
import type { Happening } from './life/crowd.ts'
import { dayOf } from './life/sale.ts'
import { demoShopOf, livesOf, type Told } from './record.ts'
import { inBulk } from './write/in-bulk.ts'
import { knownOf } from './write/known.ts'
import { tell } from './write/tell.ts'

export type Step = 'history' | 'indexes' | 'keys' | 'statistics'

export type Making = {
  signal?: AbortSignal
  /** Called once the shop is there and before anything happens in it: who works in it writes things down. */
  hire?(ctx: Context): Promise<void>
  onProgress?(step: Step, done: number, of: number, orders?: number): void
}

/**
 * The demo shop of this house up to an instant of shop time: made where there is none, gone on with where its making was broken off,
 * caught up with what happened since.
 * @throws Refusal `demo.real_house`
 */
export async function demoUpTo(ctx: Context, wanted: Wanted, until: Date, making: Making = {}): Promise<Told> {
  const { onProgress, signal, hire } = making
  const shop = (await demoShopOf(ctx)) ?? (await foundDemo(ctx, wanted))
  await hire?.(ctx)
  const lives = livesOf(shop, until)
  await stockUp(ctx, lives.goods, dayOf(until.getTime()))
  const known = await knownOf(ctx, lives.population)
  const options = {
    until,
    signal,
    onProgress: ({ day, days, orders }: { day: number; days: number; orders: number }) =>
      onProgress?.('history', day, days, orders),
  }
  let rest: Happening[] = []
  if (shop.madeAt) rest = await tell(ctx, shop, lives, known, options)
  else {
    await inBulk(
      ctx,
      async (client) => {
        rest = await tell(ctx, shop, lives, known, { ...options, client })
      },
      (step, done, of) => onProgress?.(step, done, of),
    )
    await sql`update demo_shop set made_at = ${ctx.clock.machine()}`.execute(ctx.db)
  }
  return { shop, lives, known, crowd: lives.crowd, rest, until }
}
