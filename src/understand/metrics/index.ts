export { metrics } from './module.ts'
export { overview } from './overview.ts'
