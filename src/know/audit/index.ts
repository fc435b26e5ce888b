export { listEntries } from './list-entries.ts'
export { audit } from './module.ts'
