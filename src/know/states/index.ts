export { states } from './module.ts'
