import { apiOf } from '#web/api.ts'
import { duplicatesContract } from '../contract.ts'

export const duplicates = apiOf('duplicates', duplicatesContract)
