import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { merchantOf } from '#know/shops/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { apply } from './apply.ts'
import { compare } from './compare.ts'
import type { ImportPhase } from './contract.ts'
import { importApplied } from './facts.ts'
import { dropStaging, type Import, importOf, isStaged } from './import.ts'
import { paceOf } from './pace.ts'
import { sort } from './sort.ts'
import { stage } from './stage/stage.ts'
import { undo } from './undo.ts'

/** How much is written in one transaction. */
export type Portions = {
  /** Rows of the file: some 2 MB of text. */
  rows: number
  /** Whole orders, until one of the two is reached: 1 to 3 s. */
  orders: number
  lines: number
}

const usual: Portions = { rows: 20_000, orders: 10_000, lines: 50_000 }

/** How often a running import looks whether somebody cancelled it. */
const lookMs = 500

/**
 * Brings an import to its goal, from wherever it stands: reads the file, gathers it, compares or applies it, or undoes it. Idempotent:
 * a killed run is simply run again. One process at a time per import (an advisory lock of the connection, which dies with it); a
 * second one returns at once.
 * @returns false where another process is at it
 *
 * On a connection of its own, so that reading goes on while Postgres writes; orders are written on a second one of the pool beside it.
 */
export async function run(ctx: Context, id: number, stop: AbortSignal, portions = usual): Promise<boolean> {
  return withConnection(ctx.db, async (client, db) => {
    const { rows } = await client.query<{ got: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('exchange.run:' || $1, 0)) as got",
      [id],
    )
    if (!rows[0]?.got) return false
    // Sorting a large file is one statement; the ten seconds of others would cut it. What it writes is unlogged and seen by nobody.
    await client.query('set statement_timeout = 0')
    const one = await importOf(ctx, id)
    const actor = { ...ctx.actor, kind: 'import' as const, label: `import:${id}` }
    await runLocked({ ...ctx, db, actor }, ctx, client, one, stop, portions)
    await client.query('reset statement_timeout')
    await client.query("select pg_advisory_unlock(hashtextextended('exchange.run:' || $1, 0))", [id])
    return true
  })
}

async function runLocked(
  ctx: Context,
  watch: Context,
  client: PoolClient,
  one: Import,
  stop: AbortSignal,
  portions: Portions,
): Promise<void> {
  if (!one.goal || !['running', 'undoing'].includes(one.state)) return
  const cancelled = new AbortController()
  const timer = setInterval(() => {
    sql<{ asked: boolean }>`select cancel_asked as asked from imports where id = ${one.id}`.execute(watch.db).then(
      ({ rows }) => rows[0]?.asked && cancelled.abort(),
      () => undefined,
    )
  }, lookMs)
  timer.unref()
  const signal = AbortSignal.any([stop, cancelled.signal])
  try {
    if (one.goal === 'undone') await undo(ctx, one, { signal, pace: () => pace(ctx) })
    else await read(ctx, { ...watch, actor: ctx.actor }, client, one, signal, portions)
  } catch (error) {
    // At a graceful stop the import stays running: the next worker, or the same command, goes on from the cursor.
    if (stop.aborted && !cancelled.signal.aborted) return
    if (cancelled.signal.aborted) await end(ctx, one.id, one.goal === 'undone' ? 'applied' : 'cancelled')
    else await fail(ctx, one, error)
  } finally {
    clearInterval(timer)
  }
}

async function read(
  ctx: Context,
  beside: Context,
  client: PoolClient,
  told: Import,
  signal: AbortSignal,
  portions: Portions,
): Promise<void> {
  const { currency } = await merchantOf(ctx)
  let one = told
  const again = async () => {
    one = await importOf(ctx, told.id)
    signal.throwIfAborted()
  }
  if (!one.cursor.staged || !(await isStaged(ctx, one.id))) {
    await enter(ctx, one.id, 'stage')
    await stage(ctx, client, one, { currency, signal, pace: pace(ctx), batchRows: portions.rows })
    await again()
  }
  if (!one.cursor.sorted) {
    await enter(ctx, one.id, 'sort')
    await sort(ctx, one)
    await again()
  }
  if (one.goal === 'compared') {
    await enter(ctx, one.id, 'compare')
    await compare(ctx, one)
    await end(ctx, one.id, 'compared')
    return
  }
  await apply(ctx, one, { signal, pace: () => pace(ctx), chunk: portions, beside })
  await inTransaction(ctx, async (ctx) => {
    await end(ctx, one.id, 'applied')
    const { orders, lines, customers } = one.summary!
    const data = { orders, lines, customers }
    await announce(ctx, importApplied, { subjectId: one.id, data })
    await append(ctx, {
      action: 'exchange.applied',
      outcome: 'done',
      object: 'imports',
      objectId: String(one.id),
      rows: orders,
      data,
    })
  })
  await dropStaging(ctx, one.id)
}

function pace(ctx: Context) {
  return paceOf(() => ctx.clock.machine().getTime())
}

async function enter(ctx: Context, id: number, phase: ImportPhase): Promise<void> {
  await sql`
    update imports set phase = ${phase}, phase_done = 0, phase_total = 0, rate = null, seconds_left = null where id = ${id}`.execute(
    ctx.db,
  )
}

async function end(ctx: Context, id: number, state: 'compared' | 'applied' | 'cancelled'): Promise<void> {
  await sql`
    update imports
       set state = ${state}, phase = null, cancel_asked = false, rate = null, seconds_left = null, ended_at = ${ctx.clock.machine()},
           version = version + 1
     where id = ${id}`.execute(ctx.db)
}

/**
 * What stopped it is kept and shown. Where Postgres went away the import stays running: the job is tried again, and goes on from
 * the cursor.
 */
async function fail(ctx: Context, one: Import, error: unknown): Promise<void> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (gone.test(code) || (error instanceof Error && /^Connection terminated/.test(error.message))) throw error
  const refusal = refusalOf(error, code, one.fileName)
  if (refusal.code === 'exchange.bug') {
    // Without its message, which may quote a cell.
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' }
    ctx.log.error({ importId: one.id, name, code, stack: stack?.split('\n').slice(1).join('\n') }, 'import failed')
  }
  await sql`
    update imports
       set state = 'failed', failure = ${JSON.stringify({ code: refusal.code, params: refusal.params })}::jsonb, cancel_asked = false,
           rate = null, seconds_left = null, ended_at = ${ctx.clock.machine()}, version = version + 1
     where id = ${one.id}`.execute(ctx.db)
}

/** SQLSTATE of a lost connection or a server going down; and what Node says of the same. */
const gone = /^(08...|57P..|ECONNRESET|ECONNREFUSED|EPIPE)$/

function refusalOf(error: unknown, code: string, file: string): Refusal {
  if (error instanceof Refusal) return error
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT')
    return new Refusal('unavailable', 'exchange.disk_full', { file })
  if (code === 'ENOENT') return new Refusal('gone', 'exchange.file_gone', { file })
  if (code === 'EACCES' || code === 'EPERM') return new Refusal('unavailable', 'exchange.file_closed', { file })
  return new Refusal('unavailable', 'exchange.bug', { file })
}
