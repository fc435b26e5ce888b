import type { Module } from '#platform/module.ts'
import { shopsRouter } from './api.ts'
import { shopsContract } from './contract.ts'
import { shopsFacts } from './facts.ts'

/** The merchant, and where it sells: shops, channels, brands; and the sources that tell us of it. */
export const shops: Module = {
  name: 'shops',
  api: { contract: shopsContract, router: shopsRouter },
  facts: shopsFacts,
  person: { nobodys: ['merchant', 'channels', 'brands', 'shops', 'sources'] },
}
