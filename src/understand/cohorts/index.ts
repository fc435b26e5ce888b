export { cohortsOf } from './cohorts-of.ts'
export { cohorts } from './module.ts'
