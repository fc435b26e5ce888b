import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '#platform/context.ts'
import type { Loop } from '#platform/jobs.ts'
import { faultOf } from '#platform/log.ts'

const mostRestMs = 1_000

/** Takes turns until told to stop: at once again where there was something to do, else after a rest; a turn that fails is told and tried again. */
export async function loop(ctx: Context, signal: AbortSignal, { name, everyMs, turn }: Loop): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    let busy = false
    const began = performance.now()
    try {
      busy = await turn(ctx)
      failures = 0
    } catch (error) {
      failures += 1
      ctx.log.error({ loop: name, failures, ...faultOf(error) }, 'loop failed')
    }
    // It rests as long as its turn took: on a machine that is full, what follows makes room for what comes in.
    const rest = Math.max(everyMs, Math.min(performance.now() - began, mostRestMs))
    if (!busy) await pause(failures ? Math.min(everyMs * 2 ** failures, 30_000) : rest, signal)
  }
}

/** Its listener goes with it: a signal that keeps one of every turn makes the next one slower, for as long as the house runs. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
