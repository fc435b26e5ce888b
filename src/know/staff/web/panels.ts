/** What other modules' pages show of people who work here: who answers for a thing saved under a name. */
export { OwnedFields, useOwned } from './OwnedFields.tsx'
