export { type IdentifierKind, normalEmail, normalIdentifier, normalNumber, normalPhone } from './identifier.ts'
export { refresh } from './refresh.ts'
export { type SearchKey, searchKey } from './search-key.ts'
