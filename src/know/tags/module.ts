import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { tagsRouter } from './api.ts'
import { tagsContract } from './contract.ts'
import { tagChanged, tagGiven, tagMade, tagMerged, tagRemoved, tagTaken, tagTakenOut } from './facts.ts'

/** Tags: one model of them, whoever says so. */
export const tags: Module = {
  name: 'tags',
  api: { contract: tagsContract, router: tagsRouter },
  person: {
    tables: [{ table: 'profile_tags', rows: byProfile(), forget: 'delete' }],
    columns: [
      {
        table: 'profile_tags',
        by: 'profile_id',
        holds: 'profile',
        untold: 'a copy of what hands, rules and imports said',
      },
    ],
    nobodys: ['tags'],
  },
  facts: [tagGiven, tagTaken, tagMade, tagChanged, tagRemoved, tagMerged, tagTakenOut],
}
