import { sql } from 'kysely'
import { workOff } from '#doors/ingest/index.ts'
import { movableClock } from '#platform/clock.ts'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { foundDemo, stockUp, type Wanted } from './found.ts'
import { beginOf, dayOf } from './life/calendar.ts'
import { demoShopOf, livesOf, type Told } from './record.ts'
import { tellByFiles } from './write/by-files.ts'
import { inBulk } from './write/in-bulk.ts'
import { knownOf } from './write/known.ts'
import { type Telling, tell } from './write/tell.ts'

export type Step = 'history' | 'ways' | 'indexes' | 'keys' | 'statistics'

export type Making = {
  signal?: AbortSignal
  /** Called once the shop is there and before anything happens in it: who works in it writes things down. */
  hire?(ctx: Context): Promise<void>
  /** Where the files of its outlets lie. Given, yesterday comes in by the import, as with a shop that sends its files at night. */
  files?: string
  /** Happenings in one transaction. */
  portion?: number
  /** Called once the years are written and indexed: what follows are days. */
  onYears?(): void
  onProgress?(step: Step, done: number, of: number, orders?: number): void
}

/** A larger shop's day would take the import longer than its years take the fast path. */
const mostByFiles = 50_000

/**
 * The demo shop of this house up to an instant of shop time: made where there is none, gone on with where its making was broken off,
 * caught up with what happened since.
 * @throws Refusal `demo.real_house`
 */
export async function demoUpTo(ctx: Context, wanted: Wanted, until: Date, making: Making = {}): Promise<Told> {
  const { onProgress, signal, hire, files, portion } = making
  const shop = (await demoShopOf(ctx)) ?? (await foundDemo(ctx, wanted))
  await hire?.(ctx)
  const telling = {
    signal,
    portion,
    onProgress: ({ day, days, orders }: { day: number; days: number; orders: number }) =>
      onProgress?.('history', day, days, orders),
  }
  if (!shop.madeAt) {
    const byFiles = files !== undefined && shop.customers <= mostByFiles && shop.weeks > 1
    const yesterday = addDays(dayOf(until.getTime()), -1)
    await inBulk(
      ctx,
      (client) =>
        goOn(ctx, byFiles ? new Date(beginOf(yesterday)) : until, { ...telling, client }).then(() => undefined),
      (step, done, of) => onProgress?.(step, done, of),
    )
    making.onYears?.()
    await sql`update demo_shop set made_at = ${ctx.clock.machine()}`.execute(ctx.db)
    if (byFiles) await comeByFiles(ctx, new Date(beginOf(yesterday) + 22 * 3600_000), files, signal)
  }
  return goOn(ctx, until, telling)
}

async function goOn(ctx: Context, until: Date, telling: Omit<Telling, 'until'>): Promise<Told> {
  const shop = (await demoShopOf(ctx))!
  const lives = livesOf(shop, until)
  await stockUp(ctx, lives.goods, dayOf(until.getTime()))
  // What waits at the door from before makes browsers known.
  while (await workOff(ctx)) telling.signal?.throwIfAborted()
  const known = await knownOf(ctx, lives.population)
  const rest = await tell(ctx, shop, lives, known, { ...telling, until })
  return { shop, lives, known, crowd: lives.crowd, rest, until }
}

/** The files are imported at the hour at which they were written, by shop time. */
async function comeByFiles(ctx: Context, until: Date, folder: string, signal: AbortSignal | undefined): Promise<void> {
  const shop = (await demoShopOf(ctx))!
  const lives = livesOf(shop, until)
  const { writers } = await knownOf(ctx, lives.population)
  const clerk = { ...ctx.actor, label: writers.W ?? ctx.actor.label }
  await tellByFiles({ ...ctx, clock: movableClock(until), actor: clerk }, shop, lives, { until, folder, signal })
}
