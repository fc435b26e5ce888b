import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { fieldsRouter } from './api.ts'
import { fieldsContract } from './contract.ts'
import { fieldChanged, fieldMade, fieldRemoved } from './facts.ts'

/** What this shop asks of people beside what every shop does. The values are customers' own (know/customers). */
export const fields: Module = {
  name: 'fields',
  api: { contract: fieldsContract, router: fieldsRouter },
  facts: [fieldMade, fieldChanged, fieldRemoved],
  person: {
    tables: [
      {
        table: 'own_values',
        rows: byProfile(),
        forget: 'delete',
        untold: 'a copy of values that customers’ profiles say',
      },
    ],
    columns: [
      {
        table: 'own_values',
        by: 'profile_id',
        holds: 'profile',
        untold: 'a copy of values that customers’ profiles say',
      },
    ],
    nobodys: ['own_fields'],
  },
}
