import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'

export type Progress = { phase: string; share: number }

export type Reporter = {
  /** Tells what is written now and how far the whole is; cheap to call for every chunk. */
  at(phase: string, share: number): void
  /** Aborts when the caller's does, and when somebody asks for it in the row. */
  signal: AbortSignal
}

/** Tells how far a backup is, at most once a second, in its row and to the caller, and hears there whether to stop. */
export function reporter(
  ctx: Context,
  id: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
): Reporter {
  const asked = new AbortController()
  let toldAt = 0
  let telling = false

  async function tell(progress: Progress): Promise<void> {
    onProgress?.(progress)
    const { rows } = await sql<{ cancelAsked: boolean }>`
      update backups set phase = ${progress.phase}, share = ${progress.share} where id = ${id} returning cancel_asked`.execute(
      ctx.db,
    )
    if (rows[0]?.cancelAsked) asked.abort(new Refusal('conflict', 'backup.cancelled'))
  }

  return {
    signal: signal ? AbortSignal.any([signal, asked.signal]) : asked.signal,
    at(phase, share) {
      const now = ctx.clock.machine().getTime()
      if (telling || now - toldAt < 1000) return
      toldAt = now
      telling = true
      // A report that does not arrive is no reason to stop.
      void tell({ phase, share })
        .catch(() => undefined)
        .finally(() => {
          telling = false
        })
    },
  }
}
