export { called } from './called.ts'
export { customers } from './customers-api.ts'
export { useFieldWords } from './field-words.ts'
export { phoneText } from './phone-text.ts'
