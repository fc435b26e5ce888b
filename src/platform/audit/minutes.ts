import type { Context } from '../context.ts'
import { faultOf } from '../log.ts'
import { append, type Entry } from './entry.ts'

type Kept = { ctx: Context; minute: number; entry: Entry; times: number; rows: number | null }

/** Beyond it all counts are written, so that a stranger with many addresses cannot fill the memory. */
const mostKept = 5_000
const minuteMs = 60_000

/** What happens often: looks and denials, told by the minute. */
export type Minutes = {
  /** The first of a minute is written before this returns; the same again within the minute is counted. */
  tell(ctx: Context, entry: Entry): Promise<void>
  /** Writes what was counted; of the minute under way too. */
  flush(): Promise<void>
}

/**
 * The same actor doing the same to the same thing is one entry a minute, so that a page view costs no write of its own. The first
 * is written before the answer leaves: that somebody looked is never lost; a crash loses at most how often within that minute.
 * In this process's memory: several `serve` processes write an entry each.
 */
export function minutes(): Minutes {
  const kept = new Map<string, Kept>()
  let timer: NodeJS.Timeout | undefined

  async function write(ones: Kept[]) {
    for (const { ctx, entry, times, rows } of ones) if (times > 0) await append(ctx, { ...entry, times, rows })
  }

  /** Takes out what is of minutes before this one, or all. */
  function due(before: number): Kept[] {
    const ones: Kept[] = []
    for (const [key, one] of kept) {
      if (one.minute >= before) continue
      kept.delete(key)
      ones.push(one)
    }
    return ones
  }

  function wake(ctx: Context) {
    if (timer) return
    timer = setTimeout(() => {
      timer = undefined
      write(due(minuteOf(ctx))).catch((error) => ctx.log.error(faultOf(error), 'looks were not counted'))
      if (kept.size > 0) wake(ctx)
    }, minuteMs)
    timer.unref()
  }

  return {
    async tell(ctx, entry) {
      const key = JSON.stringify([
        entry.actor ?? ctx.actor.label,
        entry.ip,
        entry.action,
        entry.outcome,
        entry.object,
        entry.objectId,
        entry.reason,
      ])
      const minute = minuteOf(ctx)
      const known = kept.get(key)
      if (known?.minute === minute) {
        known.times += 1
        if (entry.rows) known.rows = (known.rows ?? 0) + entry.rows
        return
      }
      const late = known ? [known] : []
      const { requestId: _, data: __, ...again } = entry
      kept.set(key, { ctx, minute, entry: { ...again, actor: entry.actor ?? ctx.actor.label }, times: 0, rows: null })
      if (kept.size > mostKept) late.push(...due(Number.POSITIVE_INFINITY))
      wake(ctx)
      try {
        await write(late)
        await append(ctx, entry)
      } catch (error) {
        kept.delete(key) // the next one tries again
        throw error
      }
    },
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await write(due(Number.POSITIVE_INFINITY))
    },
  }
}

function minuteOf({ clock }: Context): number {
  return Math.floor(clock.machine().getTime() / minuteMs)
}
