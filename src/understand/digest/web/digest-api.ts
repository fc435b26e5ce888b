import { apiOf } from '#web/api.ts'
import { digestContract } from '../contract.ts'

export const digests = apiOf('digest', digestContract)
