import { apiOf } from '#web/api.ts'
import { relationsContract } from '../contract.ts'

export const relations = apiOf('relations', relationsContract)
