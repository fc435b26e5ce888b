import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { mannersRouter } from './api.ts'
import { mannersContract } from './contract.ts'
import { mannerEnded, mannerReopened, mannerSaid } from './facts.ts'

/** How one person wants to be met: do and don't, which outrank automation. */
export const manners: Module = {
  name: 'manners',
  api: { contract: mannersContract, router: mannersRouter },
  facts: [mannerSaid, mannerEnded, mannerReopened],
  person: { tables: [{ table: 'manners', rows: byProfile(), forget: 'delete' }] },
}
