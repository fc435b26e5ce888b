import type { Module } from '#platform/module.ts'
import { identityRouter } from './api.ts'
import { identityContract } from './contract.ts'
import {
  customerMarked,
  customersMerged,
  identityRulesChanged,
  keptApart,
  mergeUndone,
  orderClaimed,
  orderUnclaimed,
  profilesSplit,
} from './facts.ts'
import { staffMarked } from './own-identifiers.ts'
import { identityOfPerson } from './person.ts'
import type { PreviewPlug } from './preview-merge.ts'

/**
 * Who is the same person.
 * @param plugs `previews`: what higher modules tell of customers who are about to be merged
 */
export function identity(plugs: { previews?: readonly PreviewPlug[] } = {}): Module {
  return {
    name: 'identity',
    api: { contract: identityContract, router: identityRouter(plugs.previews ?? []) },
    facts: [
      customersMerged,
      mergeUndone,
      profilesSplit,
      keptApart,
      orderClaimed,
      orderUnclaimed,
      customerMarked,
      identityRulesChanged,
    ],
    listens: [staffMarked],
    person: identityOfPerson,
  }
}
