export { type DataScope, type EndpointMeta, endpoint, type Permission, type RateClass } from './endpoint.ts'
export * as shape from './shapes.ts'
export { cursorOf, type Locale, readCursor } from './shapes.ts'
