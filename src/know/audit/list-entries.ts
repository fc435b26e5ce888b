import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { merchantOf } from '#know/shops/index.ts'
import { staffNames } from '#know/staff/index.ts'
import type { Context } from '#platform/context.ts'
import { cursorOf, readCursor } from '#platform/contract/index.ts'
import { addDays, instantIn } from '#platform/days.ts'
import type { AuditEntry, AuditFilter } from './contract.ts'

type Row = Omit<AuditEntry, 'at' | 'actorName'> & { at: Date }

/** A page of the log, newest first by id: in the order in which entries were begun. */
export async function listEntries(
  ctx: Context,
  { limit, after, ...filter }: AuditFilter & { limit: number; after?: string },
): Promise<{ items: AuditEntry[]; next: string | undefined }> {
  const below = after ? readCursor(z.tuple([z.int()]), after)[0] : undefined
  const rows = await entriesOf(ctx, await conditionsOf(ctx, filter), { below, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page, next: rows.length > limit && last ? cursorOf(last.id) : undefined }
}

/** All that a filter finds, newest first, in pages of 1,000; for the export. */
export async function* eachEntry(ctx: Context, filter: AuditFilter): AsyncGenerator<AuditEntry[]> {
  const conditions = await conditionsOf(ctx, filter)
  for (let below: number | undefined; ; ) {
    const page = await entriesOf(ctx, conditions, { below, limit: 1000 })
    if (page.length > 0) yield page
    if (page.length < 1000) return
    below = page.at(-1)!.id
  }
}

/** The actions in the log: one probe of the index each, however many entries. */
export async function listActions(ctx: Context): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    with recursive each as (
      (select action from audit_entries order by action limit 1)
      union all
      select (select e.action from audit_entries e where e.action > each.action order by e.action limit 1)
        from each where each.action is not null
    )
    select action from each where action is not null`.execute(ctx.db)
  return rows.map((row) => row.action)
}

async function entriesOf(
  ctx: Context,
  conditions: readonly RawBuilder<unknown>[],
  { below, limit }: { below?: number; limit: number },
): Promise<AuditEntry[]> {
  const all = below === undefined ? conditions : [...conditions, sql`e.id < ${below}`]
  const { rows } = await sql<Row>`
    select e.id, e.at, e.actor, e.ip, e.action, e.outcome, e.object, e.object_id, e.times, e.rows, e.reason, e.data, e.shown,
           s.number
      from audit_entries e left join audit_seals s on s.entry_id = e.id
     ${all.length > 0 ? sql`where ${sql.join([...all], sql` and `)}` : sql``}
     order by e.id desc limit ${limit}`.execute(ctx.db)
  const names = new Map((await staffNames(ctx)).map((one) => [`staff:${one.id}`, one.name]))
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), actorName: names.get(row.actor) ?? null }))
}

async function conditionsOf(ctx: Context, filter: AuditFilter): Promise<RawBuilder<unknown>[]> {
  const { actor, action, outcome, object, objectId, from, to } = filter
  const { zone } = await merchantOf(ctx)
  const conditions: RawBuilder<unknown>[] = []
  if (actor) conditions.push(sql`e.actor = ${actor}`)
  if (action?.includes('.')) conditions.push(sql`e.action = ${action}`)
  else if (action) conditions.push(sql`e.action >= ${`${action}.`} and e.action < ${`${action}/`}`)
  if (outcome) conditions.push(sql`e.outcome = ${outcome}`)
  if (object) conditions.push(sql`e.object = ${object}`)
  if (objectId) conditions.push(sql`e.object_id = ${objectId}`)
  if (from) conditions.push(sql`e.at >= ${instantIn(zone, from)}`)
  if (to) conditions.push(sql`e.at < ${instantIn(zone, addDays(to, 1))}`)
  return conditions
}
