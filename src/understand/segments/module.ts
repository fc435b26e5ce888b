import type { Module } from '#platform/module.ts'
import { segmentsRouter } from './api.ts'
import { segmentsContract } from './contract.ts'
import { segmentChanged, segmentMade, segmentRemoved } from './facts.ts'

/** Segments: saved questions about customers. They hold nobody: whom they find is asked anew. */
export const segments: Module = {
  name: 'segments',
  api: { contract: segmentsContract, router: segmentsRouter },
  facts: [segmentMade, segmentChanged, segmentRemoved],
  person: { nobodys: ['segments', 'segment_uses'] },
}
