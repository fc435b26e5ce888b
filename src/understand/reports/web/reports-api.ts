import { apiOf } from '#web/api.ts'
import { reportsContract } from '../contract.ts'

export const reports = apiOf('reports', reportsContract)
