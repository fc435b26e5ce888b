export { habits } from './module.ts'
export { noticeDrifts } from './notice-drifts.ts'
