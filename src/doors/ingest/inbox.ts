import { zstdDecompressSync } from 'node:zlib'
import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import {
  cleaned,
  type Drop,
  type Envelope,
  instant,
  isUnclean,
  type Json,
  type Message,
  type Origin,
  object,
  readMessage,
} from './message.ts'
import type { Again } from './replay.ts'

/** A request that waits, with whose it is. */
export type Kept = {
  id: number
  receivedAt: Date
  cameAt: Date
  messages: number
  again: boolean
  body: Buffer
  origin: Origin
}

type Row = Omit<Kept, 'origin'> & Omit<Origin, 'keyId'> & { keyId: number }

/** Rows looked at for one batch, and their bytes as they are kept: ten times as much unpacked. */
const mostRows = 5_000
const mostBytes = 6_000_000

/** The oldest requests, as many as make about so many messages, at least one. */
export async function takeRequests(ctx: Context, messages: number): Promise<Kept[]> {
  const { rows } = await sql<Row>`
    select taken.id, taken.received_at, taken.came_at, taken.messages, taken.again, taken.body, key.id as key_id, key.orders,
           source.id as source_id, source.code as source, source.shop_id
      from (select *, sum(messages) over (order by id) - messages as before,
                   sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before
              from (select * from inbox order by id limit ${Math.min(messages, mostRows)}) as first) as taken
      join write_keys key on key.id = taken.key_id
      join sources source on source.id = key.source_id
     where before < ${messages} and bytes_before < ${mostBytes}
     order by taken.id`.execute(ctx.db)
  return rows.map(({ keyId, sourceId, source, shopId, orders, ...row }) => ({
    ...row,
    origin: { keyId, sourceId, source, shopId, orders },
  }))
}

/** Reads what the requests hold, each message once. */
export function readRequests(requests: readonly Kept[]): (Message | Drop)[] {
  return requests.flatMap(({ body, receivedAt, cameAt, again, origin }) => {
    const json = textOf(body)
    const parsed: unknown = JSON.parse(json)
    const told = object(isUnclean(json) ? cleaned(parsed) : parsed)
    if (again) return (told.again as Again[]).map((one) => readAgain(one, { origin, receivedAt }))
    const envelope: Envelope = { origin, receivedAt, cameAt, sentAt: instant(told.sentAt), tries: 0 }
    if (!Array.isArray(told.batch)) return [readMessage(withoutKey(told), envelope)]
    const context = object(told.context)
    return told.batch.map((one) => readMessage(one, { ...envelope, context }))
  })
}

/** The first byte of Zstandard's; no JSON begins with it. */
const zstdMagic = 0x28

function readAgain(
  { id, message, cameAt, sentAt, tries }: Again,
  of: Pick<Envelope, 'origin' | 'receivedAt'>,
): Message | Drop {
  return readMessage(message, { ...of, id, cameAt: new Date(cameAt), sentAt: instant(sentAt), tries })
}

function withoutKey({ writeKey: _, ...message }: Json): Json {
  return message
}

/** Cuts a request into single messages, so that the one that breaks the work can be found. */
export async function cutRequest(ctx: Context, { id, receivedAt, cameAt, again, body, origin }: Kept): Promise<void> {
  const { batch, again: tried, ...rest } = object(JSON.parse(textOf(body)))
  const parts = again
    ? (tried as unknown[]).map((one) => ({ again: [one] }))
    : (batch as unknown[]).map((one) => ({ ...rest, batch: [one] }))
  await sql`
    with gone as (delete from inbox where id = ${id})
    insert into inbox (key_id, received_at, came_at, messages, again, body)
    select ${origin.keyId}::int, ${receivedAt}::timestamptz, ${cameAt}::timestamptz, 1, ${again}::boolean, convert_to(part, 'UTF8')
      from unnest(${parts.map(jsonOf)}::text[]) as part`.execute(ctx.db)
}

/** What is nested too deep to be written again is no message. */
function jsonOf(part: unknown): string {
  try {
    return JSON.stringify(part)
  } catch {
    return '{"batch":[null]}'
  }
}

function textOf(body: Buffer): string {
  return (body[0] === zstdMagic ? zstdDecompressSync(body) : body).toString('utf8')
}

export async function forgetRequests(ctx: Context, requests: readonly Kept[]): Promise<void> {
  await sql`delete from inbox where id = any(${requests.map(({ id }) => id)}::bigint[])`.execute(ctx.db)
}
