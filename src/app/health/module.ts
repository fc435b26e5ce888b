import type { Config } from '#platform/config.ts'
import type { Module } from '#platform/module.ts'
import { healthRouter } from './api.ts'
import { healthContract } from './contract.ts'

/** How this installation is: what the page, `regulars doctor` and the metrics tell. */
export function healthModule(config: Config): Module {
  return { name: 'health', api: { contract: healthContract, router: healthRouter(config) } }
}
