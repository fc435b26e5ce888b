import { apiOf } from '#web/api.ts'
import { staffContract } from '../contract.ts'

export const staff = apiOf('staff', staffContract)
