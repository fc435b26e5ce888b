export { arrivals } from './arrivals-api.ts'
export { useWays } from './use-ways.ts'
