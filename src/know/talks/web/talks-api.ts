import { apiOf } from '#web/api.ts'
import { talksContract } from '../contract.ts'

export const talks = apiOf('talks', talksContract)
