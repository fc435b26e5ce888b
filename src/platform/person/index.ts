export { byCustomer, byMarks, byProfile } from './by.ts'
export type { OfPerson, Person, PersonColumns, PersonTable } from './of-person.ts'
export { machineryOfPerson } from './own-tables.ts'
