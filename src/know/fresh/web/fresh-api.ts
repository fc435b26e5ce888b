import { apiOf } from '#web/api.ts'
import { freshContract } from '../contract.ts'

export const fresh = apiOf('fresh', freshContract)
