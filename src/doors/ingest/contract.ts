import { z } from 'zod'
import { endpoint, ofPerson, shape } from '#platform/contract/index.ts'

const tag = 'Incoming data'
const read = { tag, may: 'ingest.read', scope: 'all' } as const
const edit = { tag, may: 'ingest.edit', scope: 'all' } as const
const instant = z.iso.datetime()

export const writeKeyShape = z.object({
  id: z.int(),
  name: z.string(),
  hint: z.string().describe('its last four characters'),
  shown: z.string().nullable().describe('the key itself, of a browser’s that has not ended'),
  place: z.enum(['server', 'browser']),
  orders: z.boolean().describe('whether it may tell of orders'),
  source: z.object({ id: z.int(), name: z.string(), shopId: z.int().nullable(), shop: z.string().nullable() }),
  madeBy: z.string(),
  madeAt: instant,
  lastUsedAt: instant.nullable().describe('to the minute'),
  endedAt: instant.nullable(),
})
export type WriteKey = z.infer<typeof writeKeyShape>
/** A key as its maker sees it: of a server's only a hash is kept. */
export type MadeWriteKey = WriteKey & { key: string }

export const newWriteKeyInput = z.object({
  name: shape.text(60).describe('what sends, as “Web shop”'),
  sourceId: shape.id.optional().describe('another key of a source that is there; else a source is made'),
  shopId: shape.id.optional().describe('of a new source: where its orders are placed'),
  place: z.enum(['server', 'browser']).describe('a browser’s key stands in every page, a server’s is a secret'),
  orders: z.boolean().describe('whether it may tell of orders'),
})
export type NewWriteKey = z.infer<typeof newWriteKeyInput>

const sampled = z.object({
  type: z.string(),
  event: z.string(),
  who: z.string().describe('masked'),
  products: z.array(z.string()),
  source: z.string(),
  at: z.string(),
  outcome: z.enum(['used', 'repeated', 'dropped']),
  reason: z.string().optional(),
})

const minute = z.object({ at: z.string(), used: z.number(), repeated: z.number(), dropped: z.number() })

const dropReason = z.object({
  reason: z.string(),
  count: z.number(),
  replayable: z.number().describe('those of them that can be tried again'),
  last: z.string(),
})

/** What comes in, now and in the last hour. */
export const liveShape = z.object({
  waiting: z.object({ requests: z.number(), seconds: z.number().describe('of the oldest') }),
  lastHour: z.object({ used: z.number(), repeated: z.number(), dropped: z.number(), refused: z.number() }),
  waitedMs: z.object({ p50: z.number(), p95: z.number() }).nullable().describe('from receipt until worked off'),
  minutes: z.array(minute).describe('of the last hour, those in which something came'),
  kinds: z.array(z.object({ outcome: z.string(), what: z.string(), count: z.number() })),
  messages: z.array(sampled).describe('the latest, masked'),
  drops: z.array(dropReason),
})
export type Live = z.infer<typeof liveShape>

export const dropShape = z.object({
  id: shape.id,
  reason: z.string(),
  subject: z.string().nullable(),
  type: z.string().nullable(),
  event: z.string().nullable(),
  source: z.string(),
  droppedAt: z.string(),
  tries: z.number(),
  message: ofPerson('messages', z.string().nullable()).describe('as it came, with what tells of a person masked'),
})
export type ShownDrop = z.infer<typeof dropShape>

export const ingestContract = {
  keys: endpoint({
    ...read,
    method: 'GET',
    path: '/write-keys',
    summary: 'The write keys, those that work first',
    input: z.object({}),
    output: z.object({ items: z.array(writeKeyShape) }),
  }),
  makeKey: endpoint({
    ...edit,
    method: 'POST',
    path: '/write-keys',
    summary: 'Make a write key; a server’s is shown only in this answer',
    description: 'With it a program or a page tells what customers do, at /v1/*; it reads nothing.',
    once: false,
    status: 201,
    input: newWriteKeyInput,
    output: writeKeyShape.extend({ key: z.string() }),
  }),
  endKey: endpoint({
    ...edit,
    method: 'POST',
    path: '/write-keys/{id}/end',
    summary: 'End a write key at once',
    once: false,
    input: z.object({ id: shape.id }),
    output: writeKeyShape,
  }),
  live: endpoint({
    ...read,
    method: 'GET',
    path: '/incoming',
    summary: 'What comes in: rates, the latest messages, what could not be used',
    input: z.object({}),
    output: liveShape,
  }),
  drops: endpoint({
    ...read,
    method: 'GET',
    path: '/incoming/drops',
    summary: 'Messages that could not be used for a reason, the latest first',
    input: z.object({ ...shape.pageInput, reason: shape.text(40) }),
    output: shape.pageOf(dropShape),
  }),
  replay: endpoint({
    ...edit,
    method: 'POST',
    path: '/incoming/replays',
    summary: 'Try messages again that could not be used, after the cause was mended; 10,000 at most',
    once: false,
    rate: 'heavy',
    input: z.object({ reason: shape.text(40), id: shape.id.optional() }),
    output: z.object({ replayed: z.number(), left: z.number() }),
  }),
}
