import { apiOf } from '#web/api.ts'
import { fieldsContract } from '../contract.ts'

export const fields = apiOf('fields', fieldsContract)
