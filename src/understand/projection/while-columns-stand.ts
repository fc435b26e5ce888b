import type { Context } from '#platform/context.ts'
import { readCursors } from './cursors.ts'
import { versionOf } from './position.ts'
import { withLock } from './run.ts'

/**
 * Works while nothing of the records is copied to the columns, so that all of them show one state; waits for a turn under way.
 * @param work gets the version that the columns show
 * @returns undefined where they do not show one state: before the first turn, and in the middle of much that comes in
 */
export function whileColumnsStand<T>(ctx: Context, work: (version: string) => Promise<T>): Promise<T | undefined> {
  return withLock(ctx, 'projection', { wait: true }, async (held) => {
    const cursors = [...(await readCursors(held.ctx, 'live')).values()]
    const traits = cursors.find(({ name }) => name === 'traits')
    if (!traits || traits.place.xid === '0') return undefined
    const ahead = cursors.some(
      ({ name, place, pending }) => pending || (name !== 'traits' && BigInt(place.xid) >= BigInt(traits.place.xid)),
    )
    return ahead ? undefined : work(versionOf(traits.epoch, traits.place.xid))
  })
}
