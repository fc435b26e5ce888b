export { activity } from './module.ts'
