import type { Module } from '#platform/module.ts'
import { followReachable } from './follow-reachable.ts'

/** Whether people may be written to, in the columns: found by it and counted by it, never shown from here. */
export const reachable: Module = {
  name: 'reachable',
  loops: [{ name: 'reachable', everyMs: 1000, turn: followReachable }],
  person: {
    nobodys: ['reachable_cursor'],
    columns: [{ table: 'reachable', by: 'customer_id', holds: 'customer', untold: 'what the consents say, once more' }],
  },
}
