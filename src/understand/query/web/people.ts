// The people behind a number, for the pages of other modules.
export { PeopleLink } from './PeopleLink.tsx'
export { people } from './people-address.ts'
