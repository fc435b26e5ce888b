export { latestForecast } from './latest-forecast.ts'
export { makeForecast } from './make-forecast.ts'
export { predictions } from './module.ts'
export { outlookOf } from './outlook-of.ts'
