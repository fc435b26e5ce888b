import type { Module } from '#platform/module.ts'
import { customersRouter } from './api.ts'
import { customersContract } from './contract.ts'
import { exportRoute, type Listed, type ToldColumns } from './export-route.ts'
import {
  customersAdded,
  customersChanged,
  customersExported,
  handedOver,
  identifierAdded,
  identifierRemoved,
  identifierShared,
} from './facts.ts'
import type { AlikeAlso } from './find-duplicates.ts'
import { customersOfPerson } from './person.ts'
import { readRegions } from './read-regions.ts'
import type { SearchAlso } from './search.ts'
import type { TimelineSource } from './timeline.ts'
import { timelineExport } from './timeline-export.ts'
import type { TimelineTeller } from './timeline-words.ts'

/**
 * Whom the shop knows.
 * @param plugs what higher modules answer: `searchAlso` finds people by what this module does not hold (an order number),
 *   `listed` gives whom their own lists show, and their columns, for the export; `told`: further columns for it, `timelineAlso`: what stands on timelines beside facts, `alike`: who is like somebody being typed,
 *   `tellers`: what rows of timelines were about
 */
export function customers(
  plugs: {
    searchAlso?: readonly SearchAlso[]
    listed?: Listed
    told?: readonly ToldColumns[]
    timelineAlso?: readonly TimelineSource[]
    alike?: AlikeAlso
    tellers?: readonly TimelineTeller[]
  } = {},
): Module {
  return {
    name: 'customers',
    api: {
      contract: customersContract,
      router: customersRouter(plugs.searchAlso ?? [], plugs.timelineAlso ?? [], plugs.alike, plugs.tellers),
    },
    streams: [exportRoute(plugs.listed, plugs.told), timelineExport(plugs.timelineAlso, plugs.tellers)],
    facts: [
      customersAdded,
      customersChanged,
      identifierAdded,
      identifierRemoved,
      identifierShared,
      handedOver,
      customersExported,
    ],
    loops: [{ name: 'customers.read_regions', everyMs: 2_000, turn: readRegions }],
    person: customersOfPerson,
  }
}
