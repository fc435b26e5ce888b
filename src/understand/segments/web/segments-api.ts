import { apiOf } from '#web/api.ts'
import { segmentsContract } from '../contract.ts'

export const segments = apiOf('segments', segmentsContract)
