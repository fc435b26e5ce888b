import { apiOf } from '#web/api.ts'
import { rightsContract } from '../contract.ts'

export const rights = apiOf('rights', rightsContract)
