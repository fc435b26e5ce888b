import type { Module } from '#platform/module.ts'
import { byProfile } from '#platform/person/index.ts'
import { statesRouter } from './api.ts'
import { statesContract } from './contract.ts'
import { stateChanged, stateDeclared, stateMoved } from './facts.ts'

/** States of a customer's life that the shop itself declares, and the moves between them that it allows. */
export const states: Module = {
  name: 'states',
  api: { contract: statesContract, router: statesRouter },
  facts: [stateMoved, stateDeclared, stateChanged],
  person: {
    tables: [{ table: 'state_moves', rows: byProfile(), forget: 'delete' }],
    columns: [{ table: 'state_moves', by: 'profile_id', holds: 'profile', untold: 'a copy of the moves' }],
    nobodys: ['states', 'state_ways'],
  },
}
