import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { arrivalsRouter } from './api.ts'
import { arrivalsContract } from './contract.ts'
import { arrivalSaid, arrivalUnsaid, costSaid, wayAdded, wayChanged } from './facts.ts'

/** Where people came from, and what that cost. */
export const arrivals: Module = {
  name: 'arrivals',
  api: { contract: arrivalsContract, router: arrivalsRouter },
  person: {
    tables: [{ table: 'arrivals', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'arrivals', by: 'profile_id', holds: 'profile', untold: 'a copy of the arrivals told above' }],
    nobodys: ['arrival_ways', 'arrival_costs'],
  },
  facts: [arrivalSaid, arrivalUnsaid, wayAdded, wayChanged, costSaid],
}
