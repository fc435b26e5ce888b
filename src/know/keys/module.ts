import type { Module } from '#platform/module.ts'
import { keysRouter } from './api.ts'
import { keysContract } from './contract.ts'
import { keysFacts } from './facts.ts'

/** Keys with which programs call the API. */
export const keys: Module = {
  name: 'keys',
  api: { contract: keysContract, router: keysRouter },
  facts: keysFacts,
  person: { nobodys: ['api_keys'] },
}
