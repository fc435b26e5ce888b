import { setImmediate as breath } from 'node:timers/promises'
import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { saveFirstTouches } from '#know/arrivals/index.ts'
import { appendBehaviour, writeBatches } from '#know/behaviour/index.ts'
import { settleSteps } from '#know/orders/index.ts'
import { saveReviews } from '#know/reviews/index.ts'
import type { Context } from '#platform/context.ts'
import { withConnection } from '#platform/postgres/connect.ts'
import { inTransaction } from '#platform/postgres/transaction.ts'
import type { Happening } from '../life/crowd.ts'
import { type DemoShop, type Lives, tellUntil } from '../record.ts'
import { type BatchContext, type Ids, idsNeeded, rowsOf } from './batch.ts'
import type { Known } from './known.ts'
import { signIn } from './looked.ts'
import { earlierSales, settleEarlier } from './settle.ts'
import { writeWords } from './words.ts'

export type Telling = {
  /** All that happens after what is told, up to and with this instant. */
  until: Date
  /** Happenings in one transaction: 1 to 3 s. */
  portion?: number
  onProgress?(progress: { day: number; days: number; orders: number }): void
  signal?: AbortSignal
  /** On which connection; of the pool unless told. */
  client?: { client: PoolClient; ctx: Context }
}

/** The longest that something happens after its sale: a refund, a call to those who stayed away. In days. */
const echo = 140

const dayMs = 86_400_000

/**
 * Writes what happens in the shop from where it is told to an instant, set-wise: batches in the order of time, each one transaction
 * together with how far it is told. Killed anywhere it goes on from there; the same lives are told again and nothing is written twice.
 * @returns what happens later on the last day, for whom it goes on live
 */
export async function tell(
  ctx: Context,
  shop: DemoShop,
  { crowd, calendar }: Lives,
  known: Known,
  { until, portion = 40_000, onProgress, signal, client }: Telling,
): Promise<Happening[]> {
  const told = shop.toldUntil.getTime()
  const horizon = until.getTime()
  const from = Math.floor((told - calendar.begins) / dayMs)
  const days = Math.floor((horizon - calendar.begins) / dayMs)
  const epoch = await epochOf(ctx)
  let orders = 0
  let batch: Happening[] = []
  let writing = Promise.resolve()

  // While Postgres takes one batch the next one happens and is made into rows.
  const write = async () => {
    if (batch.length === 0) return
    const full = batch
    const upTo = crowd.day
    batch = []
    const of = { known, agentOf: crowd.agentOf, epoch, horizon }
    const rows = await prepare(ctx, full, of, told)
    await writing
    signal?.throwIfAborted()
    const work = (held: Held) => writeBatch(held, full, rows, { ...of, told, bulk: client !== undefined })
    writing = (
      client ? work(client) : withConnection(ctx.db, (own, db) => work({ client: own, ctx: { ...ctx, db } }))
    ).then(async () => {
      // Not all of the years' behaviour waits in the records until the end.
      await writeBatches(ctx)
      orders += rows.orders
      onProgress?.({ day: upTo - from, days: days - from + 1, orders })
    })
    // Its failure is thrown at the next await; without this it would be an unhandled rejection until then.
    writing.catch(() => undefined)
  }

  crowd.skipTo(Math.max(0, from - echo))
  const rest: Happening[] = []
  try {
    while (crowd.day <= days) {
      for (const one of crowd.nextDay(told)) {
        if (one.at <= told) continue
        if (one.at > horizon) rest.push(one)
        else {
          // What happens in the same second stays in one batch: how far it is told is an instant.
          if (batch.length >= portion && one.at > batch.at(-1)!.at) await write()
          batch.push(one)
        }
      }
      await breath()
    }
    await write()
  } finally {
    await writing
  }
  await tellUntil(ctx, until)
  return rest
}

/** Nothing of a history is news. */
const never = new Date(8.64e15)

type Held = { client: PoolClient; ctx: Context }
type Of = Omit<BatchContext, 'earlier'>

/** Rows of so many happenings are made without a pause; then what waits on the network has its turn. */
const spell = 400

async function prepare(ctx: Context, batch: readonly Happening[], of: Of, told: number) {
  const earlier = await earlierSales(ctx, batch, of.known, told)
  const rows = rowsOf(await takeIds(ctx, idsNeeded(batch, of.known)), { ...of, earlier })
  for (let at = 0; at < batch.length; at += spell) {
    for (const one of batch.slice(at, at + spell)) rows.add(one)
    await breath()
  }
  return rows
}

async function writeBatch(
  { client, ctx }: Held,
  batch: readonly Happening[],
  rows: Awaited<ReturnType<typeof prepare>>,
  { told, bulk, ...of }: Of & { told: number; bulk: boolean },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await rows.copyTo(client)
    await signIn(ctx, rows.looked.signIns)
    await appendBehaviour(ctx, rows.looked.rows)
    await saveFirstTouches(ctx, rows.looked.touches)
    await saveReviews(ctx, rows.looked.reviews, never)
    await settleEarlier(ctx, batch, of.known, told)
    // In bulk there is no index to find an order's steps by yet: make.ts makes up for it.
    if (!bulk) await settleSteps(ctx, rows.sentOn)
    await writeWords(ctx, batch, of)
    await tellUntil(ctx, new Date(batch.at(-1)!.at))
  })
}

/** Ids of the sequences, so that others may write beside. */
async function takeIds(ctx: Context, wanted: Record<keyof Ids, number>): Promise<Ids> {
  const take = async (table: keyof Ids) => {
    const { rows } = await sql<{ ids: string }>`
      select string_agg(nextval(pg_get_serial_sequence(${table}, 'id'))::text, ',') as ids
        from generate_series(1, ${wanted[table]}::int)`.execute(ctx.db)
    return rows[0]!.ids ? rows[0]!.ids.split(',').map(Number) : []
  }
  return { customers: await take('customers'), profiles: await take('profiles'), orders: await take('orders') }
}

async function epochOf(ctx: Context): Promise<number> {
  const { rows } = await sql<{ epoch: number }>`select current_epoch() as epoch`.execute(ctx.db)
  return rows[0]!.epoch
}
