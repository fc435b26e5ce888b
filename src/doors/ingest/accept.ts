import { setImmediate as nextTurn } from 'node:timers/promises'
import { constants, zstdCompressSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/postgres/connect.ts'

/** A request that is about to be kept. */
export type Request = { keyId: number; receivedAt: Date; cameAt: Date; messages: number; body: Buffer }

/** kept: committed. ended: the key works no longer. busy: too much waits already. */
export type Accepted = 'kept' | 'ended' | 'busy'

type Waiting = Request & { answer(accepted: Accepted): void; fail(error: unknown): void }
type Writer = { waiting: Waiting[]; bytes: number; writing: boolean }

/** In one insert. */
const most = { requests: 1_000, bytes: 16_000_000 }
/** What may wait in this process's memory. */
const mostWaiting = { requests: 5_000, bytes: 64_000_000 }
/** Requests that have come to this machine already are read before an insert begins: for so long. */
const gatherMs = 4
/** Below it nothing is won. */
const compressFrom = 600
const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

const writers = new WeakMap<Db, Writer>()

/**
 * Keeps a request: when this resolves with `kept` its row is committed. Requests that come while an insert is under way, or one upon the
 * other, go together in the next one, so one statement and one sync to disk serve many of them; a lone request waits for nobody.
 */
export function accept(ctx: Context, request: Request): Promise<Accepted> {
  const writer = writers.get(ctx.db) ?? { waiting: [], bytes: 0, writing: false }
  writers.set(ctx.db, writer)
  const { waiting, bytes } = writer
  if (waiting.length >= mostWaiting.requests || bytes + request.body.length > mostWaiting.bytes) {
    return Promise.resolve('busy')
  }
  const body = request.body.length < compressFrom ? request.body : zstdCompressSync(request.body, quick)
  return new Promise((answer, fail) => {
    waiting.push({ ...request, body, answer, fail })
    writer.bytes += body.length
    if (!writer.writing) void write(ctx, writer)
  })
}

async function write(ctx: Context, writer: Writer): Promise<void> {
  writer.writing = true
  while (writer.waiting.length > 0) {
    await gather(writer)
    const batch = next(writer)
    try {
      const ended = await insert(ctx, batch)
      for (const [place, one] of batch.entries()) one.answer(ended.has(place) ? 'ended' : 'kept')
    } catch (error) {
      for (const one of batch) one.fail(error)
    }
  }
  writer.writing = false
}

/** Until a turn of the loop brings no other. */
async function gather({ waiting }: Writer): Promise<void> {
  const until = performance.now() + gatherMs
  for (let before = 0; before < waiting.length && waiting.length < most.requests && performance.now() < until; ) {
    before = waiting.length
    await nextTurn()
  }
}

function next(writer: Writer): Waiting[] {
  let bytes = 0
  let count = 0
  for (const { body } of writer.waiting) {
    if (count > 0 && (count === most.requests || bytes + body.length > most.bytes)) break
    bytes += body.length
    count += 1
  }
  writer.bytes -= bytes
  return writer.waiting.splice(0, count)
}

/** One statement whatever the number: all bodies travel as one value and are cut there. @returns the places whose key has ended */
async function insert(ctx: Context, batch: readonly Waiting[]): Promise<Set<number>> {
  let from = 1
  const froms = batch.map(({ body }) => {
    const start = from
    from += body.length
    return start
  })
  const { rows } = await sql<{ place: number }>`
    with told as (
      select told.*, key.id as good
        from unnest(${batch.map(({ keyId }) => keyId)}::int[], ${batch.map(({ receivedAt }) => receivedAt)}::timestamptz[],
                    ${batch.map(({ cameAt }) => cameAt)}::timestamptz[], ${batch.map(({ messages }) => messages)}::int[],
                    ${froms}::int[], ${batch.map(({ body }) => body.length)}::int[])
             with ordinality as told(key_id, received_at, came_at, messages, at, length, place)
        left join write_keys key on key.id = told.key_id and key.ended_at is null
    ),
    kept as (
      insert into inbox (key_id, received_at, came_at, messages, body)
      select key_id, received_at, came_at, messages, substr(${Buffer.concat(batch.map(({ body }) => body))}::bytea, at, length)
        from told where good is not null order by place
    )
    select place - 1 as place from told where good is null`.execute(ctx.db)
  return new Set(rows.map(({ place }) => place))
}
