import { nextBatch } from './batch.ts'
import { copyRows } from './copy-rows.ts'
import { begin, type Cursor, move } from './cursors.ts'
import { projected } from './projected.ts'
import type { Run } from './run.ts'

/**
 * Copies what changed since the cursors, up to the run's horizon, batch by batch: the batch is recorded, inserted, and the
 * cursor moves. Killed anywhere, the next turn begins with the recorded batch again.
 * @param options.until machine milliseconds after which no new batch is begun
 * @returns rows copied, and whether the horizon was reached
 */
export async function copyChanges(
  run: Run,
  cursors: ReadonlyMap<string, Cursor>,
  options: { until?: number } = {},
): Promise<{ rows: number; done: boolean }> {
  const { ctx, target, suffix } = run
  let copied = 0
  for (const one of projected) {
    const cursor = cursors.get(one.name)
    if (!cursor) throw new Error(`the projection has no cursor for ${one.name}`)
    let { place } = cursor
    if (cursor.pending) {
      const { upTo, token } = cursor.pending
      await copyRows(ofRun(run), one, { by: 'changes', after: place, upTo }, run, { suffix, token })
      await move(ctx, target, one.name, upTo, 0)
      place = upTo
    }
    for (;;) {
      if (options.until && ctx.clock.machine().getTime() > options.until) return { rows: copied, done: false }
      const batch = await nextBatch(ctx, one, 'changes', place, run)
      if (!batch) break
      const token = await begin(ctx, target, one.name, batch.upTo)
      await copyRows(ofRun(run), one, { by: 'changes', after: place, upTo: batch.upTo }, run, { suffix, token })
      await move(ctx, target, one.name, batch.upTo, batch.rows)
      place = batch.upTo
      copied += batch.rows
    }
  }
  return { rows: copied, done: true }
}

/** The connections of a run, for copying. */
export function ofRun({ client, ctx }: Run): Parameters<typeof copyRows>[0] {
  return { client, columns: ctx.columns }
}
