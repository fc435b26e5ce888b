import { sql } from 'kysely'
import { addressesOf, suppress } from '#know/consent/index.ts'
import { append } from '#platform/audit/index.ts'
import { clusterOf } from '#platform/clickhouse/migrate.ts'
import type { Context } from '#platform/context.ts'
import { announce } from '#platform/facts/index.ts'
import { askFor } from '#platform/jobs.ts'
import { faultOf } from '#platform/log.ts'
import type { PersonTable } from '#platform/person/index.ts'
import { inTransaction, lockFor } from '#platform/postgres/transaction.ts'
import { Refusal } from '#platform/refusal.ts'
import { countInColumns, forgetInColumns, runningMutations } from './columns-of-person.ts'
import { personErased } from './facts.ts'
import { personOf } from './person-of.ts'
import type { Registry } from './registry.ts'
import { type Request, requestOf, requestsWhere } from './request.ts'

/**
 * How a person is erased:
 *
 *   open → erasing → done
 *
 * 1. `beginErasure`: what the person is (profiles, old ids, names) is written into the request, the addresses are put on the list of those
 *    that must not be written to; from here on there is no way back.
 * 2. Step by step, the highest module first: files, then tables, each in a transaction of its own that also notes the step. A process that
 *    dies goes on at the step that it died in; every step can be done again.
 * 3. The columns follow the records, then one mutation for each table takes out the rows of all who wait, whatever their versions; it is
 *    over when ClickHouse says so and no row is left.
 * 4. The names are emptied from the request; what stays of it are numbers.
 *
 * Orders stay, of a profile without a name. Backups made before hold the person until they are deleted by their term.
 */
export function beginErasure(ctx: Context, id: number, version: number): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const request = await requestOf(ctx, id, true)
    if (request.version !== version) throw new Refusal('stale', 'http.stale')
    if (request.kind !== 'erase' || request.state !== 'open') throw new Refusal('conflict', 'rights.not_open')
    const person = await personOf(ctx, request.customerId)
    await suppressForGood(ctx, person.profileIds)
    await sql`
      update privacy_requests
         set state = 'erasing', profile_ids = ${person.profileIds}::bigint[], customer_ids = ${person.customerIds}::bigint[],
             marks = ${person.marks}::text[], decided_by = ${ctx.actor.label}, decided_at = ${ctx.clock.machine()}, version = version + 1
       where id = ${id}`.execute(ctx.db)
    await askFor(ctx, 'rights.erase', {}, 'rights.erase')
  })
}

/** Nothing that sells or cares reaches these addresses again, whoever brings them back, until the person says so. */
async function suppressForGood(ctx: Context, profileIds: readonly number[]): Promise<void> {
  const addresses = await addressesOf(ctx, profileIds)
  for (const purpose of ['care', 'promotion'] as const) {
    await suppress(ctx, addresses, { channel: 'any', purpose, reason: 'erased' })
  }
}

export type EraseOptions = {
  registry: Registry
  /** Brings the columns up to all that is committed. */
  follow(ctx: Context): Promise<void>
  signal?: AbortSignal
  /** Milliseconds between two looks at a mutation. */
  everyMs?: number
}

/** Erases whoever waits for it, all to the end. One process at a time; the rest of one that died is done here. */
export async function eraseWaiting(ctx: Context, options: EraseOptions): Promise<number> {
  const waiting = await requestsWhere(ctx, sql`state = 'erasing' order by id`)
  const ready: Request[] = []
  for (const { id } of waiting) {
    try {
      await forgetRecords(ctx, id, options)
      ready.push(await requestOf(ctx, id))
    } catch (error) {
      // One that fails does not keep the others; it is tried again by the next run.
      await fail(ctx, [id], error)
    }
  }
  if (ready.length === 0) return 0
  try {
    await forgetColumns(ctx, ready, options)
  } catch (error) {
    await fail(
      ctx,
      ready.map(({ id }) => id),
      error,
    )
    return 0
  }
  for (const request of ready) await finish(ctx, request)
  return ready.length
}

async function forgetRecords(ctx: Context, id: number, { registry, signal }: EraseOptions): Promise<void> {
  await takeNewcomers(ctx, id)
  for (const { module, forgetFiles } of [...registry.modules].reverse()) {
    signal?.throwIfAborted()
    if (forgetFiles) await step(ctx, id, `files.${module}`, forgetFiles)
  }
  for (const table of [...registry.tables].reverse()) {
    signal?.throwIfAborted()
    await step(ctx, id, table.table, (ctx, person) => forgetRows(ctx, table, person))
  }
}

