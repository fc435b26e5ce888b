export { affinity } from './module.ts'
