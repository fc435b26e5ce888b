import { apiOf } from '#web/api.ts'
import { consentContract } from '../contract.ts'

export const consent = apiOf('consent', consentContract)
