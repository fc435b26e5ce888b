export { talks } from './talks-api.ts'
