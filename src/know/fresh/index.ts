export { confirmField, doubtField, freshnessOfCustomer } from './confirm.ts'
export { fresh } from './module.ts'
export { saveTerms, termsOf } from './terms.ts'
