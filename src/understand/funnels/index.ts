export { funnels } from './module.ts'
