export { keepDigest } from './keep-digests.ts'
export { digest } from './module.ts'
