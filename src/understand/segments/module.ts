import { sql } from 'kysely'
import type { KeptColumns, Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { segmentsRouter } from './api.ts'
import { segmentsContract } from './contract.ts'
import { segmentChanged, segmentMade, segmentPicked, segmentRemoved, snapshotDropped, snapshotTaken } from './facts.ts'

/** Segments: saved questions about customers, and whom staff picked for them by hand. Whom they find is asked anew. */
export const segments: Module = {
  name: 'segments',
  api: { contract: segmentsContract, router: segmentsRouter },
  facts: [segmentMade, segmentChanged, segmentRemoved, segmentPicked, snapshotTaken, snapshotDropped],
  person: {
    tables: [{ table: 'segment_picks', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'segment_picks', by: 'profile_id', holds: 'profile', untold: 'a copy of what staff decided' }],
    // The people of snapshots are numbers of profiles, which lead to nobody once the person is forgotten.
    nobodys: ['segments', 'segment_uses', 'segment_snapshots', 'snapshot_uses'],
    nobodysColumns: ['segment_snapshots'],
  },
  keeps: { columns: [{ table: 'segment_snapshots', known: knownSnapshots }] },
}

/** Those of the snapshot that is backed up: what was taken after it is nobody's. */
async function knownSnapshots({ db }: Parameters<NonNullable<KeptColumns['known']>>[0]): Promise<string> {
  const { rows } = await sql<{ id: number }>`select id from segment_snapshots`.execute(db)
  return `has([${rows.map(({ id }) => Math.trunc(id)).join(', ')}], snapshot_id)`
}
