import { sql } from 'kysely'
import { newestIds, visibleCustomers, type Written } from '#know/customers/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { askFor } from '#platform/jobs.ts'
import { faultOf } from '#platform/log.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { type ActRecord, actOf, askerOf } from './act.ts'
import { bulkDone, bulkUndone } from './facts.ts'
import { type Plugs, perform, takeBack } from './perform.ts'

/** Customers in one transaction: half a second or so, so that a till that wants one of them waits no longer. */
const usualPiece = 500

/** SQLSTATE of a lost connection or a server going down; and what Node says of the same. */
const gone = /^(08...|57P..|ECONNRESET|ECONNREFUSED|EPIPE)$/

/**
 * Brings an act to its end, or takes it back, from wherever it stands: finds the people, then goes on piece by piece, each with its
 * progress in one transaction. Idempotent; a killed run is simply run again. One process at a time an act (an advisory lock of the
 * connection); a second one returns at once.
 * @returns false where another process is at it
 */
export async function runBulk(
  ctx: Context,
  id: number,
  stop: AbortSignal,
  plugs: Plugs = {},
  piece = usualPiece,
): Promise<boolean> {
  return withConnection(ctx.db, async (client) => {
    const { rows } = await client.query<{ got: boolean }>(
      "select pg_try_advisory_lock(hashtextextended('bulk.run:' || $1, 0)) as got",
      [id],
    )
    if (!rows[0]?.got) return false
    try {
      await steps(ctx, id, stop, plugs, piece)
    } finally {
      await client.query("select pg_advisory_unlock(hashtextextended('bulk.run:' || $1, 0))", [id])
    }
    return true
  })
}

async function steps(ctx: Context, id: number, stop: AbortSignal, plugs: Plugs, piece: number) {
  const one = await actOf(ctx, id)
  if (!['waiting', 'running', 'undoing'].includes(one.state)) return
  const asker: Context = { ...ctx, actor: askerOf(one, ctx.actor.locale), trail: undefined }
  try {
    await sql`
      update bulk_acts
         set state = case when state = 'waiting' then 'running' else state end, began_at = ${ctx.clock.machine()},
             began_with = case when state = 'undoing' then undone + kept else done end
       where id = ${id} and state in ('waiting', 'running', 'undoing')`.execute(ctx.db)
    if (one.state !== 'undoing' && one.total === null) await gather(asker, one, stop, plugs)
    while (!stop.aborted && (await nextPiece(asker, ctx, id, piece, plugs))) {}
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // At a stop, or where Postgres went away, the job is tried again and goes on from here.
    if (stop.aborted || gone.test(code)) throw error
    if (!(error instanceof Refusal)) ctx.log.error({ bulkId: id, ...faultOf(error) }, 'bulk act failed')
    await fail(ctx, id, error instanceof Refusal ? error.code : 'bulk.bug')
  }
}

/** Writes down whom the list holds. Until all are there nobody is touched, so a killed one begins anew. */
async function gather(ctx: Context, { id, list }: ActRecord, stop: AbortSignal, { listed }: Plugs) {
  await sql`delete from bulk_people where act_id = ${id}`.execute(ctx.db)
  let total = 0
  for await (const ids of list === null || !listed ? newestIds(ctx) : listed.ids(ctx, list)) {
    if (stop.aborted) return
    const { rows } = await sql`
      insert into bulk_people (act_id, customer_id, state)
      select ${id}::bigint, one, 'waiting' from unnest(${[...ids]}::bigint[]) as of(one) on conflict do nothing returning 1 as one`.execute(
      ctx.db,
    )
    total += rows.length
  }
  await sql`update bulk_acts set total = ${total} where id = ${id}`.execute(ctx.db)
}

/** @returns whether there is more to do */
async function nextPiece(asker: Context, watch: Context, id: number, piece: number, plugs: Plugs): Promise<boolean> {
  return inTransaction(asker, async (ctx) => {
    const { rows } =
      await sql<ActRecord>`select id, act, state, total from bulk_acts where id = ${id} for update`.execute(ctx.db)
    const one = rows[0]
    if (!one) return false
    if (one.state === 'running' && one.total !== null) return forward(ctx, watch, one, { piece, plugs })
    if (one.state === 'undoing') return back(ctx, watch, one, { piece, plugs })
    return false
  })
}

type How = { piece: number; plugs: Plugs }

