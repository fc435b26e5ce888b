export { mannersOfCustomer, refuseImpossible } from './keep-manners.ts'
export { addMannerMany, takeBackManners } from './manner-many.ts'
export { manners } from './module.ts'
