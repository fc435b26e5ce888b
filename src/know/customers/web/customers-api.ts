import { apiOf } from '#web/api.ts'
import { customersContract } from '../contract.ts'

export const customers = apiOf('customers', customersContract)
