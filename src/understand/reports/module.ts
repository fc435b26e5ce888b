import type { Module } from '#platform/module.ts'
import { reportsRouter } from './api.ts'
import { reportsContract } from './contract.ts'
import { fileRoute } from './file-route.ts'

/** Reports of one's own: numbers of the registry over a question, divided, in a period. They hold nobody: all is counted anew. */
export const reports: Module = {
  name: 'reports',
  api: { contract: reportsContract, router: reportsRouter },
  streams: [fileRoute],
  person: { nobodys: ['reports'] },
}
