import { sql } from 'kysely'
import type { Module } from '#platform/module.ts'
import { forgetWaiting } from './forget-waiting.ts'
import { knownBatches } from './kept-behaviour.ts'
import { writeBatches } from './write-batches.ts'

/** What customers did, as told to us: views, carts, favourites, searches, visits. Its truth is in the columns. */
export const behaviour: Module = {
  name: 'behaviour',
  loops: [{ name: 'behaviour', everyMs: 100, turn: writeBatches }],
  person: {
    tables: [
      {
        table: 'behaviour_batches',
        rows: () => sql<boolean>`false`,
        forget: forgetWaiting,
        untold: 'on its way to the columns, where it is told: for a tenth of a second',
      },
    ],
    columns: [{ table: 'behaviour', by: 'profile_id', holds: 'profile' }],
    nobodys: ['behaviour_keeping'],
  },
  keeps: { columns: [{ table: 'behaviour', known: knownBatches }] },
}
