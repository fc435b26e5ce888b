import type { Module } from '#platform/module.ts'
import { catalogRouter } from './api.ts'
import { catalogContract } from './contract.ts'
import { catalogAdded, catalogChanged, catalogRemoved } from './facts.ts'

/** What the shop sells. */
export const catalogModule: Module = {
  name: 'catalog',
  api: { contract: catalogContract, router: catalogRouter },
  facts: [catalogAdded, catalogChanged, catalogRemoved],
  person: { nobodys: ['products'], nobodysColumns: ['products'] },
}
