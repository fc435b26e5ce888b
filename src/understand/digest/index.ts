export { digest } from './module.ts'
