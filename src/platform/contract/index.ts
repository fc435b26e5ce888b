export { type DataScope, type EndpointMeta, endpoint, type Permission, personal, type RateClass } from './endpoint.ts'
export { ofPerson } from './of-person.ts'
export * as shape from './shapes.ts'
export { cursorOf, type Locale, readCursor } from './shapes.ts'
