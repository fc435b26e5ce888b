export { followAll, followReachable } from './follow-reachable.ts'
export { reachable } from './module.ts'
export { reachablePosition } from './position.ts'
