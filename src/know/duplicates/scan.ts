import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Learnt } from './likeness/learnt.ts'
import type { Progress } from './likeness/scan-people.ts'

/** Below this a pair is not asked about. */
export const atLeast = 0.5

export type ScanKind = 'all' | 'changed'

/** A look that has begun. `told` notes how far it is and answers whether it should go on. */
export type Running = { id: number; horizon: string; told(progress: Progress | { step: 'writing' }): Promise<boolean> }

/** A running look tells every second; one silent for so many seconds is of a process that died. */
const silence = 60

/**
 * Notes that a look begins. One over all takes the place of whatever runs; a small one does not begin beside another.
 * @returns undefined where another is under way
 */
export async function beginScan(ctx: Context, kind: ScanKind, askedBy: string | null): Promise<Running | undefined> {
  const now = ctx.clock.machine()
  const { rows } = await sql<{ id: number; horizon: string }>`
    with others as (
      update duplicate_scans set state = 'failed', ended_at = ${now}, step = null
       where state = 'running' and (${kind === 'all'} or told_at < ${now}::timestamptz - make_interval(secs => ${silence}))
    )
    insert into duplicate_scans (kind, asked_by, started_at, told_at, horizon)
    select ${kind}, ${askedBy}::text, ${now}::timestamptz, ${now}::timestamptz, pg_snapshot_xmin(pg_current_snapshot())
     where ${kind === 'all'} or not exists (
       select from duplicate_scans where state = 'running' and told_at >= ${now}::timestamptz - make_interval(secs => ${silence}))
    returning id, horizon::text as horizon`.execute(ctx.db)
  if (!rows[0]) return undefined
  const { id, horizon } = rows[0]
  return {
    id,
    horizon,
    async told(progress) {
      const { rows } = await sql<{ state: string }>`
        update duplicate_scans
           set step = ${progress.step}, told_at = ${ctx.clock.machine()},
               done = ${'done' in progress ? progress.done : sql`done`}, of = ${'of' in progress ? progress.of : sql`of`}
         where id = ${id} returning state`.execute(ctx.db)
      return rows[0]?.state === 'running'
    },
  }
}

export async function endScan(
  ctx: Context,
  id: number,
  end: { state: 'done' | 'failed'; people?: number; looked?: number; found?: number; learnt?: Learnt },
): Promise<void> {
  await sql`
    update duplicate_scans
       set state = ${end.state}, ended_at = ${ctx.clock.machine()}, step = null, people = ${end.people ?? null},
           looked = ${end.looked ?? null}, found = ${end.found ?? null},
           learnt = ${end.learnt ? JSON.stringify(end.learnt) : null}::jsonb
     where id = ${id} and state = 'running'`.execute(ctx.db)
  // What was learnt earlier weighs nothing any more.
  if (end.learnt)
    await sql`update duplicate_scans set learnt = null where id < ${id} and learnt is not null`.execute(ctx.db)
}

/** What the last whole look learnt; nothing before the first. */
export async function learntLast(ctx: Context): Promise<Learnt | undefined> {
  const { rows } = await sql<{ learnt: Learnt }>`
    select learnt from duplicate_scans where state = 'done' and learnt is not null order by id desc limit 1`.execute(
    ctx.db,
  )
  return rows[0]?.learnt
}

/** Customers changed by transactions from here on were not looked at yet. */
export async function horizonLast(ctx: Context): Promise<string | undefined> {
  const { rows } = await sql<{ horizon: string }>`
    select horizon::text as horizon from duplicate_scans where state = 'done' order by id desc limit 1`.execute(ctx.db)
  return rows[0]?.horizon
}
