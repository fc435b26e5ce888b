export { makeForecast } from './make-forecast.ts'
export { predictions } from './module.ts'
export { outlookOf } from './outlook-of.ts'
