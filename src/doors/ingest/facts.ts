import { z } from 'zod'
import { fact } from '#platform/facts/index.ts'

/** Subject of both: the write key. */
export const writeKeyMade = fact(
  'ingest.write_key_made',
  z.object({ source: z.int(), place: z.enum(['server', 'browser']), orders: z.boolean() }),
)
export const writeKeyEnded = fact('ingest.write_key_ended', z.object({}))

/** Messages that could not be used are tried again. `count`: how many. */
export const dropsReplayed = fact('ingest.drops_replayed', z.object({ reason: z.string(), count: z.int() }))

export const ingestFacts = [writeKeyMade, writeKeyEnded, dropsReplayed]
