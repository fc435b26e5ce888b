import type { TimelineTeller } from '#know/customers/index.ts'
import type { Module } from '#platform/module.ts'
import { activityRouter } from './api.ts'
import { activityContract } from './contract.ts'

/** The shop's feed of the one log of facts. @param plugs.tellers what facts were about, as on timelines */
export function activity({ tellers = [] }: { tellers?: readonly TimelineTeller[] } = {}): Module {
  return { name: 'activity', api: { contract: activityContract, router: activityRouter(tellers) } }
}
