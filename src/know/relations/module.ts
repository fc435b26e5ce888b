import { sql } from 'kysely'
import type { Module } from '#platform/module.ts'
import { relationsRouter } from './api.ts'
import { relationsContract } from './contract.ts'
import { relationRemoved, relationSaid } from './facts.ts'

/** Who belongs to whom: family, household, friends, who sent whom. */
export const relations: Module = {
  name: 'relations',
  api: { contract: relationsContract, router: relationsRouter },
  person: {
    tables: [
      {
        table: 'relations',
        rows: ({ profileIds }) =>
          sql<boolean>`(profile_id = any(${profileIds}::bigint[]) or other_profile_id = any(${profileIds}::bigint[]))`,
        forget: 'delete',
      },
    ],
  },
  facts: [relationSaid, relationRemoved],
}
