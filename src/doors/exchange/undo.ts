import { type RawBuilder, sql } from 'kysely'
import { withdrawArrivals } from '#know/arrivals/index.ts'
import { removeProducts } from '#know/catalog/index.ts'
import { forgetConsents, withdrawConsents } from '#know/consent/index.ts'
import { removeProfiles } from '#know/customers/index.ts'
import { withoutProfiles } from '#know/identity/index.ts'
import { removeOrders, withdrawSteps } from '#know/orders/index.ts'
import { withdrawReviews } from '#know/reviews/index.ts'
import { withdrawTags } from '#know/tags/index.ts'
import { append } from '#platform/audit/index.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { ApplyOptions } from './apply.ts'
import { importUndone } from './facts.ts'
import { dropStaging, type Import } from './import.ts'
import { inChunk } from './in-chunk.ts'

type Entity = 'orders' | 'profiles' | 'products'

/** Records in a transaction: some 40,000 lines go with 2,000 orders. */
const chunks: Record<Entity, number> = { orders: 2_000, profiles: 5_000, products: 5_000 }

/**
 * Takes an import back: removes what rests on it alone, and marks the rest with the reason why it stays. A record stays that a later
 * or earlier import told of too, that somebody edited or used since, or that was not made by an import. In chunks, each its own
 * transaction; what a chunk has judged is gone or marked, so a killed undo goes on by being run again.
 *
 * What it changed stays changed, and is listed: what stood before is in the file that told it before. What it said of permissions is
 * taken back, in the ledger, before anything else, and what it told of orders' ways: also where the record stays.
 */
