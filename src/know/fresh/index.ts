export { fresh } from './module.ts'
