import { sealing } from '#platform/audit/index.ts'
import type { Module } from '#platform/module.ts'
import { auditRouter } from './api.ts'
import { auditContract } from './contract.ts'
import { exportRoute } from './export-route.ts'

/** Who did and who looked, to be read. What writes it stands in platform/audit and platform/http/record.ts. */
export const audit: Module = {
  name: 'audit',
  api: { contract: auditContract, router: auditRouter },
  streams: [exportRoute],
  loops: [sealing],
}
