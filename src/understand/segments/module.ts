import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { segmentsRouter } from './api.ts'
import { segmentsContract } from './contract.ts'
import { segmentChanged, segmentMade, segmentPicked, segmentRemoved } from './facts.ts'

/** Segments: saved questions about customers, and whom staff picked for them by hand. Whom they find is asked anew. */
export const segments: Module = {
  name: 'segments',
  api: { contract: segmentsContract, router: segmentsRouter },
  facts: [segmentMade, segmentChanged, segmentRemoved, segmentPicked],
  person: {
    tables: [{ table: 'segment_picks', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'segment_picks', by: 'profile_id', holds: 'profile', untold: 'a copy of what staff decided' }],
    nobodys: ['segments', 'segment_uses'],
  },
}