export async function undo(
  ctx: Context,
  one: Import,
  { signal, pace }: Pick<ApplyOptions, 'signal' | 'pace'>,
): Promise<void> {
  await dropStaging(ctx, one.id)
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from import_evidence where import_id = ${one.id} and stays is null`.execute(ctx.db)
  const total = rows[0]!.count
  while ((await inChunk(ctx, 'taken', (ctx) => withdrawConsents(ctx, one.id))) > 0) signal.throwIfAborted()
  while ((await inChunk(ctx, 'taken', (ctx) => withdrawSteps(ctx, one.id))) > 0) signal.throwIfAborted()
  while ((await inChunk(ctx, 'taken', (ctx) => withdrawReviews(ctx, one.id))) > 0) signal.throwIfAborted()
  const steps = pace()
  let done = 0
  // Newest first: a cancellation goes before its sale. Customers go when their orders are gone, products last.
  for (const entity of ['orders', 'profiles', 'products'] as const) {
    for (let below = Number.MAX_SAFE_INTEGER; ; ) {
      signal.throwIfAborted()
      const judged = await inChunk(ctx, 'taken', async (ctx) => {
        const judged = await judge(ctx, one.id, entity, below)
        const gone = judged.filter((row) => row.stays === null).map((row) => row.rowId)
        if (entity === 'profiles') {
          const told = judged.map((row) => row.rowId)
          await withdrawTags(ctx, `import:${one.id}`, told)
          await withdrawArrivals(ctx, `import:${one.id}`, told)
        }
        await remove(ctx, entity, gone, `import:${one.id}`)
        await settle(ctx, one.id, entity, gone, judged)
        const step = steps.step(done + judged.length, total, judged.length)
        await sql`
          update imports
             set phase = 'undo', phase_done = ${step.done}, phase_total = ${step.total}, rate = ${step.rate}, seconds_left = ${step.secondsLeft}
           where id = ${one.id}`.execute(ctx.db)
        return judged
      })
      if (judged.length === 0) break
      done += judged.length
      below = judged.at(-1)!.rowId
    }
  }
  await inTransaction(ctx, async (ctx) => {
    await sql`
      update imports
         set state = 'undone', phase = null, applies = false, cursor = '{}', cancel_asked = false, rate = null, seconds_left = null,
             ended_at = ${ctx.clock.machine()}, version = version + 1
       where id = ${one.id}`.execute(ctx.db)
    const { rows } = await sql<{ left: number }>`
      select count(*) as left from import_evidence where import_id = ${one.id} and stays is not null`.execute(ctx.db)
    const data = { left: rows[0]!.left }
    await announce(ctx, importUndone, { subjectId: one.id, data })
    await append(ctx, { action: 'exchange.undone', outcome: 'done', object: 'imports', objectId: String(one.id), data })
  })
}

type Judged = { rowId: number; stays: string | null }

async function judge(ctx: Context, importId: number, entity: Entity, below: number): Promise<Judged[]> {
  const { rows } = await sql<Judged>`
    select e.row_id, case
             when r.id is null then null
             when exists (select 1 from import_evidence other
                           where other.entity = e.entity and other.row_id = e.row_id and other.import_id <> e.import_id
                             and other.stays is null)
               then case e.effect when 'changed' then 'exchange.changed_stays' else 'exchange.told_elsewhere' end
             when r.import_id is null then case e.effect when 'changed' then 'exchange.changed_stays' else 'exchange.not_imported' end
             ${uses[entity]} end as stays
      from (select * from import_evidence
             where import_id = ${importId} and entity = ${entity} and stays is null and row_id < ${below}
             order by row_id desc limit ${chunks[entity]}) as e
      left join ${sql.table(entity)} as r on r.id = e.row_id
     order by e.row_id desc`.execute(ctx.db)
  return rows
}

/**
 * Why a record of this kind is needed by others, or was touched since. What staff said of a customer before the import met the same
 * person does not need the import.
 */
const uses: Record<Entity, RawBuilder<unknown>> = {
  orders: sql`
    when r.version <> e.version then 'exchange.edited_since'
    when exists (select 1 from orders back where back.cancels_id = r.id
                    and not exists (select 1 from import_evidence own where own.entity = 'orders' and own.row_id = back.id
                                       and own.import_id = e.import_id and own.stays is null))
      then 'exchange.given_back_since'
    when exists (select 1 from order_steps where order_steps.order_id = r.id and order_steps.imports is null) then 'exchange.sent_on_since'`,
  profiles: sql`
    when exists (select 1 from orders where orders.profile_id = r.id) then 'exchange.has_orders'
    when exists (select 1 from reviews where reviews.profile_id = r.id) then 'exchange.has_reviews'
    when exists (select 1 from consents where consents.profile_id = r.id and consents.import_id is distinct from e.import_id)
      or exists (select 1 from consent_grants where consent_grants.profile_id = r.id) then 'exchange.consent_said'
    when exists (select 1 from profile_customers own
                   join identity_edges e on e.live and coalesce(own.home_id, own.customer_id) in (e.into_id, e.from_id)
                   join identity_merges m on m.id = e.merge_id and m.evidence <> 'identifier'
                  where own.profile_id = r.id) then 'exchange.merged_since'
    when exists (select 1 from profile_values v where v.profile_id = r.id and v.origin = 'staff')
      or exists (select 1 from profile_customers own
                   join profile_customers other on other.customer_id = own.customer_id and other.profile_id <> own.profile_id
                   join profiles p on p.id = other.profile_id join sources s on s.id = p.source_id and s.kind = 'staff'
                  where own.profile_id = r.id and p.id > r.id) then 'exchange.staff_said'
    when exists (select 1 from profile_customers own join customers c on c.id = own.customer_id
                  where own.profile_id = r.id and c.owner_id is not null
                    and not exists (select 1 from profile_customers before where before.customer_id = c.id and before.profile_id < r.id))
      then 'exchange.looked_after'`,
  products: sql`
    when r.version <> e.version then 'exchange.edited_since'
    when exists (select 1 from order_lines l where l.product_id = r.id) or exists (select 1 from reviews where reviews.product_id = r.id)
      then 'exchange.in_use'`,
}

async function remove(ctx: Context, entity: Entity, ids: number[], actor: string): Promise<void> {
  if (entity === 'orders') await removeOrders(ctx, ids, actor)
  else if (entity === 'profiles') {
    await forgetConsents(ctx, ids)
    await withoutProfiles(ctx, ids, () => removeProfiles(ctx, ids, actor))
  } else await removeProducts(ctx, ids)
}

/** Evidence of what is gone goes; the rest keeps its reason. */
async function settle(ctx: Context, importId: number, entity: Entity, gone: number[], judged: Judged[]): Promise<void> {
  await sql`delete from import_evidence where entity = ${entity} and row_id = any(${gone})`.execute(ctx.db)
  const left = judged.filter((row) => row.stays !== null).map((row) => ({ row_id: row.rowId, stays: row.stays }))
  if (left.length === 0) return
  await sql`
    update import_evidence e set stays = left_over.stays
      from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as left_over(row_id bigint, stays text)
     where e.entity = ${entity} and e.row_id = left_over.row_id and e.import_id = ${importId}`.execute(ctx.db)
}
