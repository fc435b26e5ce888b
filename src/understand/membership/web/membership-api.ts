import { apiOf } from '#web/api.ts'
import { membershipContract } from '../contract.ts'

export const membership = apiOf('membership', membershipContract)