/** Profiles that came to the person after the erasure began, by an import under way: they are forgotten too, from the first step on. */
async function takeNewcomers(ctx: Context, id: number): Promise<void> {
  await sql`
    update privacy_requests r set profile_ids = r.profile_ids || came.ids, steps = '{}', version = r.version + 1
      from (select array_agg(map.profile_id) as ids
              from privacy_requests p join profile_customers map on map.customer_id = any(p.customer_ids)
             where p.id = ${id} and map.profile_id <> all(p.profile_ids)) as came
     where r.id = ${id} and r.state = 'erasing' and came.ids is not null`.execute(ctx.db)
}

/** One step in its own transaction, with its mark. Two processes: the second waits, and finds it done. */
function step(
  ctx: Context,
  id: number,
  name: string,
  work: (ctx: Context, person: Pick<Request, 'profileIds' | 'customerIds' | 'marks'>) => Promise<number>,
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockFor(ctx, `rights.erase ${id}`)
    const request = await requestOf(ctx, id)
    if (request.state !== 'erasing' || request.steps.includes(name)) return
    const rows = await work(ctx, request)
    await sql`
      update privacy_requests
         set steps = array_append(steps, ${name}), summary = summary || jsonb_build_object(${name}::text, ${rows}::int),
             failure = null, version = version + 1
       where id = ${id}`.execute(ctx.db)
  })
}

async function forgetRows(
  ctx: Context,
  table: PersonTable,
  person: Pick<Request, 'profileIds' | 'customerIds' | 'marks'>,
) {
  const { forget } = table
  if (typeof forget === 'function') return forget(ctx, person)
  if (forget !== 'delete') return 0
  const { rows } = await sql`
    delete from ${sql.table(table.table)} where ${table.rows(person)} returning 1 as one`.execute(ctx.db)
  return rows.length
}

async function forgetColumns(ctx: Context, requests: readonly Request[], options: EraseOptions): Promise<void> {
  const { registry, follow, signal, everyMs = 250 } = options
  const everybody = {
    profileIds: requests.flatMap(({ profileIds }) => profileIds),
    customerIds: requests.flatMap(({ customerIds }) => customerIds),
  }
  const tables = registry.columns.filter(({ stays }) => stays !== '1')
  const cluster = await clusterOf(ctx.columns)
  await follow(ctx)
  // What a batch under way wrote after the mutation looked is found by counting, and taken out by another.
  for (let round = 0; ; round += 1) {
    const left: typeof tables = []
    for (const table of tables) if ((await countInColumns(ctx, table, everybody)) > 0) left.push(table)
    if (left.length === 0) return
    if (round === 5) throw new Refusal('unavailable', 'rights.columns_hold', { table: left[0]!.table })
    for (const table of left) await forgetInColumns(ctx, table, everybody, cluster)
    for (;;) {
      signal?.throwIfAborted()
      const names = left.map(({ table }) => table)
      const { count, failure } = await runningMutations(ctx, names, cluster)
      if (failure) throw new Refusal('unavailable', 'rights.columns_hold', { table: names[0] })
      if (count === 0) break
      await pause(everyMs)
    }
  }
}

function finish(ctx: Context, { id, customerIds, profileIds }: Request): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ summary: Record<string, number> }>`
      update privacy_requests
         set state = 'done', marks = '{}', note = null, failure = null, done_at = ${ctx.clock.machine()}, version = version + 1
       where id = ${id} and state = 'erasing' returning summary`.execute(ctx.db)
    if (!rows[0]) return
    const data = { customers: customerIds, profiles: profileIds }
    await announce(ctx, personErased, { subjectId: id, data })
    await append(ctx, {
      action: 'rights.erased',
      outcome: 'done',
      object: 'customers',
      objectId: String(customerIds[0]),
      data: { requestId: id, counts: rows[0].summary },
    })
  })
}

async function fail(ctx: Context, ids: readonly number[], error: unknown): Promise<void> {
  if (error instanceof Error && error.name === 'AbortError') throw error
  ctx.log.error(faultOf(error), 'an erasure did not come to its end')
  const failure = error instanceof Refusal ? error.code : (error as Error).name
  await sql`
    update privacy_requests set failure = ${failure}, version = version + 1
     where id = any(${ids}::bigint[]) and state = 'erasing'`.execute(ctx.db)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
