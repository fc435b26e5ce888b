export { may } from './guard.ts'
export { nonceOf } from './headers.ts'
export { editedVersion, type RequestContext, tagVersion } from './request.ts'
export { createServer, type ServeOptions } from './serve.ts'
