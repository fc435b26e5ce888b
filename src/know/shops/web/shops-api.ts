import { apiOf } from '#web/api.ts'
import { shopsContract } from '../contract.ts'

export const shops = apiOf('shops', shopsContract)
