import { apiOf } from '#web/api.ts'
import { auditContract } from '../contract.ts'

export const audit = apiOf('audit', auditContract)
