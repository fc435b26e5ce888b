import { apiOf } from '#web/api.ts'
import { bulkContract } from '../contract.ts'

export const bulk = apiOf('bulk', bulkContract)
