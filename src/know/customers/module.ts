import type { Module } from '#platform/module.ts'
import { customersRouter } from './api.ts'
import { customersContract } from './contract.ts'
import { exportRoute, type Listed } from './export-route.ts'
import {
  customersAdded,
  customersChanged,
  customersExported,
  handedOver,
  identifierAdded,
  identifierRemoved,
} from './facts.ts'
import type { SearchAlso } from './search.ts'

/**
 * Whom the shop knows.
 * @param plugs what higher modules answer: `searchAlso` finds people by what this module does not hold (an order number),
 *   `listed` gives whom their own lists show, and their columns, for the export
 */
export function customers(plugs: { searchAlso?: readonly SearchAlso[]; listed?: Listed } = {}): Module {
  return {
    name: 'customers',
    api: { contract: customersContract, router: customersRouter(plugs.searchAlso ?? []) },
    streams: [exportRoute(plugs.listed)],
    facts: [customersAdded, customersChanged, identifierAdded, identifierRemoved, handedOver, customersExported],
  }
}
