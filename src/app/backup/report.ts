import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { Refusal } from '#platform/refusal.ts'

export type Progress = { phase: string; share: number }

export type Reporter = {
  /** Notes what is written now and how far the whole is; cheap to call for every chunk. */
  at(phase: string, share: number): void
  /** Aborts when the caller's does, and when somebody asks for it in the row. */
  signal: AbortSignal
  stop(): void
}

const everyMs = 500

/** Tells twice a second how far a backup is, in its row and to the caller, and hears there whether to stop. */
export function reporter(
  ctx: Context,
  id: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
): Reporter {
  const asked = new AbortController()
  let now: Progress = { phase: '', share: 0 }
  let telling = false

  async function tell(): Promise<void> {
    const { rows } = await sql<{ cancelAsked: boolean }>`
      update backups set phase = ${now.phase}, share = ${now.share} where id = ${id} returning cancel_asked`.execute(
      ctx.db,
    )
    if (rows[0]?.cancelAsked) asked.abort(new Refusal('conflict', 'backup.cancelled'))
  }

  const timer = setInterval(() => {
    if (telling) return
    telling = true
    // A report that does not arrive is no reason to stop.
    void tell()
      .catch(() => undefined)
      .finally(() => {
        telling = false
      })
  }, everyMs)

  return {
    signal: signal ? AbortSignal.any([signal, asked.signal]) : asked.signal,
    at(phase, share) {
      now = { phase, share }
      onProgress?.(now)
    },
    stop: () => clearInterval(timer),
  }
}
