import { apiOf } from '#web/api.ts'
import { valueContract } from '../contract.ts'

export const value = apiOf('value', valueContract)
