import { sql } from 'kysely'
import { appendBehaviour } from '#know/behaviour/index.ts'
import { saveReviews } from '#know/reviews/index.ts'
import { merchantOf } from '#know/shops/index.ts'
import type { Context } from '#platform/context.ts'
import { faultOf } from '#platform/log.ts'
import type { Db } from '#platform/postgres/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import { type Acquaintance, type Acquaintances, acquaintancesOf } from './acquaintances.ts'
import { applyOrders } from './apply-orders.ts'
import { behaviourOf } from './behaviour-of.ts'
import { addCounts, tally } from './counts.ts'
import { keepDrops } from './drops.ts'
import { keepFirstTouches } from './first-touches.ts'
import { cutRequest, forgetRequests, type Kept, readRequests, takeRequests } from './inbox.ts'
import { type Drop, dropped, isDrop, type Message } from './message.ts'
import { type OrderTold, orderTold } from './order-told.ts'
import { reviewTold } from './review-told.ts'
import { keepSample } from './sample.ts'
import { markSeen, unmark } from './seen.ts'
import { type Whose, whose } from './whose.ts'

/**
 * Messages worked off in one transaction: as many as take about a second at the pace of the last full one. Those of people who are
 * known go ten times as fast as those of new ones.
 */
const turnSize = { first: 5_000, least: 1_000, most: 10_000 }
const turnMs = 1_000
const sizes = new WeakMap<Db, number>()
/** Requests looked at one by one where a batch broke. */
const mostCareful = 500

/**
 * Works off what waits in the inbox, the oldest first: one batch, one transaction, one process at a time. A kill leaves the batch in the
 * inbox with nothing of it done.
 *
 * A message on which the work itself breaks (a bug) must not hold up all others: the batch is tried again request by request, the
 * broken request message by message, and the broken message becomes a drop.
 * @returns whether there was something to do
 */
export async function workOff(given: Context): Promise<boolean> {
  const { rows } = await sql`select from inbox limit 1`.execute(given.db)
  if (rows.length === 0) return false
  const ctx: Context = { ...given, actor: { ...given.actor, label: 'ingest' } }
  try {
    const size = sizes.get(given.db) ?? turnSize.first
    const began = performance.now()
    const done = await turn(ctx, size)
    const fitting = (done * turnMs) / (performance.now() - began)
    if (done >= size) sizes.set(given.db, Math.round(Math.min(Math.max(fitting, turnSize.least), turnSize.most)))
    return done > 0
  } catch (error) {
    if (passes(error)) throw error
    ctx.log.error(faultOf(error), 'a batch of messages broke')
    return workCarefully(ctx)
  }
}

async function workCarefully(ctx: Context): Promise<boolean> {
  for (let done = 0; done < mostCareful; done += 1) {
    try {
      if ((await turn(ctx, 1)) === 0) return done > 0
    } catch (error) {
      if (passes(error)) throw error
      await setAside(ctx)
      return true
    }
  }
  return true
}

/** The oldest request broke: it is cut up, or, a single message, dropped. */
async function setAside(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    if (!(await isOurs(ctx))) return
    const [first] = await takeRequests(ctx, 1)
    if (!first) return
    if (first.messages > 1) return cutRequest(ctx, first)
    await forgetRequests(ctx, [first])
    const [message] = readRequests([first])
    if (!message) return
    const drop = isDrop(message) ? { ...message, reason: 'broken', raw: undefined } : dropped(message, 'broken')
    await keepDrops(ctx, [drop])
    await addCounts(ctx, [{ sourceId: first.origin.sourceId, outcome: 'dropped', what: 'broken', count: 1 }])
  })
}

/** Errors that go by themselves: the records away or busy, somebody else at the same row. */
function passes(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(08|40|53|55|57|58)/.test(code) || /^E[A-Z]+$/.test(code)) return true
  return error instanceof Error && /connection|timeout/i.test(error.message) && !/^\d/.test(code)
}

