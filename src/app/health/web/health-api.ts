import { apiOf } from '#web/api.ts'
import { healthContract } from '../contract.ts'

export const health = apiOf('health', healthContract)
