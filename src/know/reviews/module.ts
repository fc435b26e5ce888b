import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { reviewsRouter } from './api.ts'
import { reviewsContract } from './contract.ts'
import { reviewAnswered, reviewCorrected, reviewRemoved, reviewSaid } from './facts.ts'

/** What people said of what they bought, and what the shop said to it. */
export const reviews: Module = {
  name: 'reviews',
  api: { contract: reviewsContract, router: reviewsRouter },
  person: {
    tables: [{ table: 'reviews', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'reviews', by: 'profile_id', holds: 'profile', untold: 'a copy of the ratings' }],
  },
  facts: [reviewSaid, reviewCorrected, reviewAnswered, reviewRemoved],
}