/** One batch at a time in the whole house: what is told of a person or an order is applied in the order in which it came. */
async function isOurs(ctx: Context): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('regulars.ingest', 0)) as got`.execute(ctx.db)
  return rows[0]!.got
}

/** @returns how many messages were worked off */
async function turn(ctx: Context, messages: number): Promise<number> {
  const known = acquaintancesOf(ctx)
  const done = await inTransaction(ctx, async (ctx) => {
    if (!(await isOurs(ctx))) return undefined
    const requests = await takeRequests(ctx, messages)
    if (requests.length === 0) return undefined
    const told = readRequests(requests)
    const readable = told.filter((one): one is Message => !isDrop(one))
    const fresh = await markSeen(ctx, readable)
    const unusable = told.filter(isDrop)
    const { drops: unapplied, met, touched } = await apply(ctx, fresh, known)
    await unmark(ctx, unapplied)
    await keepDrops(ctx, [...unusable, ...unapplied])
    await count(ctx, { readable, fresh, drops: [...unusable, ...unapplied] })
    await keepSample(ctx, requests, told, { fresh, drops: [...unusable, ...unapplied] })
    await noteUse(ctx, requests)
    await forgetRequests(ctx, requests)
    return { count: told.length, met, touched }
  })
  if (!done) return 0
  for (const [who, at] of done.touched) who.touchedAt = at
  known.keep(done.met)
  return done.count
}

type Applied = { drops: Drop[]; met: Whose['met']; touched: Map<Acquaintance, number> }

/** Who it was; what was ordered; what else was done. */
async function apply(ctx: Context, messages: readonly Message[], known: Acquaintances): Promise<Applied> {
  if (messages.length === 0) return { drops: [], met: [], touched: new Map() }
  const merchant = await merchantOf(ctx)
  const orders: OrderTold[] = []
  const drops: Drop[] = []
  const others: Message[] = []
  for (const message of messages) {
    const told = orderTold(message, merchant.currency)
    if (!told) others.push(message)
    else if ('reason' in told) drops.push(dropped(message, told.reason, told.subject))
    else orders.push(told)
  }
  const who = await whose(ctx, [...others, ...orders.map(({ message }) => message)], known)
  const profileOf = (message: Message) => who.of(message).profileId
  drops.push(...(await applyOrders(ctx, orders, { merchant, profileOf })))

  const behaviour = others
    .filter(({ type }) => type !== 'identify' && type !== 'alias')
    .map((message) => behaviourOf(message, profileOf(message), merchant.currency))
  const ids = await catalogIds(ctx, [...new Set(behaviour.flatMap(({ products = [] }) => products))])
  await applyReviews(ctx, others, profileOf, ids)
  await appendBehaviour(
    ctx,
    behaviour.map((one) => ({ ...one, productIds: one.products?.map((code) => ids.get(code) ?? 0) })),
  )
  return { drops, met: who.met, touched: await keepFirstTouches(ctx, others, who) }
}

/** Older reviews are history: they fill records and fire nothing. */
const newsMs = 7 * 86_400_000

/** Reviews with a rating stand in the records too, beside what was done. */
async function applyReviews(
  ctx: Context,
  messages: readonly Message[],
  profileOf: (message: Message) => number,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const told = messages.flatMap((message) => reviewTold(message, profileOf(message)) ?? [])
  await saveReviews(
    ctx,
    told.map(({ code, ...one }) => ({ ...one, productId: code ? ids.get(code) : undefined })),
    new Date(ctx.clock.now().getTime() - newsMs),
  )
}

async function catalogIds(ctx: Context, codes: readonly string[]): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ id: number; code: string }>`
    select id, code from products where code = any(${codes}::text[])`.execute(ctx.db)
  return new Map(rows.map(({ id, code }) => [code, id]))
}

async function count(
  ctx: Context,
  { readable, fresh, drops }: { readable: readonly Message[]; fresh: readonly Message[]; drops: readonly Drop[] },
): Promise<void> {
  const counted = tally()
  const first = new Set(fresh)
  const unused = new Set(drops.map(({ origin, id }) => `${origin.sourceId} ${id}`))
  for (const message of readable) {
    const { origin, id, type } = message
    if (!first.has(message)) counted.add(origin.sourceId, 'repeated', '')
    else if (unused.size === 0 || !unused.has(`${origin.sourceId} ${id}`)) counted.add(origin.sourceId, 'used', type)
  }
  for (const { origin, reason } of drops) counted.add(origin.sourceId, 'dropped', reason)
  await addCounts(ctx, counted.counts())
}

/** To the minute, so that a key that is used all the time is not written all the time. */
async function noteUse(ctx: Context, requests: readonly Kept[]): Promise<void> {
  await sql`
    update write_keys set last_used_at = used.at
      from (select key_id, date_trunc('minute', max(at)) as at
              from unnest(${requests.map(({ origin }) => origin.keyId)}::int[], ${requests.map(({ receivedAt }) => receivedAt)}::timestamptz[]) as r(key_id, at)
             group by key_id) as used
     where write_keys.id = used.key_id and (last_used_at is null or last_used_at < used.at)`.execute(ctx.db)
}
