export { promisesOf } from './keep-promise.ts'
export { listTalks } from './list-talks.ts'
export { talks } from './module.ts'
export { toldTalks } from './told-talks.ts'
