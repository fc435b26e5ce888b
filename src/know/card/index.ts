export { card } from './module.ts'
