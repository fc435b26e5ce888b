import { apiOf } from '#web/api.ts'
import { metricsContract } from '../contract.ts'

export const insight = apiOf('metrics', metricsContract)
