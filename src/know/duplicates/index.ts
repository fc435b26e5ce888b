export { likelySame } from './likely-same.ts'
export { duplicates } from './module.ts'
