import { sql } from 'kysely'
import type { Module } from '#platform/module.ts'
import { byMarks } from '#platform/person/index.ts'
import { ingestRouter } from './api.ts'
import { ingestContract } from './contract.ts'
import { segmentDoor } from './door.ts'
import { ingestFacts } from './facts.ts'
import { forgetOld } from './seen.ts'
import { trackerDoor } from './tracker-door.ts'
import { workOff } from './work-off.ts'

/** How what customers do comes in: the tracking API of Segment, and the live page of what comes. */
export const ingest: Module = {
  name: 'ingest',
  api: { contract: ingestContract, router: ingestRouter },
  doors: [segmentDoor, trackerDoor],
  facts: ingestFacts,
  loops: [{ name: 'ingest', everyMs: 150, turn: workOff }],
  person: {
    tables: [{ table: 'ingest_drops', rows: byMarks(sql<string>`coalesce(message::text, '')`), forget: 'delete' }],
    // What waits in the inbox is used within seconds, and then is the person's by other tables; samples are masked, ids hashed.
    nobodys: ['write_keys', 'inbox', 'seen_messages', 'ingest_counts', 'ingest_batches', 'ingest_orders'],
  },
  jobs: [{ name: 'ingest.forget', alone: true, cron: '17 2 * * *', run: (ctx) => forgetOld(ctx) }],
}

/** The same, with the tracking door at a second address: clients that were told a path of another house need not be told anew. */
export function ingestAt(prefix: `/${string}` | undefined): Module {
  if (!prefix) return ingest
  return { ...ingest, doors: [...(ingest.doors ?? []), { ...segmentDoor, path: `${prefix}/v1/*` }] }
}
