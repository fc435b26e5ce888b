import { apiOf } from '#web/api.ts'
import { identityContract } from '../contract.ts'

export const identity = apiOf('identity', identityContract)