async function forward(ctx: Context, watch: Context, { id, act }: ActRecord, { piece, plugs }: How): Promise<boolean> {
  const { rows: waiting } = await sql<{ id: number }>`
    select customer_id as id from bulk_people where act_id = ${id} and state = 'waiting' order by customer_id limit ${piece}`.execute(
    ctx.db,
  )
  const asked = waiting.map((one) => one.id)
  if (asked.length === 0) {
    await end(ctx, watch, id)
    return false
  }
  const { rows: there } = await sql<{ id: number }>`
    select id from customers where id = any(${asked}::bigint[]) and ${visibleCustomers(ctx)} order by id for update of customers`.execute(
    ctx.db,
  )
  const here = there.map((one) => one.id)
  const written = await perform(ctx, id, act, here, plugs)
  await sql`
    update bulk_people as person
       set state = case when wrote.customer_id is not null then 'changed' when person.customer_id = any(${here}::bigint[]) then 'same' else 'left' end,
           profile_id = wrote.profile_id, before = wrote.before
      from unnest(${asked}::bigint[]) as of(customer_id)
      left join jsonb_to_recordset(${rowsOf(written)}::jsonb) as wrote(customer_id bigint, profile_id bigint, before jsonb) using (customer_id)
     where person.act_id = ${id} and person.customer_id = of.customer_id`.execute(ctx.db)
  await sql`
    update bulk_acts set done = done + ${asked.length}, changed = changed + ${written.length} where id = ${id}`.execute(
    ctx.db,
  )
  return true
}

/** What the act wrote is put back wherever the people stand now, also out of the asker's sight: it may have brought them there. */
async function back(ctx: Context, watch: Context, { id, act }: ActRecord, { piece, plugs }: How): Promise<boolean> {
  const { rows: written } = await sql<Written>`
    select customer_id, profile_id, before from bulk_people where act_id = ${id} and state = 'changed'
     order by customer_id limit ${piece}`.execute(ctx.db)
  if (written.length === 0) {
    await end(ctx, watch, id)
    return false
  }
  const ids = written.map(({ customerId }) => customerId)
  await sql`select from customers where id = any(${ids}::bigint[]) order by id for update`.execute(ctx.db)
  const undone = await takeBack(ctx, id, act, written, plugs)
  await sql`
    update bulk_people set state = case when customer_id = any(${undone}::bigint[]) then 'undone' else 'kept' end
     where act_id = ${id} and customer_id = any(${ids}::bigint[])`.execute(ctx.db)
  await sql`
    update bulk_acts set undone = undone + ${undone.length}, kept = kept + ${ids.length - undone.length} where id = ${id}`.execute(
    ctx.db,
  )
  return true
}

const rowsOf = (written: readonly Written[]) =>
  JSON.stringify(written.map((one) => ({ customer_id: one.customerId, profile_id: one.profileId, before: one.before })))

async function end(ctx: Context, watch: Context, id: number): Promise<void> {
  const { rows } = await sql<ActRecord>`
    update bulk_acts set state = case when state = 'undoing' then 'undone' else 'done' end, ended_at = ${ctx.clock.now()},
           version = version + 1
     where id = ${id} returning act, state, changed, undone, kept`.execute(ctx.db)
  const { act, state, changed, undone, kept } = rows[0]!
  const data = { do: act.do }
  if (state === 'undone') await announce(ctx, bulkUndone, { subjectId: id, data: { ...data, undone, kept } })
  else await announce(ctx, bulkDone, { subjectId: id, data: { ...data, changed } })
  await append(ctx, {
    action: state === 'undone' ? 'bulk.undone' : 'bulk.done',
    outcome: 'done',
    object: 'bulk_acts',
    objectId: String(id),
    rows: state === 'undone' ? undone : changed,
    data: { ...data, kept },
  })
  watch.log.info({ bulkId: id, state, changed, undone, kept }, 'bulk act')
}

async function fail(ctx: Context, id: number, code: string): Promise<void> {
  await sql`
    update bulk_acts set state = 'failed', code = ${code}, ended_at = ${ctx.clock.now()}, version = version + 1
     where id = ${id}`.execute(ctx.db)
}

/** Sets acts going again whose process died. One that still runs holds its lock, so a second run of it returns at once. */
export async function tendBulk(ctx: Context): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from bulk_acts where state in ('waiting', 'running', 'undoing') order by id`.execute(ctx.db)
  for (const { id } of rows) await askFor(ctx, 'bulk.run', { id }, `bulk:${id}`)
}
