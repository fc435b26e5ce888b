import type { Module } from '#platform/module.ts'
import { regionsRouter } from './api.ts'
import { regionsContract } from './contract.ts'

/** Where people and shops are: the regions of China by their codes, other countries. Nothing of it is in the records. */
export const regions: Module = {
  name: 'regions',
  api: { contract: regionsContract, router: regionsRouter },
}
