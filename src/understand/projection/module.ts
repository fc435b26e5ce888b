import type { Module } from '#platform/module.ts'
import { projectionRouter } from './api.ts'
import { projectionContract } from './contract.ts'
import { projectOnce } from './project.ts'

export const projection: Module = {
  name: 'projection',
  api: { contract: projectionContract, router: projectionRouter },
  loops: [{ name: 'projection', everyMs: 400, turn: projectOnce }],
  person: {
    columns: [
      { table: 'customers', by: 'id', holds: 'customer' },
      { table: 'traits', by: 'customer_id', holds: 'customer' },
      { table: 'profile_customers', by: 'profile_id', holds: 'profile' },
      { table: 'left_out', by: 'profile_id', holds: 'profile', untold: 'the mark of staff and tests once more' },
      { table: 'facts', by: 'profile_id', holds: 'profile', stays: "startsWith(kind, 'orders.')" },
      { table: 'orders', by: 'profile_id', holds: 'profile', stays: '1' },
      { table: 'order_lines', by: 'profile_id', holds: 'profile', stays: '1' },
    ],
    nobodysColumns: ['sales'],
  },
}
