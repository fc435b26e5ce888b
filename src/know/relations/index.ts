export { relations } from './module.ts'
export { householdOf } from './relation.ts'
export { relationWords } from './relation-words.ts'
