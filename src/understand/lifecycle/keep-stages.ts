import { sql } from 'kysely'
import { merchantIfAny } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { projectionVersion } from '#understand/projection/index.ts'
import { rowsOf, todayOf } from '#understand/query/index.ts'
import type { Thresholds } from './contract.ts'
import { thresholdsOf } from './thresholds.ts'
import { writeStages } from './write-stages.ts'

/** Customers judged in one transaction: some 2 s at most, for ours last at most 10. */
const piece = 20_000

type Judging = { today: string; thresholds: Thresholds }

/**
 * One turn of keeping the stages: after the columns moved, whom that touched; after midnight of the shop, whom time moved; after
 * new thresholds, everybody. Judging the same rows again changes nothing, so a turn that is cut off is simply done again, and
 * two processes may take it at once.
 * @returns whether there was anything to do
 */
export async function keepStages(ctx: Context): Promise<boolean> {
  // Before set-up there is nobody to judge, and no zone to judge in.
  if (!(await merchantIfAny(ctx))) return false
  const { value: thresholds } = await thresholdsOf(ctx)
  const judging = { today: await todayOf(ctx), thresholds }
  const touched = await judgeTouched(ctx, judging)
  const moved = await judgeByClock(ctx, judging)
  const redone = await judgeByThresholds(ctx, judging)
  return touched || moved || redone
}

type Touched = { customerId: number; gone: number; first: string | null; last: string | null; live: number }

/** Live is what a live order, or a change of who is whom, brought about; a tag on somebody whose orders are history is no news of her stage. */
async function judgeTouched(ctx: Context, judging: Judging): Promise<boolean> {
  const { rows } = await sql<{ version: string }>`select version::text as version from stage_keeping`.execute(ctx.db)
  const since = rows[0]!.version
  const version = await projectionVersion(ctx)
  if (BigInt(version) <= BigInt(since)) return false
  for (let after = 0; ; ) {
    // Without FINAL, because a customer whose profiles all went to another is a deleted row, which FINAL hides.
    const touched = await rowsOf<Touched>(ctx, {
      sql: `
SELECT customer_id AS customerId, argMax(is_deleted, version) AS gone,
       toString(argMax(tuple(first_purchase), version).1) AS first, toString(argMax(tuple(last_purchase), version).1) AS last,
       toUInt8(customer_id IN (
         SELECT customer_id FROM profile_customers FINAL WHERE profile_id IN (
           SELECT profile_id FROM facts
            WHERE version >= {since:UInt64} AND historic = 0 AND profile_id > 0
              AND (startsWith(kind, 'orders.') OR startsWith(kind, 'identity.'))))) AS live
  FROM traits
 WHERE version > {since:UInt64} AND customer_id > {after:UInt64}
 GROUP BY customer_id ORDER BY customer_id LIMIT ${piece}`,
      params: { since, after },
    })
    if (touched.length > 0) await inTransaction(ctx, (ctx) => writeTouched(ctx, touched, judging))
    if (touched.length < piece) break
    after = touched.at(-1)!.customerId
  }
  await sql`update stage_keeping set version = ${version}::numeric where version < ${version}::numeric`.execute(ctx.db)
  return true
}

async function writeTouched(ctx: Context, touched: Touched[], judging: Judging): Promise<void> {
  const gone = touched.filter((one) => one.gone === 1).map((one) => one.customerId)
  if (gone.length > 0) await sql`delete from customer_stages where customer_id = any(${gone}::bigint[])`.execute(ctx.db)
  const there = touched.filter((one) => one.gone === 0)
  const incoming = sql`
    select * from unnest(${there.map((one) => one.customerId)}::bigint[], ${there.map((one) => one.first)}::date[],
                         ${there.map((one) => one.last)}::date[], ${there.map((one) => one.live === 1)}::boolean[])
      as row(customer_id, first_purchase, last_purchase, live)`
  await writeStages(ctx, incoming, { ...judging, by: 'order' })
}

/**
 * Whom time moved. Left out is who has bought since by the records: the columns will tell in a moment, and it would be wrong
 * to call somebody silent who bought last night.
 */
async function judgeByClock(ctx: Context, judging: Judging): Promise<boolean> {
  let any = false
  for (;;) {
    const { count } = await inTransaction(ctx, async (ctx) => {
      const { rows: due } = await sql<{ customerId: number }>`
        select s.customer_id from customer_stages s
         where s.recheck_on <= ${judging.today}::date
           and not exists (
             select from profile_customers m join orders o on o.profile_id = m.profile_id
              where m.customer_id = s.customer_id and o.kind = 'sale' and o.status <> 'void' and o.day > s.last_purchase)
         order by s.recheck_on limit ${piece}
           for update of s skip locked`.execute(ctx.db)
      const ids = due.map((one) => one.customerId)
      const incoming = sql`
        select customer_id, first_purchase, last_purchase, true as live from customer_stages where customer_id = any(${ids}::bigint[])`
      if (ids.length > 0) await writeStages(ctx, incoming, { ...judging, by: 'clock' })
      return { count: ids.length }
    })
    any ||= count > 0
    if (count < piece) return any
  }
}

/** New thresholds: all are judged by them, and the keeping notes by which it judged. Nothing happened to anyone: historic. */
async function judgeByThresholds(ctx: Context, judging: Judging): Promise<boolean> {
  const document = JSON.stringify(judging.thresholds)
  const { rows } = await sql<{ known: boolean; same: boolean }>`
    select thresholds is not null as known, coalesce(thresholds = ${document}::jsonb, false) as same from stage_keeping`.execute(
    ctx.db,
  )
  if (rows[0]?.same) return false
  if (rows[0]?.known) {
    for (let after = 0; ; ) {
      const { rows: next } = await sql<{ last: number; count: number }>`
        select max(customer_id) as last, count(*) as count from (
          select customer_id from customer_stages where customer_id > ${after} order by customer_id limit ${piece}) as piece`.execute(
        ctx.db,
      )
      const { last, count } = next[0]!
      if (count === 0) break
      const incoming = sql`
        select customer_id, first_purchase, last_purchase, false as live
          from customer_stages where customer_id > ${after}::bigint and customer_id <= ${last}::bigint`
      await inTransaction(ctx, (ctx) => writeStages(ctx, incoming, { ...judging, by: 'thresholds' }))
      after = last
    }
  }
  await sql`update stage_keeping set thresholds = ${document}::jsonb`.execute(ctx.db)
  return true
}
