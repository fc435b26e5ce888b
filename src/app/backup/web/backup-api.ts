import { apiOf } from '#web/api.ts'
import { backupContract } from '../contract.ts'

export const backup = apiOf('backup', backupContract)
