import { apiOf } from '#web/api.ts'
import { ingestContract } from '../contract.ts'

export const ingest = apiOf('ingest', ingestContract)
