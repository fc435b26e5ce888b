import { availableParallelism } from 'node:os'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import { type Progress, scanPeople } from './likeness/scan-people.ts'
import { allPeople } from './people.ts'
import { dropStale, saveFound } from './save-found.ts'
import { atLeast, beginScan, endScan } from './scan.ts'
import { withProposed } from './weigh-proposed.ts'

/** How often a look tells how far it is and asks whether it should go on, in milliseconds. */
const tellEvery = 1_000

/**
 * Looks through all customers for those who may be the same, and lays down the suggestions. A million take some minutes and up to a
 * gigabyte, in threads beside this one; somebody may cancel it (cancel-scan.ts), and `signal` ends it at a stop.
 * @returns how many suggestions are new; undefined where it was ended
 */
export async function scanAll(
  ctx: Context,
  { askedBy = null, signal }: { askedBy?: string | null; signal?: AbortSignal } = {},
): Promise<number | undefined> {
  const scan = await beginScan(ctx, 'all', askedBy)
  if (!scan) return undefined
  const cancel = new AbortController()
  const ended = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
  let latest: Progress | undefined
  const telling = setInterval(() => {
    if (latest) scan.told(latest).then((goesOn) => goesOn || cancel.abort(), noticed)
  }, tellEvery)
  try {
    const { pairs, looked, people, learnt } = await scanPeople(allPeople(ctx, ended), {
      // The server keeps a core, where there is more than one.
      threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
      expected: await aboutHowMany(ctx),
      atLeast,
      signal: ended,
      tell: (progress) => {
        latest = progress
      },
    })
    latest = undefined
    if (!(await scan.told({ step: 'writing' }))) return undefined
    const added = await saveFound(ctx, scan.id, await withProposed(ctx, pairs, learnt))
    await dropStale(ctx, scan.id)
    await endScan(ctx, scan.id, { state: 'done', people, looked, found: pairs.length, learnt })
    return added
  } catch (error) {
    await endScan(ctx, scan.id, { state: 'failed' })
    if (ended.aborted) return undefined
    throw error
  } finally {
    clearInterval(telling)
  }

  function noticed(error: unknown): void {
    ctx.log.warn({ err: error }, 'duplicates: progress could not be told')
  }
}

async function aboutHowMany(ctx: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select greatest(1000, reltuples)::bigint as count from pg_class where oid = 'customers'::regclass`.execute(ctx.db)
  return rows[0]!.count
}
