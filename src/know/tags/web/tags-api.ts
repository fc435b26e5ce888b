import { apiOf } from '#web/api.ts'
import { tagsContract } from '../contract.ts'

export const tags = apiOf('tags', tagsContract)
