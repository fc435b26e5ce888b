export { recommend } from './module.ts'
