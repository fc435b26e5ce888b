export { saveFirstTouches, type Touch } from './first-touch.ts'
export { arrivals } from './module.ts'
export { arrivalWords, toldArrivals } from './told-arrivals.ts'
