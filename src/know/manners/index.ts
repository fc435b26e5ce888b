export { mannersOfCustomer } from './keep-manners.ts'
export { manners } from './module.ts'
