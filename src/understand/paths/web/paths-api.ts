import { apiOf } from '#web/api.ts'
import { pathsContract } from '../contract.ts'

export const paths = apiOf('paths', pathsContract)
