export { bulk } from './module.ts'
