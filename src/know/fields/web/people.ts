export { OwnInput } from './OwnInput.tsx'
export { useOwnFields } from './use-own-fields.ts'
