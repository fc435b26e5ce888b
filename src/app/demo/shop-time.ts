import { sql } from 'kysely'
import type { Pace, PacedClock } from '#platform/clock.ts'
import type { Context } from '#platform/context.ts'

/** How long shop time runs on without being carried, and how often it is looked at: milliseconds of the machine. */
export const shopTimeLease = 5_000
const lookMs = 1_000

export type ShopTime = {
  clock: PacedClock
  /** Looks no more; for who carries it, and at the end. */
  stop(): void
}

/**
 * In a demo, shop time may run ahead of the machine's. One process carries it (live.ts) and writes its pace into `demo_shop`; every
 * other one of the house (pages, work, commands) follows it here, so that all agree on what day it is. A real house has the machine's time
 * and is not looked at again.
 */
export async function followShopTime(ctx: Context, clock: PacedClock): Promise<ShopTime> {
  const pace = await paceOf(ctx)
  if (pace === undefined) return { clock, stop: () => undefined }
  if (pace) clock.follow(pace)
  const timer = setInterval(() => {
    paceOf(ctx).then(
      (next) => next && clock.follow(next),
      () => undefined,
    )
  }, lookMs)
  timer.unref()
  return { clock, stop: () => clearInterval(timer) }
}

/** Undefined in a real house; null in a demo that has always gone with the machine. */
async function paceOf(ctx: Context): Promise<Pace | null | undefined> {
  const { rows } = await sql<{ shop: Date | null; machine: Date | null; speed: number }>`
    select shop_time as shop, machine_time as machine, speed from demo_shop`.execute(ctx.db)
  const row = rows[0]
  if (!row) return undefined
  return row.shop && row.machine ? { shop: row.shop, machine: row.machine, speed: row.speed } : null
}

/**
 * Carries shop time on from what it is now, at a speed. For all processes of the house. A shop that is not ahead and goes as fast as the
 * machine needs nobody: then nothing is written.
 */
export async function carry(ctx: Context, clock: PacedClock, speed: number): Promise<void> {
  if (speed === 1 && clock.now().getTime() <= clock.machine().getTime() + 1) {
    clock.follow(undefined)
    await sql`update demo_shop set shop_time = null, machine_time = null, speed = 1 where shop_time is not null`.execute(
      ctx.db,
    )
    return
  }
  const pace = { shop: clock.now(), machine: clock.machine(), speed }
  clock.follow(pace)
  await sql`
    update demo_shop set shop_time = ${pace.shop}, machine_time = ${pace.machine}, speed = ${speed}`.execute(ctx.db)
}
