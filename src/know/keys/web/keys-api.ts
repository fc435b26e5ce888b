import { apiOf } from '#web/api.ts'
import { keysContract } from '../contract.ts'

export const keys = apiOf('keys', keysContract)
