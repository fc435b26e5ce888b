import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '#platform/context.ts'
import { compute } from './compute.ts'
import { copyChanges } from './copy-changes.ts'
import { move, readCursors, startCursors } from './cursors.ts'
import { projectionLag } from './lag.ts'
import { horizonOf } from './position.ts'
import { rebuild } from './rebuild.ts'
import { openRun, type Run, withLock } from './run.ts'

/** A turn begins no new batch after this, so that a stop is not kept waiting. */
const turnMs = 5_000

/** While much comes in, what is computed waits for more: at most this long, or a turn with few rows. */
const restMs = 3_000
const muchRows = 5_000

type Turn = 'elsewhere' | 'new epoch' | { busy: boolean }

/**
 * One turn of the projection: copies what changed in the records since the last, up to the horizon, then computes what follows
 * from it. Readers see each table's rows as they come; the position moves when all of it is there.
 *
 * In a new epoch (a restore, another server) the columns are made anew instead: transaction ids begin again there.
 * @returns whether there may be more to do now
 */
export async function projectOnce(ctx: Context): Promise<boolean> {
  const turn = await takeTurn(ctx, { patient: true })
  if (turn === 'new epoch') {
    await rebuild(ctx)
    return true
  }
  return turn !== 'elsewhere' && turn.busy
}

/**
 * Brings the columns up to everything that was committed when it was called. Beside a running server the two take turns. What
 * committed while an older transaction is still open, anywhere on the Postgres server, can only be read when that ends: it
 * waits for it.
 */
export async function projectAll(ctx: Context): Promise<void> {
  const { next } = await horizonOf(ctx)
  for (;;) {
    const turn = await takeTurn(ctx, { patient: false })
    if (turn === 'new epoch') await rebuild(ctx)
    else if (turn !== 'elsewhere' && turn.busy) continue
    else if (await isShown(ctx, next, turn !== 'elsewhere')) return
    else await sleep(50)
  }
}

/** Whether all that was committed before a transaction id is in the columns: the traits are there, or nothing waits. */
async function isShown(ctx: Context, next: string, computed: boolean): Promise<boolean> {
  const traits = (await readCursors(ctx, 'live')).get('traits')
  if (!traits) return false
  return BigInt(traits.place.xid) >= BigInt(next) || (computed && (await projectionLag(ctx)).pendingRows === 0)
}

async function takeTurn(ctx: Context, options: { patient: boolean }): Promise<Turn> {
  const turn = await withLock(ctx, 'projection', { wait: false }, async (held): Promise<Turn> => {
    const run = await openRun(held, 'live')
    return advance(run, options)
  })
  return turn ?? 'elsewhere'
}

async function advance(run: Run, { patient }: { patient: boolean }): Promise<Turn> {
  const { ctx, epoch, horizon } = run
  let cursors = await readCursors(ctx, 'live')
  const traits = cursors.get('traits')
  if (traits ? traits.epoch !== epoch : epoch > 1) return 'new epoch'
  if (!traits) {
    await startCursors(ctx, 'live', { epoch, xid: '0' })
    cursors = await readCursors(ctx, 'live')
  }
  const began = ctx.clock.machine().getTime()
  const copied = await copyChanges(run, cursors, { until: began + turnMs })
  if (!copied.done) return { busy: true }
  const computed = cursors.get('traits')!
  const uncomputed = [...(await readCursors(ctx, 'live')).values()].some(
    ({ name, place }) => name !== 'traits' && BigInt(place.xid) >= BigInt(computed.place.xid),
  )
  if (!uncomputed) return { busy: false }
  const rested = ctx.clock.machine().getTime() - computed.movedAt.getTime() > restMs
  if (patient && copied.rows > muchRows && !rested) return { busy: true }
  await compute(run, computed.place.xid)
  await move(ctx, 'live', 'traits', { xid: horizon, id: 0 }, 0)
  // Few rows came while this turn ran: they wait for some more. A turn costs the columns dozens of statements, whatever it brings.
  return { busy: copied.rows > muchRows }
}
