import { setTimeout as sleep } from 'node:timers/promises'
import type { PacedClock } from '#platform/clock.ts'
import type { Context } from '#platform/context.ts'
import { addDays } from '#platform/days.ts'
import { faultOf } from '#platform/log.ts'
import { act } from './act.ts'
import { stockUp } from './found.ts'
import { beginOf, dayOf } from './life/calendar.ts'
import type { Happening } from './life/crowd.ts'
import type { Deed } from './life/deeds.ts'
import type { Told } from './record.ts'
import { carry } from './shop-time.ts'
import { tellDoor } from './tell-door.ts'
import { productsOf } from './write/known.ts'

export type Living = {
  /** How many times as fast as the machine's time shop time goes; 1440: a day a minute. */
  speed: number
  signal: AbortSignal
  onDay?(day: string, happened: number): void
}

const turnMs = 150
const carryMs = 2_000
/** So far behind, in seconds of the machine, the clock waits: a slow machine lives slower, it does not leave its customers out. */
const patienceMs = 3_000

/**
 * Lets the shop go on living: what happens, happens by the API's verbs when its hour has come. Shop time is carried here and nowhere else.
 * Ends at the signal, having left the clock where it is.
 */
export async function live(
  ctx: Context,
  clock: PacedClock,
  told: Told,
  { speed, signal, onDay }: Living,
): Promise<void> {
  const { crowd, lives } = told
  let coming: Happening[] = told.rest
  let happened = 0
  let carried = 0
  let going = speed
  const goAt = async (next: number) => {
    going = next
    await carry(ctx, clock, next)
    carried = clock.machine().getTime()
  }
  await goAt(speed)
  while (!signal.aborted) {
    const now = clock.now().getTime()
    while (!signal.aborted && coming.length > 0 && coming[0]!.at <= now) {
      const one = coming[0]!
      const deeds = deedsFirst(coming, now)
      coming.splice(0, Math.max(1, deeds.length))
      await (one.what === 'did' ? tellDoor(ctx, told, deeds) : act(ctx, told, one)).catch((error: unknown) => {
        // One visit gone wrong is logged; the shop stays open.
        ctx.log.error({ what: one.what, ...faultOf(error) }, 'a happening of the demo failed')
      })
      happened += Math.max(1, deeds.length)
      const behind = clock.now().getTime() - one.at
      if (going > 0 && speed > 1 && behind > patienceMs * speed) await goAt(0)
      else if (clock.machine().getTime() - carried > carryMs) await goAt(going)
    }
    if (going === 0) await goAt(speed)
    const today = dayOf(clock.now().getTime())
    const next = addDays(lives.calendar.first, crowd.day)
    if (coming.length === 0 && next <= today) {
      if ((await stockUp(ctx, lives.goods, next)) > 0) told.known.products = await productsOf(ctx)
      onDay?.(addDays(next, -1), happened)
      happened = 0
      coming = crowd.nextDay().filter(({ at }) => at >= beginOf(next))
      continue
    }
    if (clock.machine().getTime() - carried > carryMs) await goAt(going)
    await sleep(turnMs, undefined, { signal }).catch(() => undefined)
  }
  await carry(ctx, clock, 1)
}

/** Deeds told at once. */
const atOnce = 200

/** What people did, up to the first happening that is something else, or later. */
function deedsFirst(coming: readonly Happening[], now: number): Deed[] {
  const deeds: Deed[] = []
  for (const one of coming) {
    if (one.what !== 'did' || one.at > now || deeds.length === atOnce) break
    deeds.push(one)
  }
  return deeds
}
