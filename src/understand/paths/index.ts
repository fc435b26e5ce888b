export { paths } from './module.ts'
