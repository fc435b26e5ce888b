import { type RawBuilder, sql } from 'kysely'
import { saveArrivals } from '#know/arrivals/index.ts'
import { saveProducts } from '#know/catalog/index.ts'
import { saveConsents } from '#know/consent/index.ts'
import { saveProfiles } from '#know/customers/index.ts'
import { placeProfiles } from '#know/identity/index.ts'
import { saveTags } from '#know/tags/index.ts'
import type { Context } from '#platform/context.ts'
import { applyOrders } from './apply-orders.ts'
import { arrivalsTold, setArrivalsAside } from './arrivals.ts'
import { consentsTold, setConsentsAside } from './consents.ts'
import { effectOf, profileEvidence } from './evidence.ts'
import { type Import, stagingOf } from './import.ts'
import { inChunk } from './in-chunk.ts'
import { moveCursor } from './move-cursor.ts'
import type { Pace } from './pace.ts'
import { applyReviews, reviewsTold } from './reviews.ts'
import { applySteps, stepsTold } from './steps.ts'
import { toldCustomers } from './told-customers.ts'
import { toldProducts } from './told-products.ts'

/** Records in a transaction: 1 to 2 s, of customers most of it for what is shown and searched of them. */
const chunks = { products: 10_000, customers: 5_000, steps: 10_000, reviews: 10_000 }

export type ApplyOptions = {
  signal: AbortSignal
  pace(): Pace
  /** Orders and lines in a transaction. */
  chunk: { orders: number; lines: number }
  /** Another connection than that of `ctx`, for the second lane of orders. */
  beside: Context
}

/**
 * Writes what is new and changed: products, then customers, then orders with their lines. Each chunk is one transaction with
 * its evidence and its cursor: a kill at any moment repeats nothing and loses nothing. Two imports at once take turns by chunk.
 */
export async function apply(ctx: Context, one: Import, options: ApplyOptions): Promise<void> {
  const tables = stagingOf(one.id)
  await inChunks(ctx, one, options, 'products', tables.products, applyProducts)
  await inChunks(ctx, one, options, 'customers', sql`${tables.persons} where not anonymous`, applyCustomers)
  for (const table of ['products', 'customers', 'profiles', 'profile_customers'])
    await sql`analyze ${sql.table(table)}`.execute(ctx.db)
  await applyOrders(ctx, one, options)
  if (stepsTold(one)) await inChunks(ctx, one, options, 'steps', tables.way, applySteps)
  if (reviewsTold(one)) await inChunks(ctx, one, options, 'reviews', tables.verdicts, applyReviews)
}

/** Runs `work` over ranges of sequence numbers from the cursor on, moving it in the same transaction. */
async function inChunks(
  ctx: Context,
  one: Import,
  { signal, pace }: ApplyOptions,
  phase: keyof typeof chunks,
  rows: RawBuilder<unknown>,
  work: (ctx: Context, one: Import, from: number, to: number) => Promise<void>,
): Promise<void> {
  const { rows: counted } = await sql<{ last: number }>`select coalesce(max(seq), 0) as last from ${rows}`.execute(
    ctx.db,
  )
  const last = counted[0]!.last
  const steps = pace()
  for (let from = (one.cursor[phase] ?? 0) + 1; from <= last; from += chunks[phase]) {
    signal.throwIfAborted()
    const to = Math.min(from + chunks[phase] - 1, last)
    await inChunk(ctx, 'taken', async (ctx) => {
      await work(ctx, one, from, to)
      await moveCursor(ctx, one.id, phase, to, steps.step(to, last, to - from + 1))
    })
  }
}

async function applyProducts(ctx: Context, one: Import, from: number, to: number): Promise<void> {
  await sql`
    create temporary table incoming_products on commit drop as
    select coalesce(known_id, nextval(pg_get_serial_sequence('products', 'id'))) as product_id, state, code, kind, name, price, doc,
           hash, told_at, known_version
      from (select * from (${toldProducts(one, { from, to })}) as told order by seq) as told`.execute(ctx.db)
  await saveProducts(ctx, one.id)
  await sql`
    insert into import_evidence (entity, row_id, import_id, effect, version, content_hash, told_at)
    select 'products', product_id, ${one.id}, ${effectOf}, coalesce(known_version, 0) + (state in ('new', 'changed'))::int, hash, told_at
      from incoming_products where state <> 'conflicting'
        on conflict do nothing`.execute(ctx.db)
}

async function applyCustomers(ctx: Context, one: Import, from: number, to: number): Promise<void> {
  await sql`
    create temporary table incoming_customers on commit drop as
    select coalesce(known_id, nextval(pg_get_serial_sequence('profiles', 'id'))) as profile_id, state, external_id, doc, hash, told_at, first_at
      from (select * from (${toldCustomers(one, { from, to })}) as told order by seq) as told`.execute(ctx.db)
  await setTagsAside(ctx)
  if (consentsTold(one)) await setConsentsAside(ctx)
  if (arrivalsTold(one)) await setArrivalsAside(ctx)
  await sql`analyze incoming_customers`.execute(ctx.db)
  const sourceId = one.sourceId!
  await saveProfiles(ctx, { importId: one.id, sourceId, mapped: true, place: (ctx) => placeProfiles(ctx, sourceId) })
  await saveTags(ctx, `import:${one.id}`)
  if (arrivalsTold(one)) await saveArrivals(ctx, `import:${one.id}`)
  if (consentsTold(one)) await saveConsents(ctx, { importId: one.id, fileName: one.fileName })
  await profileEvidence(ctx, one.id)
}

/** Tags are no values of fields: they go to `incoming_tags`, where `saveTags` takes them. */
async function setTagsAside(ctx: Context): Promise<void> {
  await sql`
    create temporary table incoming_tags on commit drop as
    select profile_id, doc -> '#tags' as names from incoming_customers
     where doc -> '#tags' is not null and state in ('new', 'changed')`.execute(ctx.db)
  await sql`update incoming_customers set doc = doc - '#tags' where doc -> '#tags' is not null`.execute(ctx.db)
}
